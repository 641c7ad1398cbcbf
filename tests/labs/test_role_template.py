"""The role to download: three forms of one role, each sound where it will be used."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from importlib import import_module
from pathlib import Path

import boto3
import pytest

from labs import regions, role_template
from labs.checks.registry import CHECKS, checks_of
from labs.connections import external_id
from labs.policy import SESSION_LIMIT, compact, policy_for
from labs.role_template import Trust
from tests.course.aws_cli import read_command

PRINCIPAL = "arn:aws:iam::999988887777:role/gantry"
TRUST = Trust(PRINCIPAL, "an-external-id")
WHOLE = policy_for(CHECKS.values())
PAGE = "/labs/connection/role"


def test_the_template_passes_cfn_lint():
    api = import_module("cfnlint.api")  # here, because it takes seconds

    found = api.lint_all(role_template.cloudformation(TRUST))

    # What begins with I is an idea, which the command does not show either.
    assert [str(one) for one in found if not one.rule.id.startswith("I")] == []


def test_the_template_makes_one_role_with_the_policy_of_all_checks():
    template = json.loads(role_template.cloudformation(TRUST))

    (role,) = template["Resources"].values()
    (policy,) = role["Properties"]["Policies"]
    assert role["Type"] == "AWS::IAM::Role"
    assert role["Properties"]["AssumeRolePolicyDocument"] == TRUST.document()
    assert filled(policy["PolicyDocument"]) == policy_for(CHECKS.values(), account="1")


def filled(value):
    """Return a document as CloudFormation fills it in."""
    if isinstance(value, dict) and set(value) == {"Fn::Sub"}:
        return value["Fn::Sub"].replace("${AWS::AccountId}", "1")
    if isinstance(value, dict):
        return {key: filled(one) for key, one in value.items()}
    return [filled(one) for one in value] if isinstance(value, list) else value


def test_terraform_is_balanced_and_its_documents_parse():
    text = role_template.terraform(TRUST)

    for left, right in ("{}", "()", "[]"):
        assert text.count(left) == text.count(right)
    assert text.count('"') % 2 == 0 and "${" not in text
    trust, policy = (
        json.loads(one) for one in re.findall(r"jsonencode\((.*?\n  \})\)", text, re.DOTALL)
    )
    assert trust == TRUST.document()
    assert policy == WHOLE


def commands() -> list[list[str]]:
    """Return the words of each command, lines joined as a shell joins them."""
    lines = role_template.commands(TRUST).replace("\\\n", " ").splitlines()
    return [shlex.split(one) for one in lines if one.startswith("aws ")]


def test_the_commands_are_sound_shell(tmp_path: Path):
    file = tmp_path / "role.sh"
    file.write_text(role_template.commands(TRUST))

    done = subprocess.run(["bash", "-n", file], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_the_aws_cli_reads_the_commands_and_sends_the_same_role():
    create, put = (read_command(one[1:], {}) for one in commands())

    assert create.faults == put.faults == ()
    assert [one.operation for one in create.calls + put.calls] == ["CreateRole", "PutRolePolicy"]
    trust = create.calls[0].parameters["AssumeRolePolicyDocument"]
    policy = put.calls[0].parameters["PolicyDocument"]
    assert json.loads(trust) == TRUST.document()
    assert json.loads(policy) == WHOLE


def test_the_aws_cli_reads_the_commands_that_take_the_role_away():
    text = role_template.commands(TRUST)
    found = re.findall(r"^#   (aws .*)$", text, re.MULTILINE)
    ways_back = [shlex.split(one)[1:] for one in found]

    outcomes = [read_command(one, {}) for one in ways_back]

    assert [one.faults for one in outcomes] == [(), ()]
    assert [one.calls[0].operation for one in outcomes] == ["DeleteRolePolicy", "DeleteRole"]


@pytest.mark.parametrize("lab", sorted({one.lab for one in CHECKS.values()}))
def test_what_a_run_asks_for_fits_a_session_policy(lab):
    assert len(compact(policy_for(checks_of(lab)))) <= SESSION_LIMIT


def test_the_role_opens_for_the_site_and_only_with_the_external_id():
    (statement,) = json.loads(json.dumps(TRUST.document()))["Statement"]

    assert statement["Principal"] == {"AWS": PRINCIPAL}
    assert statement["Condition"] == {"StringEquals": {"sts:ExternalId": "an-external-id"}}


def test_the_regions_to_choose_from_are_those_of_ecs():
    assert tuple(sorted(boto3.Session().get_available_regions("ecs"))) == regions.REGIONS


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("cloudformation", "gantry-verify.template.json"),
        ("terraform", "gantry-verify.tf"),
        ("commands", "gantry-verify.sh"),
    ],
)
def test_a_learner_downloads_a_role_of_their_own(aiko, aiko_client, ben, settings, form, name):
    settings.PORTAL_LABS_PRINCIPAL = PRINCIPAL

    file = aiko_client.get(f"{PAGE}/{form}/")

    text = file.content.decode()
    assert file.status_code == 200
    assert f'filename="{name}"' in file["Content-Disposition"]
    assert PRINCIPAL in text and external_id(aiko) in text
    assert external_id(ben) not in text


def test_there_is_no_other_form_and_none_where_roles_are_not_offered(aiko_client, settings):
    assert aiko_client.get(f"{PAGE}/commands/").status_code == 404

    settings.PORTAL_LABS_PRINCIPAL = PRINCIPAL

    assert aiko_client.get(f"{PAGE}/pulumi/").status_code == 404
