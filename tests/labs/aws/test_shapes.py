"""Answers that moto does not give, in shapes that botocore's own models allow."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from botocore.stub import ANY, Stubber

from labs.aws.run import look_up
from labs.checks.model import Got, Missing
from tests.labs.aws.account import REGION
from tests.labs.aws.stubs import seen

_ROLE = "arn:aws:iam::111122223333:role/team/ecsHandsonTaskRole"
_TASKDEF = {
    "family": "handson-task",
    "revision": 3,
    "status": "ACTIVE",
    "taskRoleArn": _ROLE,
    "executionRoleArn": _ROLE,
    "containerDefinitions": [],
}
_GROUP = f"arn:aws:elasticloadbalancing:{REGION}:111122223333:targetgroup/"


@pytest.mark.parametrize(
    ("statement", "trusts"),
    [
        ({"Effect": "Allow", "Principal": {"Service": "a.amazonaws.com"}}, ["a.amazonaws.com"]),
        ([{"Effect": "Allow", "Principal": {"Service": ["b", "a"]}}], ["a", "b"]),
        ([{"Effect": "Deny", "Principal": {"Service": "a"}}], []),
        ([{"Effect": "Allow", "Principal": "*"}], []),
        ([{"Effect": "Allow", "Principal": {"AWS": "*"}}], []),
    ],
)
def test_whom_a_role_trusts(clients, statement, trusts):
    document = quote(json.dumps({"Version": "2012-10-17", "Statement": statement}))
    answer = {
        "Role": {
            "Path": "/team/",
            "RoleName": "ecsHandsonTaskRole",
            "RoleId": "AROAEXAMPLEEXAMPLE",
            "Arn": _ROLE,
            "CreateDate": datetime(2026, 11, 25, tzinfo=UTC),
            "AssumeRolePolicyDocument": document,
        }
    }

    found = seen(clients, "task_role", "iam", "get_role", answer, taskdef=_TASKDEF)

    assert found == Got({"name": "ecsHandsonTaskRole", "trusts": trusts})


def test_permissions_are_simulated_for_the_four_actions(clients):
    decisions = {
        "ssmmessages:CreateControlChannel": "allowed",
        "ssmmessages:OpenDataChannel": "explicitDeny",
    }
    results = [{"EvalActionName": one, "EvalDecision": says} for one, says in decisions.items()]
    with Stubber(clients("iam")) as stub:
        stub.add_response(
            "simulate_principal_policy",
            {"EvaluationResults": results},
            {"PolicySourceArn": _ROLE, "ActionNames": ANY},
        )
        found = look_up(["exec_permissions"], clients, known={"taskdef": Got(_TASKDEF)})

    assert found["exec_permissions"] == Got(decisions)


@pytest.mark.parametrize("one", ["task_role", "exec_permissions", "exec_role_policies"])
def test_a_definition_without_roles_has_none_to_look_at(clients, one):
    found = look_up([one], clients, known={"taskdef": Got({"containerDefinitions": []})})

    assert isinstance(found[one], Missing)


def test_weights_tell_where_a_listener_leads(clients):
    def weighted(**weights: int) -> list[dict[str, Any]]:
        return [{"TargetGroupArn": f"{_GROUP}{name}/1", "Weight": w} for name, w in weights.items()]

    forward = {"Type": "forward", "ForwardConfig": {"TargetGroups": weighted(blue=0, green=100)}}
    redirect = {"Type": "redirect", "RedirectConfig": {"StatusCode": "HTTP_301"}}
    answer = {
        "Listeners": [
            {"ListenerArn": "l80", "Port": 80, "DefaultActions": [forward]},
            {"ListenerArn": "l8080", "Port": 8080, "DefaultActions": [redirect]},
        ]
    }

    found = seen(
        clients, "listeners", "elbv2", "describe_listeners", answer, alb={"arn": "arn:alb"}
    )

    assert found == Got(
        {
            "80": {"arn": "l80", "action": "forward", "forwards": [f"{_GROUP}green/1"]},
            "8080": {"arn": "l8080", "action": "redirect", "forwards": []},
        }
    )


def test_why_a_target_is_not_healthy_is_told(clients):
    health = {"State": "unhealthy", "Reason": "Target.Timeout"}
    answer = {"TargetHealthDescriptions": [{"TargetHealth": health}]}
    groups = {"handson-tg-blue": {"arn": f"{_GROUP}handson-tg-blue/1", "type": "ip"}}

    found = seen(
        clients,
        "codedeploy_health",
        "elbv2",
        "describe_target_health",
        answer,
        target_groups=groups,
    )

    assert found == Got(
        [{"group": "handson-tg-blue", "state": "unhealthy", "reason": "Target.Timeout"}]
    )


def test_deployments_of_a_group_are_read(clients):
    last = {"deploymentId": "d-1", "status": "Succeeded"}
    answer = {
        "deploymentGroupInfo": {
            "deploymentConfigName": "CodeDeployDefault.ECSCanary10Percent5Minutes",
            "lastSuccessfulDeployment": {**last, "endTime": datetime(2026, 11, 25, tzinfo=UTC)},
            "lastAttemptedDeployment": last,
        }
    }

    found = seen(clients, "cd_group", "codedeploy", "get_deployment_group", answer)

    assert isinstance(found, Got)
    assert found.value["lastSuccessfulDeployment"] == last
    json.dumps(found.value)


def test_a_file_system_that_is_being_deleted_is_gone(clients):
    answer = {
        "FileSystems": [
            {
                "OwnerId": "111122223333",
                "CreationToken": "ecs-shared-data",
                "FileSystemId": "fs-1",
                "CreationTime": datetime(2026, 11, 25, tzinfo=UTC),
                "LifeCycleState": "deleting",
                "NumberOfMountTargets": 0,
                "SizeInBytes": {"Value": 0},
                "PerformanceMode": "generalPurpose",
                "Tags": [],
            }
        ]
    }

    found = seen(clients, "file_system", "efs", "describe_file_systems", answer)

    assert found == Missing("NotFound ecs-shared-data")


def test_all_pages_are_read(clients):
    def page(name: str, **more: str) -> dict[str, Any]:
        group = {
            "TargetGroupName": name,
            "TargetGroupArn": f"{_GROUP}{name}/1",
            "TargetType": "ip",
        }
        return {"TargetGroups": [group], **more}

    with Stubber(clients("elbv2")) as stub:
        stub.add_response("describe_target_groups", page("others", NextMarker="more"))
        stub.add_response("describe_target_groups", page("handson-tg-web"), {"Marker": "more"})
        found = look_up(["target_groups"], clients)

    assert found["target_groups"] == Got(
        {"handson-tg-web": {"arn": f"{_GROUP}handson-tg-web/1", "type": "ip"}}
    )


def test_streams_are_looked_for_where_the_definition_writes(clients):
    options = {"awslogs-group": "/elsewhere"}
    app = {"name": "app", "logConfiguration": {"logDriver": "awslogs", "options": options}}
    with Stubber(clients("logs")) as stub:
        stub.add_response(
            "describe_log_streams",
            {"logStreams": [{"logStreamName": "app/app/1"}]},
            {"logGroupName": "/elsewhere", "orderBy": ANY, "descending": True, "limit": 5},
        )
        known = {"taskdef": Got({"containerDefinitions": [app]})}
        found = look_up(["log_streams"], clients, known=known)

    assert found["log_streams"] == Got(["app/app/1"])
