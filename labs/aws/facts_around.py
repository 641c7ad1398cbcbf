"""What stands around the services: logs, deployments, scaling, names, files."""

from __future__ import annotations

from labs.aws.declare import Answers, Call, fact, pick, there
from labs.checks.model import Value
from labs.checks.names import Names
from labs.checks.reading import app_of

_APPLICATION = "arn:aws:codedeploy:{region}:{account}:application:{application}"
_GROUP = "arn:aws:codedeploy:{region}:{account}:deploymentgroup:{application}/*"
_FILES = "arn:aws:elasticfilesystem:{region}:{account}:file-system/*"
_STREAMS = "arn:aws:logs:{region}:{account}:log-group:{log_group}:*"
_ECS = "ecs"


def _log_group(names: Names, answers: Answers) -> str:
    config = app_of(answers["taskdef"], names).get("logConfiguration", {})
    return str(config.get("options", {}).get("awslogs-group") or names.log_group)


@fact("logs", "DescribeLogGroups", needs=("taskdef",))
def log_groups(call: Call, names: Names, answers: Answers) -> Value:
    """Return the groups whose names begin as the one that the task definition names."""
    return _groups(call, _log_group(names, answers))


@fact("logs", "DescribeLogGroups")
def left_log_groups(call: Call, names: Names, answers: Answers) -> Value:
    """Return the group of the exercises, and what Container Insights makes unasked."""
    insights = f"/aws/ecs/containerinsights/{names.cluster}/"
    return _groups(call, names.log_group) + _groups(call, insights)


def _groups(call: Call, prefix: str) -> list[str]:
    return [one["logGroupName"] for one in call.pages("logGroups", logGroupNamePrefix=prefix)]


@fact("logs", "DescribeLogStreams", scope=_STREAMS, needs=("taskdef",))
def log_streams(call: Call, names: Names, answers: Answers) -> Value:
    """Return the names of the last streams; what is in them is nobody's business here."""
    found = call(
        logGroupName=_log_group(names, answers),
        orderBy="LastEventTime",
        descending=True,
        limit=5,
    )
    return [one["logStreamName"] for one in found["logStreams"]]


@fact("codedeploy", "GetApplication", scope=_APPLICATION)
def cd_app(call: Call, names: Names, answers: Answers) -> Value:
    return pick(call(applicationName=names.application)["application"], "computePlatform")


@fact("codedeploy", "GetDeploymentGroup", scope=_GROUP)
def cd_group(call: Call, names: Names, answers: Answers) -> Value:
    found = call(applicationName=names.application, deploymentGroupName=names.deployment_group)[
        "deploymentGroupInfo"
    ]
    kept = pick(found, "deploymentConfigName", "deploymentStyle", "loadBalancerInfo")
    kept |= pick(found, "autoRollbackConfiguration")
    for one in ("lastSuccessfulDeployment", "lastAttemptedDeployment"):
        if found.get(one):
            kept[one] = pick(found[one], "deploymentId", "status")
    return kept


@fact("application-autoscaling", "DescribeScalableTargets")
def scalable_target(call: Call, names: Names, answers: Answers) -> Value:
    found = call(ServiceNamespace=_ECS, ResourceIds=[names.scaled])["ScalableTargets"]
    return pick(there(found, names.scaled)[0], "MinCapacity", "MaxCapacity")


@fact("application-autoscaling", "DescribeScalingPolicies")
def scaling_policies(call: Call, names: Names, answers: Answers) -> Value:
    found = call.pages("ScalingPolicies", ServiceNamespace=_ECS, ResourceId=names.scaled)
    keys = "PolicyName", "PolicyType", "TargetTrackingScalingPolicyConfiguration"
    return [pick(one, *keys) for one in found]


@fact("application-autoscaling", "DescribeScheduledActions")
def scheduled(call: Call, names: Names, answers: Answers) -> Value:
    found = call.pages("ScheduledActions", ServiceNamespace=_ECS, ResourceId=names.scaled)
    keys = "ScheduledActionName", "Schedule", "Timezone", "ScalableTargetAction"
    return [pick(one, *keys) for one in found]


@fact("cloudwatch", "DescribeAlarms")
def alarms(call: Call, names: Names, answers: Answers) -> Value:
    prefix = f"TargetTracking-service/{names.cluster}/"
    return [one["AlarmName"] for one in call.pages("MetricAlarms", AlarmNamePrefix=prefix)]


@fact("servicediscovery", "ListNamespaces")
def namespace(call: Call, names: Names, answers: Answers) -> Value:
    wanted = [{"Name": "NAME", "Values": [names.app_namespace]}]
    found = call.pages("Namespaces", Filters=wanted)
    named = [one for one in found if one["Name"] == names.app_namespace]
    return pick(there(named, names.app_namespace)[0], "Name", "Type")


@fact("efs", "DescribeFileSystems")
def file_system(call: Call, names: Names, answers: Answers) -> Value:
    """Return the file system by its name; one that is being deleted is as good as gone."""
    named = [
        one
        for one in call.pages("FileSystems")
        if names.file_system in {one.get("Name"), one.get("CreationToken")}
        and one["LifeCycleState"] not in {"deleting", "deleted"}
    ]
    one = there(named, names.file_system)[0]
    return pick(one, "FileSystemId", "LifeCycleState", "Encrypted")


@fact("efs", "DescribeMountTargets", scope=_FILES, needs=("file_system",))
def mount_targets(call: Call, names: Names, answers: Answers) -> Value:
    found = call(FileSystemId=answers["file_system"]["FileSystemId"])["MountTargets"]
    return [pick(one, "LifeCycleState") for one in found]


@fact("efs", "DescribeAccessPoints", scope=_FILES, needs=("file_system",))
def access_points(call: Call, names: Names, answers: Answers) -> Value:
    found = call(FileSystemId=answers["file_system"]["FileSystemId"])["AccessPoints"]
    return [{"path": one["RootDirectory"]["Path"], "state": one["LifeCycleState"]} for one in found]
