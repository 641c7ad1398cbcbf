"""What IAM says a role may do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from labs.aws.run import look_up
from labs.checks.judging import judge_all
from labs.checks.registry import CHECKS
from tests.labs.sandbox.world import World, refused

ACTIONS = ("CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel")
EXEC = [f"ssmmessages:{one}" for one in ACTIONS]
SSM = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"


def allow(world: World, actions: list[str], *, effect: str = "Allow", name: str = "own") -> None:
    statement = {"Effect": effect, "Action": actions, "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    world.client("iam").put_role_policy(RoleName="task", PolicyName=name, PolicyDocument=document)


def decisions(world: World, **asked: Any) -> list[tuple[str, str, str]]:
    asked = {"PolicySourceArn": world.role("task"), "ActionNames": EXEC, **asked}
    pages = world.client("iam").get_paginator("simulate_principal_policy").paginate(**asked)
    keys = ("EvalActionName", "EvalResourceName", "EvalDecision")
    return [tuple(one[key] for key in keys) for page in pages for one in page["EvaluationResults"]]


def all_are(decision: str) -> list[tuple[str, str, str]]:
    return [(one, "*", decision) for one in EXEC]


def test_own_and_attached_policies_count_and_a_refusal_outweighs_them(ready):
    iam = ready.client("iam")

    assert decisions(ready) == all_are("implicitDeny")
    iam.attach_role_policy(RoleName="task", PolicyArn=SSM)
    assert decisions(ready) == all_are("allowed")
    iam.detach_role_policy(RoleName="task", PolicyArn=SSM)
    allow(ready, EXEC)
    assert decisions(ready) == all_are("allowed")
    allow(ready, ["ssmmessages:*"], effect="Deny", name="no")
    assert decisions(ready) == all_are("explicitDeny")


def test_each_action_is_asked_for_each_resource(ready):
    allow(ready, EXEC[:1])

    assert decisions(ready, ActionNames=EXEC[:2], ResourceArns=["*", "arn:aws:s3:::x"]) == [
        (EXEC[0], "*", "allowed"),
        (EXEC[0], "arn:aws:s3:::x", "allowed"),
        (EXEC[1], "*", "implicitDeny"),
        (EXEC[1], "arn:aws:s3:::x", "implicitDeny"),
    ]


def test_policies_may_be_tried_that_the_role_has_not(ready):
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*"}

    assert decisions(ready, PolicyInputList=[json.dumps({"Statement": statement})]) == all_are(
        "allowed"
    )


@pytest.mark.parametrize(
    ("kind", "code"), [("role/none", "NoSuchEntity"), ("user/learner", "InvalidInput")]
)
def test_only_a_role_that_is_there_is_simulated(ready, kind, code):
    source = f"arn:aws:iam::{ready.account}:{kind}"
    simulate = ready.client("iam").simulate_principal_policy

    assert refused(simulate, PolicySourceArn=source, ActionNames=EXEC) == code


@pytest.mark.parametrize(
    ("actions", "status"),
    [([], "fail"), (EXEC[:3], "fail"), (EXEC, "pass"), (["ssmmessages:*"], "pass")],
)
def test_the_check_of_exercise_5_fails_and_passes(ready, actions, status):
    allow(ready, actions or ["s3:*"])
    ready.register(family="handson-task")

    facts = look_up(["exec_permissions"], ready.client)

    (verdict,) = judge_all([CHECKS["exec-permissions"]], facts)
    assert verdict.status == status
