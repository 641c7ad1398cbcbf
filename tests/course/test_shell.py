"""Every shell block of the course is sound bash, and sets what it reads."""

from __future__ import annotations

import subprocess

import pytest

from tests.course.blocks import Block, a_block, chapters, each, right_blocks
from tests.course.shell import (
    SHELL_LANGUAGES,
    brace_expansions,
    set_variables,
    shell_text,
    unset_variables,
)

SHELL_BLOCKS = each(right_blocks(*SHELL_LANGUAGES))


def syntax_fault(block: Block) -> str:
    """What bash says to the text of a block without running it."""
    run = subprocess.run(
        ["bash", "-n"], input=shell_text(block), capture_output=True, text=True, check=False
    )
    return run.stderr


def set_above(block: Block) -> frozenset[str]:
    """The variables that blocks of the same chapter set above this one."""
    chapter = next(one for one in chapters() if one.path == block.path)
    above = (
        one for one in chapter.blocks if one.line < block.line and one.language in SHELL_LANGUAGES
    )
    return frozenset().union(*(set_variables(one) for one in above if not one.is_wrong))


@pytest.mark.parametrize("block", SHELL_BLOCKS)
def test_bash_can_read_a_block(block):
    assert syntax_fault(block) == "", block.id


@pytest.mark.parametrize("block", SHELL_BLOCKS)
def test_a_variable_is_set_before_it_is_read(block):
    found = [
        f"{block.at(use.line)}: {use.name} is not set — set it in the block, or say in a comment "
        "of the block that it is given"
        for use in unset_variables(block, set_above(block))
    ]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("chapter", each(chapters()))
def test_bash_does_not_split_a_word_at_its_braces(chapter):
    found = [
        f"{block.at(line)}: {word} — put the word into quotes"
        for block in chapter.blocks
        if block.language in SHELL_LANGUAGES and not block.is_wrong
        for line, word in brace_expansions(block)
    ]

    assert not found, "\n".join(found)


def test_broken_bash_is_found():
    assert "unexpected" in syntax_fault(a_block("if true; then echo"))


def test_the_output_of_a_console_is_no_bash():
    console = a_block("$ echo a\n(a b\n$ echo b", language="console")

    assert shell_text(console) == "echo a\n\necho b"


def unset(text: str) -> list[tuple[str, int]]:
    return [(use.name, use.line) for use in unset_variables(a_block(text))]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("aws ecs list-tasks --cluster $X", 1),
        ('echo "a\n${X}"', 2),
        ("echo $(echo $X)", 1),
        ("Y=$((X + 1))", 1),
        ("cat <<EOF\n$X\nEOF", 2),
        ("echo $X\nX=1", 1),
        ("X=$X", 1),
        ("if true\nthen echo ${X%/*}; fi", 2),
    ],
)
def test_an_unset_variable_is_found_where_it_is_read(text, line):
    assert unset(text) == [("X", line)]


@pytest.mark.parametrize(
    "text",
    [
        "X=1\necho $X",
        "X=$(date)\necho `echo $X`",
        "for X in a b; do echo $X; done",
        "while read -r X; do echo $X; done < file",
        "export X=1; echo $X",
        "X=(a b); echo ${X[@]} ${#X}",
        "echo ${X:-nothing}",
        "echo '$X' \\$X",
        "cat <<'EOF'\n$X\nEOF",
        "# X: the task you are looking for\necho $X",
        "echo $1 $? $$ $# $HOME",
        "X=1 && echo $X",
    ],
)
def test_a_variable_that_is_set_or_needs_no_setting_passes(text):
    assert unset(text) == []


def test_braces_that_bash_would_split_are_found():
    text = "aws ecs create-service --network-configuration awsvpcConfiguration={subnets=[a],b=[c]}"

    assert brace_expansions(a_block(text)) == ((1, "{subnets=[a],b=[c]}"),)
    assert brace_expansions(a_block("echo 'a={b,c}' \"{d,e}\" ${X} {a}")) == ()
