"""What docs/ecs.md says: commands of the AWS CLI, names of the template, links that lead there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.course.aws_cli import read_command
from tests.course.aws_commands import AwsCommand, aws_commands, overlooked
from tests.course.blocks import read_chapter
from tests.course.documents import embedded_faults
from tests.course.shell import unset_variables
from tests.course.written import files
from tests.deploy.template import FILE, GIVEN, template, text
from tests.site import ROOT

DOCUMENT = ROOT / "docs/ecs.md"
PAGE = read_chapter(DOCUMENT.read_text(encoding="utf-8"), path="en/ecs.md")
COMMANDS = list(aws_commands(PAGE))
LINKS = re.findall(r"\]\(([^)\s]+)\)", PAGE.text)


def faults(command: AwsCommand) -> list[str]:
    outcome = read_command(command.words, {**files(PAGE), FILE.name: text()})
    embedded = [embedded_faults(dict(call.parameters)) for call in outcome.calls]
    return [*outcome.faults, *(fault for each in embedded for fault in each)]


@pytest.mark.parametrize("command", [pytest.param(one, id=one.where) for one in COMMANDS])
def test_a_command_is_one_that_the_aws_cli_takes(command):
    assert faults(command) == []


def test_no_command_is_overlooked():
    assert len(COMMANDS) > 20
    assert [line for block in PAGE.blocks for line in overlooked(block)] == []


def test_a_terminal_that_runs_the_page_from_the_top_knows_every_variable():
    script = "\n".join(block.text for block in PAGE.blocks if block.language == "bash")
    whole = read_chapter(f"```bash\n{script}\n```\n", path="en/ecs.md").blocks[0]

    assert [use.name for use in unset_variables(whole)] == []


def overridden(command: AwsCommand) -> dict[str, str]:
    words = command.words
    if "--parameter-overrides" not in words:
        return {}
    pairs = words[words.index("--parameter-overrides") + 1 :]
    return dict(pair.split("=", 1) for pair in pairs)


def test_deployments_name_the_template_and_parameters_it_has():
    deployments = [one for one in COMMANDS if one.words[:2] == ("cloudformation", "deploy")]
    parameters = template()["Parameters"]

    named = [overridden(one) for one in deployments]

    path = str(FILE.relative_to(ROOT))
    assert all(path in one.words and "CAPABILITY_IAM" in one.words for one in deployments)
    assert all(given and given.keys() <= parameters.keys() for given in named)
    assert named[0].keys() >= GIVEN.keys()  # the first leaves out nothing that has no default


def test_values_on_the_page_are_ones_the_template_takes():
    in_prose = re.findall(r"\b([A-Z]\w+)=([\w:/.*-]+)", PAGE.text)
    parameters = template()["Parameters"]

    given = [(name, value) for name, value in in_prose if name in parameters]

    assert {"LearnerRoles", "Strategy", "MinTasks", "DatabaseProtected"} <= {n for n, _ in given}
    for name, value in given:
        assert value in map(str, parameters[name].get("AllowedValues", [value]))
        assert re.fullmatch(parameters[name].get("AllowedPattern", ".*"), value), (name, value)


def test_what_the_stack_is_asked_to_say_it_says():
    asked = set(re.findall(r"\bsay (\w+)", PAGE.text))

    assert asked and asked <= template()["Outputs"].keys()


def test_the_page_links_into_the_chapters_it_is_an_example_of():
    chapters = {Path(one.partition("#")[0]).stem for one in LINKS if "/chapters/en/" in one}

    assert {name[:2] for name in chapters} >= {"02", "03", "04", "05", "06", "07", "08", "10", "14"}
