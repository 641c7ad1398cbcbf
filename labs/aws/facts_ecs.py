"""What ECS says of the exercises' cluster, and of the cluster of chapters 11 to 14."""

from __future__ import annotations

from labs.aws import trimming
from labs.aws.declare import AbsentError, Answers, Call, fact, there
from labs.checks.model import Value
from labs.checks.names import Names

_CLUSTER = "arn:aws:ecs:{region}:{account}:cluster/"
_SERVICE = "arn:aws:ecs:{region}:{account}:service/"
_TASK = "arn:aws:ecs:{region}:{account}:task/"
_MOST_TASKS = 100  # that DescribeTasks takes
_MOST_STOPPED = 10
_MOST_REVISIONS = 3  # of the family that three chapters share


def _cluster(call: Call, name: str) -> Value:
    """A deleted cluster stays listed as INACTIVE; settings come only when asked for."""
    answer = call(clusters=[name], include=["SETTINGS", "CONFIGURATIONS"])
    one = there(_found(answer, "clusters"), name)[0]
    if one["status"] == "INACTIVE":
        raise AbsentError(f"{name} (INACTIVE)")
    return trimming.cluster(one)


def _services(call: Call, cluster: str, names: tuple[str, ...]) -> Value:
    """Return the services that are not deleted, by name; deleted ones stay listed for a while."""
    found = _found(call(cluster=cluster, services=list(names)), "services")
    living = [trimming.service(one) for one in found if one["status"] != "INACTIVE"]
    return {one["serviceName"]: one for one in living}


def _found(answer: Value, key: str) -> Value:
    """ECS tells what it cannot find beside the answer; only MISSING means that it is not there."""
    reasons = {one.get("reason") for one in answer.get("failures", ())}
    if reasons - {"MISSING"}:
        raise LookupError(str(reasons))
    return answer[key]


@fact("ecs", "DescribeClusters", scope=_CLUSTER + "{cluster}")
def cluster(call: Call, names: Names, answers: Answers) -> Value:
    return _cluster(call, names.cluster)


@fact("ecs", "DescribeClusters", scope=_CLUSTER + "{app_cluster}")
def app_cluster(call: Call, names: Names, answers: Answers) -> Value:
    return _cluster(call, names.app_cluster)


@fact("ecs", "DescribeServices", scope=_SERVICE + "{cluster}/*")
def services(call: Call, names: Names, answers: Answers) -> Value:
    return _services(call, names.cluster, names.services)


@fact("ecs", "DescribeServices", scope=_SERVICE + "{app_cluster}/*")
def app_services(call: Call, names: Names, answers: Answers) -> Value:
    return _services(call, names.app_cluster, (names.connect_service, names.capacity_service))


@fact("ecs", "DescribeTaskDefinition")
def taskdef(call: Call, names: Names, answers: Answers) -> Value:
    return trimming.definition(call(taskDefinition=names.family)["taskDefinition"])


@fact("ecs", "ListTaskDefinitions")
def active_revisions(call: Call, names: Names, answers: Answers) -> Value:
    return call.pages("taskDefinitionArns", familyPrefix=names.family, status="ACTIVE")


@fact("ecs", "ListTaskDefinitions")
def app_arns(call: Call, names: Names, answers: Answers) -> Value:
    """Return the newest ACTIVE revisions, newest first (moto heeds neither order nor number)."""
    found = call(
        familyPrefix=names.app_family, status="ACTIVE", sort="DESC", maxResults=_MOST_REVISIONS
    )["taskDefinitionArns"]
    newest = sorted(found, key=lambda arn: int(arn.rsplit(":", 1)[-1]), reverse=True)
    return there(newest[:_MOST_REVISIONS], names.app_family)


@fact("ecs", "DescribeTaskDefinition", needs=("app_arns",))
def app_revisions(call: Call, names: Names, answers: Answers) -> Value:
    """Return a few revisions: chapters 11, 12 and 14 all register the same family."""
    found = [call(taskDefinition=arn) for arn in answers["app_arns"]]
    return [trimming.definition(one["taskDefinition"]) for one in found]


def _task_arns(call: Call, names: Names, status: str, most: int) -> Value:
    service = {"cluster": names.cluster, "serviceName": names.service}
    return call(**service, desiredStatus=status, maxResults=most)["taskArns"]


@fact("ecs", "ListTasks")
def task_arns(call: Call, names: Names, answers: Answers) -> Value:
    return _task_arns(call, names, "RUNNING", _MOST_TASKS - _MOST_STOPPED)


@fact("ecs", "ListTasks")
def stopped_arns(call: Call, names: Names, answers: Answers) -> Value:
    return _task_arns(call, names, "STOPPED", _MOST_STOPPED)


@fact("ecs", "DescribeTasks", scope=_TASK + "{cluster}/*", needs=("task_arns", "stopped_arns"))
def tasks(call: Call, names: Names, answers: Answers) -> Value:
    """Return the tasks, those that stopped last first."""
    arns = answers["task_arns"] + answers["stopped_arns"]
    if not arns:
        return []
    found = call(cluster=names.cluster, tasks=arns)["tasks"]
    ordered = sorted(found, key=lambda one: str(one.get("stoppedAt", "")), reverse=True)
    return [trimming.task(one) for one in ordered]
