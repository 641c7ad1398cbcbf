"""Every YAML document of the course parses and has the structure of its kind."""

from __future__ import annotations

import pytest
import yaml

from tests.course.blocks import each
from tests.course.written import documents
from tests.course.yaml_documents import document_faults, load

# Documents that no rule describes, by chapter and title, each with the reason.
UNCHECKED: dict[tuple[str, str], str] = {}


@pytest.mark.parametrize("block", each(documents("yaml")))
def test_a_yaml_block_parses(block):
    try:
        load(block.text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        pytest.fail(f"{block.at(line)}: {error.problem}")


@pytest.mark.parametrize("block", each(documents("yaml")))
def test_a_yaml_document_has_the_structure_of_its_kind(block):
    faults = document_faults(load(block.text))

    if faults is None:
        stem = block.path.partition("/")[2].removesuffix(".md")
        assert (stem, block.title) in UNCHECKED, (
            f"{block.id}: no rule knows this document — add its kind to "
            "tests/course/yaml_documents.py, or the document to UNCHECKED with a reason"
        )
    else:
        assert not faults, "\n".join([f"{block.id} {block.title}", *faults])


def test_nothing_is_left_unchecked_that_is_not_there():
    shown = {(block.path[3:-3], block.title) for block in documents("yaml")}

    assert UNCHECKED.keys() <= shown


_APPSPEC = """
version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: <TASK_DEFINITION>
        LoadBalancerInfo: {ContainerName: app, ContainerPort: 80}
Hooks:
  - AfterAllowTestTraffic: check
"""


def test_a_whole_appspec_has_no_faults():
    assert document_faults(load(_APPSPEC)) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (_APPSPEC.replace("0.0", "0.2"), "version"),
        (_APPSPEC.replace("ContainerPort", "Port"), "LoadBalancerInfo"),
        (_APPSPEC.replace("AfterAllowTestTraffic", "ApplicationStart"), "no hook"),
        ("version: 0.1\nphases: {build: {commands: [make]}}", "version"),
        ("version: 0.2\nphases: {deploy: {commands: [make]}}", "no phase"),
        ("version: 0.2\nphases: {build: {command: [make]}}", "there is no command"),
        ("version: 0.2\nphases:\n  build:\n    commands:\n      - echo a: b", "quote"),
        ("Resources: {Service: {Type: ECS::Service}}", "form"),
        ("Service: {Type: 'AWS::ECS'}", "form"),
        ("Parameters: {A: {}}\nResources: {S: {Type: 'AWS::A::B', Properties: !Ref B}}", "B is"),
        ("on: push\njobs: {a: {runs-on: x, steps: [{uses: a, run: b}]}}", "either"),
        ("schemaVersion: 0.3\nmainSteps: [{action: a}]", "mainSteps"),
        ("receivers: {}\nservice: {pipelines: {traces: {receivers: [otlp]}}}", "otlp"),
    ],
)
def test_a_document_with_a_fault_is_found(text, fault):
    assert fault in " ".join(document_faults(load(text)) or ())


def test_yaml_that_is_torn_is_found():
    with pytest.raises(yaml.YAMLError):
        load("a: [1, 2\nb: 3")


def test_a_document_nobody_knows_is_not_passed_over():
    assert document_faults(load("colour: red")) is None
