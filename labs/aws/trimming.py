"""Keeps of an answer of ECS what checks read: environment values and secrets go no further."""

from __future__ import annotations

from labs.aws.declare import pick
from labs.checks.model import Value

# Options of log drivers may hold API keys, so only these keep their values.
_OPTIONS = (
    "awslogs-group",
    "awslogs-region",
    "awslogs-stream-prefix",
    "awslogs-create-group",
    "Name",
)


def cluster(answer: Value) -> Value:
    return {
        **pick(answer, "clusterName", "status", "capacityProviders"),
        **pick(answer, "defaultCapacityProviderStrategy", "settings", "configuration"),
        **pick(answer, "serviceConnectDefaults"),
    }


def definition(answer: Value) -> Value:
    return {
        **pick(answer, "taskDefinitionArn", "family", "revision", "status"),
        **pick(answer, "requiresCompatibilities", "networkMode", "cpu", "memory"),
        **pick(answer, "executionRoleArn", "taskRoleArn"),
        "volumes": [_volume(one) for one in answer.get("volumes", ())],
        "containerDefinitions": [_container(one) for one in answer["containerDefinitions"]],
    }


def _volume(answer: Value) -> Value:
    return pick(answer, "name", "efsVolumeConfiguration")


def _container(answer: Value) -> Value:
    kept = pick(answer, "name", "image", "portMappings", "mountPoints")
    if "linuxParameters" in answer:
        kept["linuxParameters"] = pick(answer["linuxParameters"], "initProcessEnabled")
    if "firelensConfiguration" in answer:
        kept["firelensConfiguration"] = pick(answer["firelensConfiguration"], "type")
    if "logConfiguration" in answer:
        kept["logConfiguration"] = _logging(answer["logConfiguration"])
    return kept


def _logging(answer: Value) -> Value:
    options = pick(answer.get("options") or {}, *_OPTIONS)
    return {**pick(answer, "logDriver"), "options": options}


def service(answer: Value) -> Value:
    events = answer.get("events") or [{}]
    return {
        **pick(answer, "serviceName", "status", "desiredCount", "runningCount", "pendingCount"),
        **pick(answer, "taskDefinition", "launchType", "capacityProviderStrategy"),
        **pick(answer, "networkConfiguration", "loadBalancers", "enableExecuteCommand"),
        **pick(answer, "deploymentController"),
        "deploymentConfiguration": pick(answer.get("deploymentConfiguration") or {}, "strategy"),
        "deployments": [_deployment(one) for one in answer.get("deployments", ())],
        "lastEvent": events[0].get("message", ""),
    }


def _deployment(answer: Value) -> Value:
    kept = pick(answer, "status", "rolloutState", "rolloutStateReason", "failedTasks")
    if "serviceConnectConfiguration" in answer:
        config = answer["serviceConnectConfiguration"]
        kept["serviceConnectConfiguration"] = {
            **pick(config, "enabled", "namespace"),
            "services": [pick(one, "portName") for one in config.get("services", ())],
        }
    return kept


def task(answer: Value) -> Value:
    return {
        **pick(answer, "lastStatus", "desiredStatus", "stopCode", "stoppedReason"),
        **pick(answer, "enableExecuteCommand", "capacityProviderName"),
        "containers": [
            {
                **pick(one, "name", "lastStatus", "reason"),
                "managedAgents": [
                    pick(agent, "name", "lastStatus", "reason")
                    for agent in one.get("managedAgents", ())
                ],
            }
            for one in answer.get("containers", ())
        ],
    }
