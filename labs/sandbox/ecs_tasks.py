"""Makes moto's tasks tell what a task of ECS tells."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from moto.core.utils import utcnow
from moto.ec2.utils import random_public_ip
from moto.ecs.models import Container, Service, Task, TaskDefinition

from labs.sandbox.ecs_neighbours import Neighbours

STARTED = "RUNNING"
STOPPED = "STOPPED"
_PLATFORM = "1.4.0"
_AGENT = "ExecuteCommandAgent"


def service_of(task: Task) -> str | None:
    """Return the name of the service a task belongs to, or None."""
    kind, _, name = task.group.partition(":")
    return name if kind == "service" else None


def start(task: Task, definition: TaskDefinition, around: Neighbours, *, can_exec: bool) -> None:
    """Let a task run, with all its containers, and with a public address where it has one."""
    now = utcnow()
    _describe(task, definition, can_exec=can_exec)
    vars(task).update(
        connectivity="CONNECTED", connectivity_at=now, pull_started_at=now, started_at=now
    )
    agents = [{"name": _AGENT, "lastStatus": STARTED, "lastStartedAt": now}] if can_exec else []
    for container in task.containers:
        container.last_status = STARTED
        vars(container).update(
            managed_agents=copy.deepcopy(agents),
            image_digest=around.image_digest(str(container.image)),
        )
    vpc = vars(task).get("network_configuration", {}).get("awsvpcConfiguration", {})
    for interface in interfaces_of(task) if vpc.get("assignPublicIp") == "ENABLED" else []:
        around.ec2.get_network_interface(interface).public_ip = random_public_ip()


def fail(task: Task, definition: TaskDefinition, around: Neighbours, *, reason: str) -> None:
    """Let a task be one that could not start."""
    _describe(task, definition, can_exec=False)
    for container in task.containers:
        container.last_status = STOPPED
        vars(container).update(reason=reason)
    stop(task, around, code="TaskFailedToStart", reason=reason)


def stop(task: Task, around: Neighbours, *, code: str, reason: str) -> None:
    """Stop a task and delete its network interfaces, which would hold the security group."""
    now = utcnow()
    task.last_status = task.desired_status = STOPPED
    task.stopped_reason = reason
    vars(task).update(stop_code=code, stopping_at=now, stopped_at=now)
    for container in task.containers:
        container.last_status = STOPPED
        vars(container).update(managed_agents=[])
    for interface in interfaces_of(task):
        around.ec2.delete_network_interface(interface)
    task.attachments.clear()


def enter_groups(task: Task, service: Service, around: Neighbours) -> None:
    """Make a task a target of the service's target groups."""
    for balancer in service.load_balancers:
        group = around.elb.group(str(balancer.get("targetGroupArn")))
        if group is not None and (address := _address(task)):
            group.register([{"Id": address, "Port": balancer.get("containerPort")}])


def leave_groups(task: Task, around: Neighbours) -> None:
    """Take a task out of all target groups."""
    address = _address(task)
    for group in around.elb.target_groups.values():
        if address in group.targets:
            group.deregister([{"Id": address}])


def interfaces_of(task: Task) -> list[str]:
    """Return the ids of a task's network interfaces."""
    return _details(task, "networkInterfaceId")


def _address(task: Task) -> str:
    return next(iter(_details(task, "privateIPv4Address")), "")


def _details(task: Task, name: str) -> list[str]:
    attachments: Sequence[Mapping[str, Any]] = task.attachments  # Any: the service's own JSON
    return [
        str(detail["value"])
        for attachment in attachments
        for detail in attachment["details"]
        if detail["name"] == name
    ]


def _describe(task: Task, definition: TaskDefinition, *, can_exec: bool) -> None:
    kind: Any = Container  # it reads the first container of a task definition, and no more
    task.containers = [
        kind(SimpleNamespace(arn=definition.arn, container_definitions=[one]))
        for one in definition.container_definitions
    ]
    for container in task.containers:
        vars(container).update(task_arn=task.task_arn, health_status="UNKNOWN")
    task.launch_type = task.launch_type or "FARGATE"
    vars(task).update(
        created_at=utcnow(),
        cpu=definition.cpu,
        memory=definition.memory,
        enable_execute_command=can_exec,
        platform_version=_PLATFORM,
        platform_family="Linux",
    )
