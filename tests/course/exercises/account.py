"""Asks an AWS what there is, without the commands of the chapter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.session import Session as Botocore

from tests.course.exercises.session import REGION, Session


@dataclass(frozen=True, slots=True)
class Question:
    """A list operation and the expression that takes the names out of its answer."""

    service: str
    operation: str
    names: str
    parameters: Mapping[str, str] = field(default_factory=dict)


_SCALING = "application-autoscaling"
_ECS = {"ServiceNamespace": "ecs"}
_MADE_BY_AWS = "/aws-service-role/"

QUESTIONS: Mapping[str, Question] = {
    "clusters": Question("ecs", "list_clusters", "clusterArns[]"),
    "task definitions": Question("ecs", "list_task_definitions", "taskDefinitionArns[]"),
    "repositories": Question("ecr", "describe_repositories", "repositories[].repositoryName"),
    "load balancers": Question(
        "elbv2", "describe_load_balancers", "LoadBalancers[].LoadBalancerName"
    ),
    "target groups": Question("elbv2", "describe_target_groups", "TargetGroups[].TargetGroupName"),
    "log groups": Question("logs", "describe_log_groups", "logGroups[].logGroupName"),
    "roles": Question("iam", "list_roles", f"Roles[?!starts_with(Path, '{_MADE_BY_AWS}')].Arn"),
    "security groups": Question(
        "ec2", "describe_security_groups", "SecurityGroups[?GroupName!='default'].GroupName"
    ),
    "network interfaces": Question(
        "ec2", "describe_network_interfaces", "NetworkInterfaces[].NetworkInterfaceId"
    ),
    "scalable targets": Question(
        _SCALING, "describe_scalable_targets", "ScalableTargets[].ResourceId", _ECS
    ),
    "scaling policies": Question(
        _SCALING, "describe_scaling_policies", "ScalingPolicies[].PolicyName", _ECS
    ),
    "scheduled actions": Question(
        _SCALING, "describe_scheduled_actions", "ScheduledActions[].ScheduledActionName", _ECS
    ),
    "alarms": Question("cloudwatch", "describe_alarms", "MetricAlarms[].AlarmName"),
    "CodeDeploy applications": Question("codedeploy", "list_applications", "applications[]"),
}


def holdings(session: Session) -> dict[str, list[str]]:
    """Return the names of everything in the account, by kind; kinds with nothing are left out."""
    found = {kind: _ask(session, question) for kind, question in QUESTIONS.items()}
    found["services"] = [
        name for cluster in found["clusters"] for name in _services(session, cluster)
    ]
    return {kind: names for kind, names in found.items() if names}


def _services(session: Session, cluster: str) -> list[str]:
    ecs = _client(session, "ecs")
    arns = ecs.list_services(cluster=cluster)["serviceArns"]
    services = ecs.describe_services(cluster=cluster, services=arns)["services"] if arns else []
    return [one["serviceName"] for one in services if one["status"] == "ACTIVE"]


def _ask(session: Session, question: Question) -> list[str]:
    pages = _client(session, question.service).get_paginator(question.operation)
    return [str(name) for name in pages.paginate(**question.parameters).search(question.names)]


def _client(session: Session, service: str) -> Any:  # botocore makes its classes as it runs
    return Botocore().create_client(
        service,
        region_name=REGION,
        endpoint_url=session.address,
        aws_access_key_id=session.keys.access_key_id,
        aws_secret_access_key=session.keys.secret_access_key,
    )
