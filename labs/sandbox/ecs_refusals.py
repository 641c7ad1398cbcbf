"""What ECS refuses at once, in its words where they are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from moto.ecs.exceptions import EcsClientException, InvalidParameterException
from moto.ecs.models import Cluster, Service, TaskDefinition

from labs import fargate
from labs.sandbox import strategy
from labs.sandbox.ecs_neighbours import Neighbours

Json = Mapping[str, Any]  # Any: the service's own JSON
_ECR = ".dkr.ecr."
_BY_CODEDEPLOY = {
    "taskDefinition": "Unable to update task definition",
    "forceNewDeployment": "Cannot force a new deployment",
    "loadBalancers": "Unable to update load balancers",
    "networkConfiguration": "Unable to update network parameters",
    "platformVersion": "Unable to update platform version",
}


def task_definition(asked: Json) -> None:
    """Refuse a task definition that cannot run; raise ECSException."""
    for volume in asked.get("volumes") or ():
        _efs(volume.get("efsVolumeConfiguration") or {})
    if "FARGATE" in (asked.get("requiresCompatibilities") or ()):
        _fargate(asked, asked.get("containerDefinitions") or ())


def _fargate(asked: Json, containers: Iterable[Json]) -> None:
    for name in ("cpu", "memory"):
        if not asked.get(name):
            raise EcsClientException(
                f"Fargate requires that '{name}' be defined at the task level."
            )
    cpu, memory = str(asked["cpu"]), str(asked["memory"])
    if not fargate.is_size(cpu, memory):
        raise EcsClientException(
            f"No Fargate configuration exists for given values: {cpu} CPU, {memory} memory."
            " See the Amazon ECS documentation for the valid values."
        )
    if asked.get("networkMode") != "awsvpc":
        raise EcsClientException("Fargate only supports network mode 'awsvpc'.")
    for container in containers:
        _needs_execution_role(container, bool(asked.get("executionRoleArn")))
        _logging(container)


def _needs_execution_role(container: Json, has_one: bool) -> None:  # noqa: FBT001 - one caller
    driver = (container.get("logConfiguration") or {}).get("logDriver")
    what = "log driver awslogs" if driver == "awslogs" else ""
    what = "ECR images" if _ECR in str(container.get("image")) else what
    if what and not has_one:
        raise EcsClientException(
            f"Fargate requires task definition to have execution role ARN to support {what}."
        )


def _logging(container: Json) -> None:
    logs = container.get("logConfiguration") or {}
    options = logs.get("options") or {}
    for name in ("awslogs-group", "awslogs-region", "awslogs-stream-prefix"):
        if logs.get("logDriver") == "awslogs" and name not in options:
            raise EcsClientException(f"Log driver awslogs requires options: {name}")


def _efs(volume: Json) -> None:
    authorization = volume.get("authorizationConfig") or {}
    if authorization.get("accessPointId") and volume.get("rootDirectory", "/") != "/":
        raise EcsClientException(
            "The root directory must either be omitted or set to / when an access point is used."
        )
    if authorization and volume.get("transitEncryption") != "ENABLED":
        raise EcsClientException(
            "Transit encryption must be enabled when an access point or IAM is used with EFS."
        )


def capacity(cluster: Cluster, shares: Sequence[strategy.Share]) -> None:
    """Refuse a strategy with a provider the cluster does not have."""
    missing = {one.provider for one in shares} - set(cluster.capacity_providers or ())
    if missing:
        raise InvalidParameterException(
            "The specified capacity provider strategy cannot contain a capacity provider that is"
            f" not associated with the cluster: {', '.join(sorted(missing))}."
        )


def new_service(cluster: Cluster, asked: Json, services: Iterable[Service]) -> None:
    """Refuse a second service of a name, and two ways to run tasks."""
    for one in services:
        names = (one.cluster_name, one.name)
        if names == (cluster.name, asked["serviceName"]) and one.status == "ACTIVE":
            raise InvalidParameterException("Creation of service was not idempotent.")
    if asked.get("launchType") and asked.get("capacityProviderStrategy"):
        raise InvalidParameterException(
            "Specifying both a launch type and capacity provider strategy is not supported."
            " Remove one and try again."
        )


def launch(asked: Json, definition: TaskDefinition, *, verb: str, network: Json) -> None:
    """Refuse what the task definition does not go with: launch type, network, Exec."""
    kind = asked.get("launchType")
    if kind == "FARGATE" and "FARGATE" not in definition.compatibilities:
        raise InvalidParameterException(f"Task definition does not support launch_type {kind}.")
    if definition.network_mode == "awsvpc" and not network:
        raise InvalidParameterException(
            "Network Configuration must be provided when networkMode 'awsvpc' is specified."
        )
    if asked.get("enableExecuteCommand") and not vars(definition).get("task_role_arn"):
        raise InvalidParameterException(
            f"The service couldn't be {verb} because a valid taskRoleArn is not being used."
            " Specify a valid task role in your task definition and try again."
        )


def load_balancers(
    balancers: Iterable[Json], definition: TaskDefinition, neighbours: Neighbours
) -> None:
    """Refuse target groups that cannot take the tasks, and containers that are not there."""
    for one in balancers:
        arn = str(one.get("targetGroupArn"))
        group = neighbours.elb.group(arn)
        if group is None:
            raise InvalidParameterException(f"The specified target group {arn} does not exist.")
        if definition.network_mode == "awsvpc" and group.target_type != "ip":
            raise InvalidParameterException(
                f"The provided target group {arn} has target type {group.target_type}, which is"
                " incompatible with the awsvpc network mode specified in the task definition."
            )
        if not neighbours.elb.is_reached(arn):
            raise InvalidParameterException(
                f"The target group with targetGroupArn {arn} does not have an associated load"
                " balancer."
            )
        _container(one, definition)


def _container(balancer: Json, definition: TaskDefinition) -> None:
    name, port = balancer.get("containerName"), balancer.get("containerPort")
    containers: Sequence[Json] = definition.container_definitions
    found = [one for one in containers if one["name"] == name]
    if not found:
        raise InvalidParameterException(
            f"The container {name} does not exist in the task definition."
        )
    ports = [mapping.get("containerPort") for mapping in found[0].get("portMappings") or ()]
    if port not in ports:
        raise InvalidParameterException(
            f"The container {name} did not have a container port {port} defined."
        )


def codedeploy_service(service: Service, asked: Json) -> None:
    """Refuse to do by hand what CodeDeploy does for a service."""
    if service.deployment_controller.get("type") != "CODE_DEPLOY":
        return
    for name, what in _BY_CODEDEPLOY.items():
        if asked.get(name):
            raise InvalidParameterException(
                f"{what} on services with a CODE_DEPLOY deployment controller."
                " Use AWS CodeDeploy to trigger a new deployment."
            )
