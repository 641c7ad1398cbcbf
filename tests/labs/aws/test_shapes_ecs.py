"""Answers of ECS that moto does not give, in shapes that botocore's own models allow."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from botocore.stub import Stubber

from labs.aws.run import look_up
from labs.checks.judging import judge_all
from labs.checks.model import Got, Missing
from labs.checks.registry import CHECKS
from tests.labs.aws.account import REGION
from tests.labs.aws.stubs import seen

_ARN = f"arn:aws:ecs:{REGION}:111122223333"


def test_settings_are_asked_for(clients):
    with Stubber(clients("ecs")) as stub:
        stub.add_response(
            "describe_clusters",
            {"clusters": [], "failures": [{"arn": "x", "reason": "MISSING"}]},
            {"clusters": ["handson-cluster"], "include": ["SETTINGS", "CONFIGURATIONS"]},
        )
        found = look_up(["cluster"], clients)

    assert found["cluster"] == Missing("NotFound handson-cluster")


def test_three_services_are_one_call_and_deleted_ones_are_not_among_them(clients):
    answer = {
        "services": [
            {"serviceName": "handson-service", "status": "INACTIVE"},
            {"serviceName": "handson-service-bg", "status": "DRAINING"},
        ],
        "failures": [{"reason": "MISSING"}],
    }

    found = seen(clients, "services", "ecs", "describe_services", answer)

    assert isinstance(found, Got)
    assert found.value.keys() == {"handson-service-bg"}


def test_service_connect_is_read_from_the_deployment_without_its_log_options(clients):
    config = {
        "enabled": True,
        "namespace": "my-namespace",
        "services": [{"portName": "http", "discoveryName": "api"}],
        "logConfiguration": {"logDriver": "splunk", "options": {"splunk-token": "hunter2"}},
    }
    answer = {
        "services": [
            {
                "serviceName": "api-service",
                "status": "ACTIVE",
                "deployments": [{"status": "PRIMARY", "serviceConnectConfiguration": config}],
            },
        ]
    }

    found = seen(clients, "app_services", "ecs", "describe_services", answer)

    assert "hunter2" not in repr(found)
    (verdict,) = judge_all([CHECKS["sc-service"]], {"app_services": found})
    assert verdict.status == "pass"


def test_the_task_that_stopped_last_comes_first(clients):
    def stopped(hour: int, reason: str) -> dict[str, Any]:
        return {
            "lastStatus": "STOPPED",
            "desiredStatus": "STOPPED",
            "stoppedAt": datetime(2026, 11, 25, hour, tzinfo=UTC),
            "stoppedReason": reason,
        }

    answer = {"tasks": [stopped(9, "old"), stopped(10, "new")]}
    arns = [f"{_ARN}:task/handson-cluster/1", f"{_ARN}:task/handson-cluster/2"]

    found = seen(clients, "tasks", "ecs", "describe_tasks", answer, task_arns=[], stopped_arns=arns)

    assert isinstance(found, Got)
    assert [one["stoppedReason"] for one in found.value] == ["new", "old"]
    json.dumps(found.value)


def test_no_tasks_are_not_described(clients):
    found = look_up(["tasks"], clients, known={"task_arns": Got([]), "stopped_arns": Got([])})

    assert found["tasks"] == Got([])


def test_an_agent_is_read_with_its_reason(clients):
    agent = {"name": "ExecuteCommandAgent", "lastStatus": "STOPPED", "reason": "no route"}
    task = {
        "lastStatus": "RUNNING",
        "desiredStatus": "RUNNING",
        "enableExecuteCommand": True,
        "containers": [{"name": "app", "managedAgents": [agent]}],
    }

    found = seen(
        clients,
        "tasks",
        "ecs",
        "describe_tasks",
        {"tasks": [task]},
        task_arns=["arn"],
        stopped_arns=[],
    )

    service: dict[str, Any] = {"handson-service": {"deployments": []}}
    (verdict,) = judge_all([CHECKS["exec-agent"]], {"tasks": found, "services": Got(service)})
    assert (verdict.status, verdict.found) == ("fail", "STOPPED no route")


def test_a_router_and_a_volume_are_kept_and_other_volumes_are_not(clients):
    container = {
        "name": "log-router",
        "environment": [{"name": "KEY", "value": "hunter2"}],
        "firelensConfiguration": {"type": "fluentbit", "options": {"key": "hunter2"}},
    }
    volumes = [
        {"name": "shared", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}},
        {"name": "scratch", "host": {"sourcePath": "/hunter2"}},
    ]
    answer = {
        "taskDefinition": {
            "family": "my-app",
            "containerDefinitions": [container],
            "volumes": volumes,
        }
    }

    found = seen(
        clients, "app_revisions", "ecs", "describe_task_definition", answer, app_arns=["arn"]
    )

    assert "hunter2" not in repr(found)
    assert isinstance(found, Got)
    (one,) = found.value
    assert one["containerDefinitions"] == [
        {"name": "log-router", "firelensConfiguration": {"type": "fluentbit"}}
    ]
    assert one["volumes"][0]["efsVolumeConfiguration"] == {"fileSystemId": "fs-1"}
