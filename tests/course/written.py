"""Walks over a chapter's scripts, and knows the files that the chapter shows or writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain

import yaml

from tests.course import yaml_documents
from tests.course.blocks import Block, ChapterFile, chapters, right_blocks
from tests.course.shell import SHELL_LANGUAGES, commands, shell_text
from tests.course.shell_reader import parse
from tests.course.shell_values import Files, Shell
from tests.course.shell_words import Command

_FILE_IN_COMMENT = re.compile(r"(?m)^\s*#\s*([\w./-]+\.\w+)\s*[:：]\s*(.+)$")
_SUFFIXES = {"json": ("json",), "yaml": ("yaml", "yml")}

# What a file holds that a command writes and nobody can tell.
UNKNOWN = "{}"


@dataclass(frozen=True, slots=True)
class Step:
    """A command of a chapter with the strings it gets, and the files it writes."""

    block: Block
    command: Command
    words: tuple[str, ...]
    writes: Mapping[str, str]


def steps(chapter: ChapterFile, files: Files) -> Iterator[Step]:
    """Yield the commands of a chapter in order; variables live on from block to block."""
    shell = Shell(files, _first_calls(chapter))
    for block in chapter.blocks:
        if not block.is_wrong:
            for command, words in shell.walk(parse(script(block))):
                yield Step(block, command, tuple(words), _written(command, shell))


def script(block: Block) -> str:
    """Return the shell text of a block, or of a buildspec or a workflow; "" for others."""
    if block.language in SHELL_LANGUAGES:
        return shell_text(block)
    if block.language != "yaml":
        return ""
    try:
        return yaml_documents.shell_lines(yaml_documents.load(block.text))
    except yaml.YAMLError:
        return ""


@cache
def files(chapter: ChapterFile) -> Files:
    """Return what the chapter shows or writes as files, by name.

    A file is a block whose title is its name, a here-document, something a command writes (its
    content is UNKNOWN), or one that a comment describes: `# secret.json: {"key": "…"}`.
    """
    described = (_FILE_IN_COMMENT.findall(block.text) for block in chapter.blocks)
    found = dict(chain.from_iterable(described))
    for step in steps(chapter, {}):
        found |= step.writes
    return found | {block.title: block.text for block in chapter.blocks if block.title}


@cache
def documents(language: str) -> tuple[Block, ...]:
    """Return the blocks in "json" or "yaml", and the here-documents with such a name."""
    written = (
        Block(step.block.path, step.block.line + step.command.line, language, name, text)
        for chapter in chapters()
        for step in steps(chapter, {})
        for name, text in step.writes.items()
        if text != UNKNOWN and name.rpartition(".")[2] in _SUFFIXES[language]
    )
    return (*right_blocks(language), *written)


def _written(command: Command, shell: Shell) -> dict[str, str]:
    into = [
        shell.text(one.target) for one in command.redirects if one.operator in {">", ">>", ">|"}
    ]
    texts = [shell.text(one.target) for one in command.redirects if one.operator == "<<"]
    if command.arguments and command.arguments[0].bare == "tee":
        into += [shell.text(word) for word in command.arguments[1:]]
    return dict.fromkeys(into, texts[0] if texts else UNKNOWN)


def _first_calls(chapter: ChapterFile) -> dict[str, list[str]]:
    """Return the arguments each function of the chapter is first called with."""
    found = [
        command
        for block in chapter.blocks
        if block.language in SHELL_LANGUAGES
        for command in commands(block)
    ]
    names = {command.defines for command in found}
    calls: dict[str, list[str]] = {}
    for command in found:
        name, *arguments = command.arguments or (None,)
        if name and name.bare in names and not command.defines:
            calls.setdefault(name.bare, [Shell({}).text(word) for word in arguments])
    return calls
