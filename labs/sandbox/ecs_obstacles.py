"""Why the tasks of a service would not start, as their stopped reason would say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from moto.ecs.models import TaskDefinition

from labs.sandbox.ecs_neighbours import Neighbours

_PULL = "ecr:GetAuthorizationToken"
_TASKS = "ecs-tasks.amazonaws.com"
_NO_WAY_OUT = (
    "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull"
    " registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR."
    " Check your task network configuration."
)
Json = Mapping[str, Any]  # Any: the service's own JSON


def find(definition: TaskDefinition, network: Json, around: Neighbours) -> str:
    """Return the first thing in the way of a task on Fargate, or an empty text."""
    checks: tuple[Callable[[], str], ...] = (
        lambda: _roles(definition, around),
        lambda: _way_out(definition, network, around),
        lambda: _pull_rights(definition, around),
        lambda: _images(definition, around),
        lambda: _log_groups(definition, around),
    )
    return next((reason for check in checks if (reason := check())), "")


def _roles(definition: TaskDefinition, around: Neighbours) -> str:
    for kind in ("execution_role_arn", "task_role_arn"):
        arn = vars(definition).get(kind)
        if arn and not around.role_lets(_arn(arn, around), _TASKS):
            return (
                f"ECS was unable to assume the role '{arn}' that was provided for this task."
                " Please verify that the role being passed has the proper trust relationship and"
                " permissions and that your IAM user has permissions to pass this role."
            )
    return ""


def _arn(name: str, around: Neighbours) -> str:
    return name if name.startswith("arn:") else f"arn:aws:iam::{around.account}:role/{name}"


def _execution_role(definition: TaskDefinition, around: Neighbours) -> str:
    return _arn(vars(definition).get("execution_role_arn") or "", around)


def _pull_rights(definition: TaskDefinition, around: Neighbours) -> str:
    role = _execution_role(definition, around)
    if not _pulls_from_us(definition, around) or around.role_may(role, _PULL):
        return ""
    return (
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource"
        " retrieval failed: unable to retrieve ecr registry auth: service call has been retried"
        f" 1 time(s): AccessDeniedException: User: {role} is not authorized to perform: {_PULL}"
        " on resource: *"
    )


def _pulls_from_us(definition: TaskDefinition, around: Neighbours) -> bool:
    return any(around.is_ours(str(one.get("image"))) for one in definition.container_definitions)


def _images(definition: TaskDefinition, around: Neighbours) -> str:
    for container in definition.container_definitions:
        image = str(container.get("image"))
        if around.is_ours(image) and around.image_digest(image) is None:
            return (
                "CannotPullContainerError: pull image manifest has been retried 1 time(s):"
                f" failed to resolve ref {image}: {image}: not found"
            )
    return ""


def _log_groups(definition: TaskDefinition, around: Neighbours) -> str:
    containers: Sequence[Json] = definition.container_definitions
    for container in containers:
        logs = container.get("logConfiguration") or {}
        options = logs.get("options") or {}
        group = options.get("awslogs-group", "")
        if logs.get("logDriver") != "awslogs" or around.has_log_group(group):
            continue
        made = options.get("awslogs-create-group") == "true"
        # AWS's managed policy for execution roles does not allow it.
        if made and around.role_may(_execution_role(definition, around), "logs:CreateLogGroup"):
            around.make_log_group(group)
            continue
        why = (
            "failed to create Cloudwatch log group: AccessDeniedException"
            if made
            else "failed to create Cloudwatch log stream: ResourceNotFoundException:"
            " The specified log group does not exist."
        )
        return (
            "ResourceInitializationError: failed to validate logger args: create stream has been"
            f" retried 1 times: {why} : exit status 1"
        )
    return ""


def _way_out(definition: TaskDefinition, network: Json, around: Neighbours) -> str:
    vpc = network.get("awsvpcConfiguration") or {}
    if (
        not _pulls_from_us(definition, around)
        or not vpc.get("subnets")
        or vpc.get("assignPublicIp") == "ENABLED"
    ):
        return ""
    return "" if around.has_way_out(vpc["subnets"][0]) else _NO_WAY_OUT
