"""What learners get wrong in exercises 1 to 5, and which checks must turn to what."""

from __future__ import annotations

from typing import Any

from labs.checks.model import Missing
from tests.labs.checks.worlds import GONE

# A title, the changes to the finished world, the checks that turn. Nothing else may turn.
Mistake = tuple[str, dict[str, Any], dict[str, str]]

_IMAGE = "111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/handson-app"
_APP = "taskdef/containerDefinitions/0"
_LOG = f"{_APP}/logConfiguration"
_AFTER_REPO = ("scan-on-push", "image", "scan-result", "immutable", "lifecycle")
_AFTER_TD = (
    "td-fargate", "td-size", "td-image", "td-port", "td-logs", "td-exec-role", "td-exec-policy",
    "td-log-group",
)  # fmt: skip
_SVC = "services/handson-service"
_AFTER_SVC = (
    "svc-running", "svc-rollout", "svc-taskdef", "svc-fargate", "svc-network", "svc-egress",
    "svc-ingress", "task-running", "logs-arrive",
)  # fmt: skip
_STOPPED = {
    "lastStatus": "STOPPED",
    "desiredStatus": "STOPPED",
    "stopCode": "TaskFailedToStart",
    "stoppedReason": "CannotPullContainerError: not found",
    "containers": [],
}
_PENDING = {"lastStatus": "PENDING", "desiredStatus": "RUNNING", "containers": []}
_NO_TASK = {
    "task-running": "fail",
    "logs-arrive": "skip",
    "exec-task": "fail",
    "exec-agent": "skip",
}
_ROLLING = [{"status": "PRIMARY", "rolloutState": "IN_PROGRESS", "failedTasks": 0}]


_AGAIN = {**_NO_TASK, "exec-task": "wait", "exec-agent": "wait"}


def _skips(names: tuple[str, ...]) -> dict[str, str]:
    return dict.fromkeys(names, "skip")


IMAGES: list[Mistake] = [
    (
        "no repository",
        {"repo": Missing("handson-app"), "images": Missing("handson-app"),
         "scan": Missing("handson-app"), "lifecycle": Missing("handson-app")},
        {"ecr-repo": "fail", "td-image": "fail", **_skips(tuple(f"ecr-{n}" for n in _AFTER_REPO))},
    ),
    ("nothing scans on push", {"registry_scan": []}, {"ecr-scan-on-push": "fail"}),
    (
        "a rule of the registry for other repositories",
        {"registry_scan/0/filters": ["prod-*"]},
        {"ecr-scan-on-push": "fail"},
    ),
    (
        "a rule of the registry that waits to be asked",
        {"registry_scan/0/frequency": "MANUAL"},
        {"ecr-scan-on-push": "fail"},
    ),
    (
        "another tag",
        {"images": {"v2": "sha256:02"}},
        {"ecr-image": "fail", "ecr-scan-result": "skip"},
    ),
    ("no scan", {"scan": Missing("ScanNotFoundException")}, {"ecr-scan-result": "fail"}),
    ("a scan that failed", {"scan/status": "FAILED"}, {"ecr-scan-result": "fail"}),
    ("a scan under way", {"scan/status": "IN_PROGRESS"}, {"ecr-scan-result": "wait"}),
    ("tags that move", {"repo/imageTagMutability": "MUTABLE"}, {"ecr-immutable": "fail"}),
    ("no lifecycle", {"lifecycle": Missing("no policy")}, {"ecr-lifecycle": "fail"}),
    ("an empty lifecycle", {"lifecycle/rules": 0}, {"ecr-lifecycle": "fail"}),
]  # fmt: skip

CLUSTERS: list[Mistake] = [
    (
        "a deleted cluster that is still listed",
        {"cluster": Missing("handson-cluster (INACTIVE)")},
        {"ecs-cluster": "fail", "exec-audit": "fail",
         **_skips(("ecs-providers", "ecs-strategy", "ecs-insights"))},
    ),
    ("a cluster in the making", {"cluster/status": "PROVISIONING"}, {"ecs-cluster": "wait"}),
    (
        "a cluster going away",
        {"cluster/status": "DEPROVISIONING"},
        {"ecs-cluster": "fail", **_skips(("ecs-providers", "ecs-strategy", "ecs-insights"))},
    ),
    ("no Spot", {"cluster/capacityProviders": ["FARGATE"]}, {"ecs-providers": "fail"}),
    ("no strategy", {"cluster/defaultCapacityProviderStrategy": []}, {"ecs-strategy": "fail"}),
    (
        "Spot without weight",
        {"cluster/defaultCapacityProviderStrategy/1/weight": 0},
        {"ecs-strategy": "fail"},
    ),
    ("no insights", {"cluster/settings/0/value": "disabled"}, {"ecs-insights": "fail"}),
    ("no settings", {"cluster/settings": []}, {"ecs-insights": "fail"}),
    ("an answer that was not asked for settings", {"cluster/settings": GONE},
     {"ecs-insights": "unknown"}),
]  # fmt: skip

