"""Every lab keeps to our own words, to made-up accounts, to commands that the AWS CLI takes."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from content import library
from labs.checks.names import NAMES
from labs.checks.registry import CHECKS, checks_of
from labs.policy import policy_for
from tests.course.aws_cli import read_command
from tests.course.aws_commands import AwsCommand, aws_commands, overlooked
from tests.course.blocks import Block
from tests.course.documents import embedded_faults
from tests.course.exercises.chapter import hands_on
from tests.course.labs import LabText, labs, read_lab, session
from tests.course.prose import GUIDE, foreign_numbers, prices, repeated
from tests.course.shell import brace_expansions, set_variables, unset_variables
from tests.course.shell_values import Files
from tests.course.test_commands import faults as command_faults
from tests.course.written import UNKNOWN, files, steps

PAGE = Path(__file__).resolve().parents[2] / "docs/labs.md"
LABS = [pytest.param(lab, id=lab.name) for lab in labs()]
BLOCKS = [pytest.param(block, id=block.title) for lab in labs() for block in lab.script.blocks]
GUIDE_HASHES = frozenset(GUIDE.read_text().split())
CALM_NOT = ("you failed", "your mistake", "wrong", "失敗です", "間違", "不合格", "ダメ")


def given() -> Files:
    """Return the files that the exercises have written before."""
    return {name: text for name, text in files(session()).items() if text != UNKNOWN}


def known() -> frozenset[str]:
    """Return the variables that the exercises have set before, functions' arguments left out."""
    blocks = hands_on("en").exercises
    return frozenset[str]().union(*(set_variables(block) for block in blocks))


COMMANDS = [
    pytest.param(command, {**given(), **files(lab.script)}, id=command.where)
    for lab in labs()
    for command in aws_commands(lab.script)
]


@pytest.mark.parametrize(("command", "there"), COMMANDS)
def test_a_command_is_one_that_the_aws_cli_takes(command, there):
    found = command_faults(command, there)

    assert not found, "\n".join([f"{command.where}: aws {' '.join(command.words)}", *found])


@pytest.mark.parametrize("lab", LABS)
def test_no_command_is_overlooked(lab):
    assert [line for block in lab.script.blocks for line in overlooked(block)] == []


@pytest.mark.parametrize("block", BLOCKS)
def test_a_command_is_bash_and_needs_only_variables_of_the_exercises(block):
    run = subprocess.run(
        ["bash", "-n"], input=block.text, capture_output=True, text=True, check=False
    )

    assert run.stderr == ""
    assert unset_variables(block, known()) == ()
    assert brace_expansions(block) == ()


def test_a_variable_that_no_exercise_sets_is_found():
    block = Block("labs/x.toml", 1, "bash", "x", 'aws ecs list-tasks --cluster "$CLUSTER_NAME"\n')

    assert [one.name for one in unset_variables(block, known())] == ["CLUSTER_NAME"]


def documents() -> Iterator[tuple[Block, str, str]]:
    for lab in labs():
        for step in steps(lab.script, {}):
            for name, text in step.writes.items():
                if name.endswith(".json") and text != UNKNOWN:
                    yield step.block, name, text


@pytest.mark.parametrize(
    ("block", "name", "text"),
    [pytest.param(*one, id=f"{one[0].title}:{one[1]}") for one in documents()],
)
def test_a_file_that_a_command_writes_is_what_aws_takes(block, name, text):
    assert embedded_faults(text) == []


@pytest.mark.parametrize("lab", LABS)
def test_accounts_are_made_up_and_no_price_is_named(lab):
    assert [*foreign_numbers(lab.text), *prices(lab.text)] == []


def words(lab: LabText) -> Iterator[tuple[str, str, str]]:
    """Yield every text for people: where it stands, its language, the text."""
    for where, table in (("lab", lab.lab), *((one["id"], one) for one in lab.checks)):
        for name, texts in table.items():
            if isinstance(texts, dict):
                for language, text in texts.items():
                    yield f"{where}.{name}", language, text


@pytest.mark.parametrize("lab", LABS)
def test_no_sentence_of_the_guide_is_repeated(lab):
    for where, _, text in words(lab):
        assert repeated(text, GUIDE_HASHES) == [], where


@pytest.mark.parametrize("lab", LABS)
def test_words_are_written_in_their_own_language_and_stay_calm(lab):
    for where, language, text in words(lab):
        has_japanese = any("ぁ" <= letter <= "ヶ" or "一" <= letter <= "龠" for letter in text)
        assert has_japanese is (language == "ja"), where
        assert not [one for one in CALM_NOT if one in text], where


@pytest.mark.parametrize("lab", LABS)
def test_sentences_end_and_titles_do_not(lab):
    for where, language, text in words(lab):
        stop = "。" if language == "ja" else "."
        is_title = where.endswith(".title")
        assert text.endswith(stop) is not is_title, f"{where}: {text}"


def test_the_files_and_the_judgements_are_about_the_same_checks():
    course = library.course("aws-ecs-ecr")

    for lab in course.labs:
        judged = {check.id for check in checks_of(lab.slug)}
        assert {check.id for check in lab.checks} == judged, lab.stem
    assert {check.id for lab in course.labs for check in lab.checks} == CHECKS.keys()


def test_every_lab_has_something_required():
    for lab in library.course("aws-ecs-ecr").labs:
        assert any(check.level == "required" for check in lab.checks), lab.stem


def test_what_must_hold_first_is_shown_first():
    for lab in library.course("aws-ecs-ecr").labs:
        order = [check.id for check in lab.checks]
        for check in checks_of(lab.slug):
            for need in check.needs:
                assert order.index(need) < order.index(check.id), check.id


def test_labs_of_chapter_nine_lead_to_its_steps():
    sections = [
        lab.paragraph.section
        for lab in library.course("aws-ecs-ecr").labs
        if lab.paragraph.chapter == "hands-on"
    ]

    assert sections == [*(f"exercise-{number}" for number in range(1, 8)), "clean-up"]


def test_every_check_of_the_clean_up_says_how_to_delete():
    lab = library.course("aws-ecs-ecr").lab("cleanup")

    for check in lab.checks:
        assert re.search(r"\b(delete|deregister)-[a-z-]+", check.command), check.id
    for name in (NAMES.balancer, NAMES.cluster, NAMES.repository, NAMES.application, NAMES.groups):
        assert any(name in check.command for check in lab.checks), name


def test_the_page_about_labs_lists_the_actions_that_the_checks_use():
    table = PAGE.read_text(encoding="utf-8").partition("**The policy")[0]

    listed = set(re.findall(r"`([a-z0-9-]+:[A-Z]\w+)`", table))

    used = policy_for(CHECKS.values())["Statement"]
    assert listed == {action for one in used for action in one["Action"]}


def test_a_command_with_a_fault_is_found():
    text = "[lab]\n[[check]]\nid = \"x\"\ncommand = '''\naws ecs list-taskz --clustre a\n'''\n"

    (command,) = aws_commands(read_lab(text, "x.toml").script)

    assert command == AwsCommand("labs/x.toml:5", ("ecs", "list-taskz", "--clustre", "a"))
    assert read_command(command.words, {}).faults
