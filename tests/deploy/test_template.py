"""The template is sound by itself, whatever is decided."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from tests.deploy.template import ABSENT, FILE, GIVEN, LEARNERS, stack, template, text
from tests.site import ROOT

EVERYTHING = {
    "Strategy": "BLUE_GREEN",
    "LearnerRoles": LEARNERS,
    "AllowExec": "true",
    "AlarmEmail": "a@b.example",
}


def test_the_template_passes_cfn_lint():
    api = import_module("cfnlint.api")  # here, because it takes seconds

    found = api.lint_all(text())

    # What begins with I is an idea, which the command does not show either.
    assert [str(one) for one in found if not one.rule.id.startswith("I")] == []


def test_a_fault_in_the_template_is_found_by_cfn_lint():
    api = import_module("cfnlint.api")

    found = api.lint_all(text().replace("TargetType: ip", "TargetTyp: ip", 1))

    assert any("TargetTyp" in str(one) for one in found)


def test_the_template_is_small_enough_to_be_given_as_it_is():
    assert len(text().encode()) <= 51_200  # of TemplateBody in create-stack; over it, a bucket


@pytest.mark.parametrize("name", template()["Parameters"])
def test_a_parameter_says_what_it_is_and_what_it_takes(name):
    parameter = template()["Parameters"][name]

    assert parameter["Description"].endswith((".", ")."))
    constraints = {"AllowedValues", "AllowedPattern", "MinValue", "MinLength"}
    assert constraints & parameter.keys() or parameter["Type"] != "String"
    assert ("AllowedPattern" in parameter) <= ("ConstraintDescription" in parameter)


def test_the_console_asks_for_every_parameter_once():
    groups = template()["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]

    asked = [name for group in groups for name in group["Parameters"]]

    assert sorted(asked) == sorted(template()["Parameters"])


@pytest.mark.parametrize("name", [name for name in template()["Parameters"] if name not in GIVEN])
def test_what_is_not_asked_for_has_a_default_that_fits(name):
    parameter = template()["Parameters"][name]
    default = parameter["Default"]

    assert default in parameter.get("AllowedValues", [default])
    assert re.fullmatch(parameter.get("AllowedPattern", ".*"), str(default))


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("ImageUri", GIVEN["ImageUri"], True),
        ("ImageUri", "111122223333.dkr.ecr.us-east-1.amazonaws.com/gantry:v1.2.0", True),
        ("ImageUri", "111122223333.dkr.ecr.us-east-1.amazonaws.com/gantry", False),
        ("ImageUri", "docker.io/library/gantry:v1", False),
        ("HostName", "study.example.com", True),
        ("HostName", "https://study.example.com", False),
        ("HostName", "*.example.com", False),
        ("LearnerRoles", LEARNERS, True),
        ("LearnerRoles", "arn:aws:iam::111122223333:role/gantry-verify", True),
        ("LearnerRoles", "*", False),
        ("LearnerRoles", "arn:aws:iam::*:user/somebody", False),
        ("ReadersCidr", "203.0.113.7/32", True),
        ("ReadersCidr", "203.0.113.7", False),
        ("CertificateArn", GIVEN["CertificateArn"], True),
        ("CertificateArn", "arn:aws:iam::111122223333:server-certificate/a", False),
    ],
)
def test_a_value_that_cannot_work_is_refused(name, value, fits):
    pattern = template()["Parameters"][name]["AllowedPattern"]

    assert bool(re.fullmatch(pattern, value)) is fits


def test_the_file_is_where_the_document_says():
    assert str(FILE.relative_to(ROOT)) in (ROOT / "docs/ecs.md").read_text()


def test_what_is_left_out_leaves_no_hole():
    for given in ({}, EVERYTHING):
        assert ABSENT not in list(walked(stack(**given).resources()))


def walked(node: object) -> list[object]:
    inside = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [node, *(found for part in inside for found in walked(part))]