DEFINITIONS: list[Mistake] = [
    (
        "no task definition",
        {"taskdef": Missing("ClientException"), "exec_role": Missing("ClientException"),
         "exec_role_policies": Missing("ClientException"), "log_groups": Missing("ClientException"),
         "task_role": Missing("ClientException"), "exec_permissions": Missing("ClientException")},
        {"td-active": "fail", **_skips(_AFTER_TD), "exec-task-role": "fail", "exec-init": "fail",
         "exec-permissions": "skip", "exec-audit": "fail", "logs-arrive": "fail",
         "bg-deployed": "fail"},
    ),
    ("a deregistered one", {"taskdef/status": "INACTIVE"},
     {"td-active": "fail", **_skips(_AFTER_TD)}),
    ("for EC2", {"taskdef/requiresCompatibilities": ["EC2"]}, {"td-fargate": "fail"}),
    ("bridge, unsaid", {"taskdef/networkMode": GONE}, {"td-fargate": "fail"}),
    ("a pair Fargate has not", {"taskdef/memory": "4096"}, {"td-size": "fail"}),
    ("no size", {"taskdef/cpu": GONE, "taskdef/memory": GONE}, {"td-size": "fail"}),
    ("a tag never pushed", {f"{_APP}/image": f"{_IMAGE}:v9"}, {"td-image": "fail"}),
    ("a tag left out", {f"{_APP}/image": _IMAGE}, {"td-image": "fail"}),
    ("another region's image", {f"{_APP}/image": f"{_IMAGE}:v2".replace("north", "south")},
     {"td-image": "fail"}),
    ("another port", {f"{_APP}/portMappings": [{"containerPort": 8080}]}, {"td-port": "fail"}),
    ("no port", {f"{_APP}/portMappings": GONE}, {"td-port": "fail"}),
    ("another driver", {f"{_LOG}/logDriver": "splunk"},
     {"td-logs": "fail", "td-log-group": "skip"}),
    ("no prefix", {f"{_LOG}/options/awslogs-stream-prefix": ""},
     {"td-logs": "fail", "td-log-group": "skip", "logs-arrive": "fail"}),
    ("logs of another region", {f"{_LOG}/options/awslogs-region": "us-east-1"},
     {"td-logs": "fail", "td-log-group": "skip"}),
    (
        "no execution role",
        {"exec_role": Missing("executionRoleArn"),
         "exec_role_policies": Missing("executionRoleArn")},
        {"td-exec-role": "fail", "td-exec-policy": "skip"},
    ),
    ("a role others assume", {"exec_role/trusts": ["ec2.amazonaws.com"]},
     {"td-exec-role": "fail", "td-exec-policy": "skip"}),
    ("no policy", {"exec_role_policies": []}, {"td-exec-policy": "fail"}),
    ("no log group", {"log_groups": ["/ecs/handson-app-2"]}, {"td-log-group": "fail"}),
    (
        "a log group for others to make",
        {"log_groups": [], f"{_LOG}/options/awslogs-create-group": "true"},
        {"td-log-group": "fail"},
    ),
]  # fmt: skip

