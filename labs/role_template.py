"""The learner's read-only role to download: CloudFormation, Terraform, or commands. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TypeAlias

from labs.checks.registry import CHECKS
from labs.policy import Policy, policy_for

ROLE_NAME = "gantry-verify"
POLICY_NAME = "gantry-verify-read-only"
DESCRIPTION = "Read-only role with which Gantry verifies exercises. Delete the stack to revoke it."
ACCOUNT = "${AWS::AccountId}"

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int"


@dataclass(frozen=True, slots=True)
class Trust:
    """Who may become the role: the site's principal, and only with the learner's ExternalId."""

    principal: str
    external_id: str

    def document(self) -> dict[str, Json]:
        return {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"AWS": self.principal},
                    "Action": "sts:AssumeRole",
                    "Condition": {"StringEquals": {"sts:ExternalId": self.external_id}},
                }
            ],
        }


def whole_policy(account: str = "*") -> Policy:
    """Return the policy of all checks of all labs."""
    return policy_for(CHECKS.values(), account=account)


def cloudformation(trust: Trust) -> str:
    """Return a template, as JSON; deleting its stack takes every permission away."""
    template: dict[str, Json] = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": DESCRIPTION,
        "Resources": {
            "VerifyRole": {
                "Type": "AWS::IAM::Role",
                "Properties": {
                    "RoleName": ROLE_NAME,
                    "MaxSessionDuration": 3600,
                    "AssumeRolePolicyDocument": trust.document(),
                    "Policies": [
                        {
                            "PolicyName": POLICY_NAME,
                            "PolicyDocument": _substituted(whole_policy(ACCOUNT)),
                        }
                    ],
                },
            }
        },
        "Outputs": {
            "RoleArn": {
                "Description": "Paste this into Gantry.",
                "Value": {"Fn::GetAtt": ["VerifyRole", "Arn"]},
            }
        },
    }
    return json.dumps(template, indent=2) + "\n"


def _substituted(policy: Policy) -> Json:
    """Return the policy with the account filled in by CloudFormation."""
    plain: Json = json.loads(json.dumps(policy))
    return _walked(plain)


def _walked(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _walked(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_walked(one) for one in value]
    return {"Fn::Sub": value} if isinstance(value, str) and ACCOUNT in value else value


def terraform(trust: Trust) -> str:
    """Return the same role as Terraform."""
    return (
        f'resource "aws_iam_role" "gantry_verify" {{\n'
        f'  name                 = "{ROLE_NAME}"\n'
        f"  max_session_duration = 3600\n"
        f"  assume_role_policy = jsonencode({_indented(trust.document())})\n"
        f"}}\n\n"
        f'resource "aws_iam_role_policy" "gantry_verify" {{\n'
        f'  name   = "{POLICY_NAME}"\n'
        f"  role   = aws_iam_role.gantry_verify.id\n"
        f"  policy = jsonencode({_indented(json.loads(json.dumps(whole_policy())))})\n"
        f"}}\n\n"
        f'output "role_arn" {{\n'
        f"  value = aws_iam_role.gantry_verify.arn\n"
        f"}}\n"
    )


def _indented(value: Json) -> str:
    return json.dumps(value, indent=2).replace("\n", "\n  ")


def commands(trust: Trust) -> str:
    """Return the same role as commands for a shell, such as CloudShell."""
    return (
        "#!/usr/bin/env bash\n"
        "# Makes the read-only role and prints its ARN. To take it away:\n"
        f"#   aws iam delete-role-policy --role-name {ROLE_NAME} --policy-name {POLICY_NAME}\n"
        f"#   aws iam delete-role --role-name {ROLE_NAME}\n"
        "set -euo pipefail\n"
        f"aws iam create-role --role-name {ROLE_NAME} --max-session-duration 3600 \\\n"
        f"  --assume-role-policy-document '{json.dumps(trust.document())}' \\\n"
        "  --query Role.Arn --output text\n"
        f"aws iam put-role-policy --role-name {ROLE_NAME} --policy-name {POLICY_NAME} \\\n"
        f"  --policy-document '{json.dumps(whole_policy())}'\n"
    )