SERVICES: list[Mistake] = [
    (
        "no service",
        {_SVC: GONE, "security_groups": Missing("handson-service"), "tasks": []},
        {"svc-active": "fail", **_skips(_AFTER_SVC), "exec-enabled": "fail", "exec-task": "skip",
         "exec-agent": "skip", "as-label": "fail"},
    ),
    ("a service going away", {f"{_SVC}/status": "DRAINING"},
     {"svc-active": "fail", **_skips(_AFTER_SVC)}),
    ("nothing desired", {f"{_SVC}/desiredCount": 0, f"{_SVC}/runningCount": 0},
     {"svc-running": "fail"}),
    ("a task short", {f"{_SVC}/desiredCount": 2}, {"svc-running": "fail"}),
    ("a task to come", {f"{_SVC}/desiredCount": 2, f"{_SVC}/pendingCount": 1},
     {"svc-running": "wait"}),
    ("a roll-out under way", {f"{_SVC}/desiredCount": 2, f"{_SVC}/deployments": _ROLLING},
     {"svc-running": "wait", "svc-rollout": "wait"}),
    ("a roll-out that failed", {f"{_SVC}/deployments/0/rolloutState": "FAILED"},
     {"svc-rollout": "fail"}),
    ("another controller", {f"{_SVC}/deployments": [],
     f"{_SVC}/deploymentController": {"type": "CODE_DEPLOY"}}, {"svc-rollout": "fail"}),
    ("another family", {f"{_SVC}/taskDefinition": "handson-task-old:1"}, {"svc-taskdef": "fail"}),
    ("on EC2", {f"{_SVC}/capacityProviderStrategy": GONE, f"{_SVC}/launchType": "EC2"},
     {"svc-fargate": "fail"}),
    ("on hosts of one's own", {f"{_SVC}/capacityProviderStrategy/0/capacityProvider": "ec2-hosts"},
     {"svc-fargate": "fail"}),
    ("no way told", {f"{_SVC}/capacityProviderStrategy": GONE}, {"svc-fargate": "unknown"}),
    (
        "no public address, and nothing runs",
        {f"{_SVC}/networkConfiguration/awsvpcConfiguration/assignPublicIp": "DISABLED",
         f"{_SVC}/runningCount": 0, f"{_SVC}/pendingCount": 1},
        {"svc-network": "fail", "svc-running": "wait"},
    ),
    ("no way out", {"security_groups/0/IpPermissionsEgress": []}, {"svc-egress": "fail"}),
    (
        "no way out for TLS",
        {"security_groups/0/IpPermissionsEgress": [
            {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80,
             "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]},
        {"svc-egress": "fail"},
    ),
    (
        "the default security group",
        {"security_groups/0/IpPermissions": [
            {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": "sg-1"}]}]},
        {"svc-ingress": "fail"},
    ),
    ("another port open", {"security_groups/0/IpPermissions/0/FromPort": 81,
     "security_groups/0/IpPermissions/0/ToPort": 82}, {"svc-ingress": "fail"}),
    ("no task", {"tasks": []}, _NO_TASK),
    ("a task that stopped", {"tasks": [_STOPPED]}, _NO_TASK),
    ("a task that stops again and again", {"tasks": [_STOPPED, _PENDING]}, _AGAIN),
    ("a task on its way", {"tasks": [_PENDING]}, {"task-running": "wait",
     "exec-task": "wait", "exec-agent": "wait"}),
    ("a first task on its way", {"tasks": [_PENDING], "log_streams": []},
     {"task-running": "wait", "logs-arrive": "wait", "exec-task": "wait", "exec-agent": "wait"}),
    ("a task that writes nothing", {"log_streams": []}, {"logs-arrive": "fail"}),
    ("no log group for streams", {"log_streams": Missing("ResourceNotFoundException")},
     {"logs-arrive": "fail"}),
    ("streams of others", {"log_streams": ["web/app/1", "app/application/1"]},
     {"logs-arrive": "fail"}),
]  # fmt: skip

_AGENT = "tasks/0/containers/0/managedAgents"
EXECS: list[Mistake] = [
    ("Exec off", {f"{_SVC}/enableExecuteCommand": False},
     {"exec-enabled": "fail", "exec-task": "skip", "exec-agent": "skip"}),
    ("a task from before", {"tasks/0/enableExecuteCommand": False},
     {"exec-task": "fail", "exec-agent": "skip"}),
    ("a task being replaced", {"tasks/0/enableExecuteCommand": False,
     f"{_SVC}/deployments": _ROLLING}, {"exec-task": "wait", "svc-rollout": "wait"}),
    ("no agent", {_AGENT: []}, {"exec-agent": "fail"}),
    ("an agent that says nothing", {f"{_AGENT}/0/lastStatus": GONE}, {"exec-agent": "fail"}),
    ("an agent that stopped", {f"{_AGENT}/0/lastStatus": "STOPPED"}, {"exec-agent": "fail"}),
    ("an agent on its way", {f"{_AGENT}/0/lastStatus": "PENDING"}, {"exec-agent": "wait"}),
    (
        "no task role",
        {"task_role": Missing("taskRoleArn"), "exec_permissions": Missing("taskRoleArn")},
        {"exec-task-role": "fail", "exec-permissions": "skip"},
    ),
    ("a role tasks cannot assume", {"task_role/trusts": ["ecs.amazonaws.com"]},
     {"exec-task-role": "fail", "exec-permissions": "skip"}),
    ("one action short", {"exec_permissions/ssmmessages:OpenDataChannel": "implicitDeny"},
     {"exec-permissions": "fail"}),
    ("nobody clears up", {f"{_APP}/linuxParameters": GONE}, {"exec-init": "fail"}),
    ("no record", {"cluster/configuration/executeCommandConfiguration/logging": "NONE"},
     {"exec-audit": "fail"}),
    ("a record without a place",
     {"cluster/configuration/executeCommandConfiguration/logConfiguration": GONE},
     {"exec-audit": "fail"}),
]  # fmt: skip

TASKS: list[Mistake] = [*IMAGES, *CLUSTERS, *DEFINITIONS, *SERVICES, *EXECS]
