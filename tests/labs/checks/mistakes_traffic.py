"""What learners get wrong in exercises 6 and 7, in chapters 11 to 14 and in the clean-up."""

from __future__ import annotations

from labs.checks.model import Missing
from tests.labs.checks.finished_ecs import group_arn, listener_arn
from tests.labs.checks.mistakes_tasks import Mistake
from tests.labs.checks.worlds import FINISHED, GONE

_LISTENERS = ("bg-listener-prod", "bg-listener-test", "bg-listeners-differ")
_DG = ("bg-dg-style", "bg-dg-lb", "bg-dg-config", "bg-rollback")
_PAIR = "cd_group/loadBalancerInfo/targetGroupPairInfoList/0"
_BG, _NATIVE = "services/handson-service-bg", "services/handson-service-native"
_NO_DEPLOYMENT = {
    "cd_group/lastSuccessfulDeployment": GONE,
    "cd_group/lastAttemptedDeployment": GONE,
}
_NEVER = {**_NO_DEPLOYMENT, f"{_NATIVE}/taskDefinition": "handson-task:1"}
_BLUE = [group_arn("handson-tg-blue")]

BLUE_GREEN: list[Mistake] = [
    ("no load balancer", {"alb": Missing("handson-alb"), "listeners": Missing("handson-alb")},
     {"bg-alb": "fail", **dict.fromkeys(_LISTENERS, "skip"), "bg-dg-lb": "fail",
      "as-label": "fail"}),
    ("a load balancer in the making", {"alb/state": "provisioning"}, {"bg-alb": "wait"}),
    ("one zone", {"alb/zones": ["ap-northeast-1a"]},
     {"bg-alb": "fail", **dict.fromkeys(_LISTENERS, "skip")}),
    ("no groups", {"target_groups": {}}, {"bg-tgs": "fail", "bg-healthy": "skip"}),
    ("half of each pair", {"target_groups/handson-tg-green": GONE,
     "target_groups/handson-tg-native-2": GONE}, {"bg-tgs": "fail", "bg-healthy": "skip"}),
    ("a group for instances", {"target_groups/handson-tg-blue/type": "instance"},
     {"bg-tgs": "fail", "bg-healthy": "skip"}),
    ("no way in", {"listeners": {}}, {"bg-listener-prod": "fail", "bg-listener-test": "fail",
     "bg-listeners-differ": "skip", "bg-dg-lb": "fail"}),
    ("production that redirects", {"listeners/80/action": "redirect"},
     {"bg-listener-prod": "fail", "bg-listeners-differ": "skip"}),
    ("no test listeners", {"listeners/8080": GONE, "listeners/8081": GONE},
     {"bg-listener-test": "fail", "bg-listeners-differ": "skip"}),
    ("both listeners to one group, and nothing deployed",
     {"listeners/80/forwards": _BLUE, "listeners/8080/forwards": _BLUE, **_NEVER},
     {"bg-listeners-differ": "fail", "bg-deployed": "fail"}),
    ("both native listeners to one group",
     {"listeners/8081/forwards": [group_arn("handson-tg-native-1")]},
     {"bg-listeners-differ": "fail"}),
    ("the service of exercise 4, and no other", {_BG: GONE, _NATIVE: GONE},
     {"bg-service": "fail", "bg-deployed": "skip"}),
    ("a second service with the controller of the first",
     {f"{_BG}/deploymentController/type": "ECS"}, {"bg-service": "fail", "bg-deployed": "skip"}),
    ("a service behind nothing", {f"{_BG}/loadBalancers": []},
     {"bg-service": "fail", "bg-deployed": "skip"}),
    ("a native service that only rolls", {f"{_NATIVE}/deploymentConfiguration": {}},
     {"bg-service": "fail", "bg-deployed": "skip"}),
    ("no application", {"cd_app": Missing("handson-ecs-app"), _NATIVE: GONE,
     "cd_group": Missing("handson-ecs-app")},
     {"bg-app": "fail", **dict.fromkeys(_DG, "skip"), "bg-listeners-differ": "fail",
      "bg-deployed": "fail"}),
    ("an application for servers", {"cd_app/computePlatform": "Server"},
     {"bg-app": "fail", **dict.fromkeys(_DG, "skip")}),
    ("no deployment group", {"cd_group": Missing("handson-ecs-dg")},
     {**dict.fromkeys(_DG, "fail"), "bg-listeners-differ": "fail"}),
    ("no style", {"cd_group/deploymentStyle": {}}, {"bg-dg-style": "fail"}),
    ("in place", {"cd_group/deploymentStyle/deploymentType": "IN_PLACE"}, {"bg-dg-style": "fail"}),
    ("a variable that was empty", {f"{_PAIR}/prodTrafficRoute/listenerArns": [""]},
     {"bg-dg-lb": "fail"}),
    ("no listener at all", {f"{_PAIR}/prodTrafficRoute/listenerArns": []}, {"bg-dg-lb": "fail"}),
    ("production and test swapped",
     {f"{_PAIR}/prodTrafficRoute/listenerArns": [listener_arn("8080")]}, {"bg-dg-lb": "fail"}),
    ("a listener made anew since", {"listeners/80/arn": listener_arn("new")},
     {"bg-dg-lb": "fail"}),
    ("one group twice", {f"{_PAIR}/targetGroups/1/name": "handson-tg-blue"}, {"bg-dg-lb": "fail"}),
    ("all at once", {"cd_group/deploymentConfigName": "CodeDeployDefault.ECSAllAtOnce"},
     {"bg-dg-config": "fail"}),
    ("no rollback", {"cd_group/autoRollbackConfiguration": GONE}, {"bg-rollback": "fail"}),
    ("rollback off", {"cd_group/autoRollbackConfiguration/enabled": False},
     {"bg-rollback": "fail"}),
    ("nobody healthy", {"codedeploy_health/0/state": "unhealthy",
     "native_health/0/state": "unhealthy"}, {"bg-healthy": "fail"}),
    ("no targets", {"codedeploy_health": [], "native_health": []}, {"bg-healthy": "fail"}),
    ("first health checks", {"codedeploy_health/0/state": "initial", "native_health": []},
     {"bg-healthy": "wait"}),
    ("a first task of blue/green on its way", {"codedeploy_health": [], "native_health": [],
     f"{_BG}/runningCount": 0, f"{_BG}/pendingCount": 1}, {"bg-healthy": "wait"}),
    ("nothing deployed", {**_NEVER, "listeners/80/forwards": _BLUE}, {"bg-deployed": "fail"}),
    ("a first deployment under way", {**_NEVER, "listeners/80/forwards": _BLUE,
     "cd_group/lastAttemptedDeployment": {"status": "InProgress"}}, {"bg-deployed": "wait"}),
    ("a native deployment under way", {**_NO_DEPLOYMENT, "listeners/80/forwards": _BLUE,
     f"{_NATIVE}/deployments/0/rolloutState": "IN_PROGRESS"}, {"bg-deployed": "wait"}),
]  # fmt: skip

_LABEL = (
    "scaling_policies/1/TargetTrackingScalingPolicyConfiguration/PredefinedMetricSpecification"
    "/ResourceLabel"
)
_CPU, _REQUESTS = FINISHED["scaling_policies"]
SCALING: list[Mistake] = [
    ("no target", {"scalable_target": Missing("service/…"), "scaling_policies": [],
     "scheduled": [], "alarms": []},
     {**dict.fromkeys(("as-target", "as-cpu", "as-requests", "as-schedule"), "fail"),
      "as-label": "skip", "as-alarms": "skip"}),
    ("a minimum not put back", {"scalable_target/MinCapacity": 2}, {"as-target": "fail"}),
    ("no CPU policy", {"scaling_policies": [_REQUESTS]},
     {"as-cpu": "fail", "as-alarms": "skip"}),
    ("CPU at 50", {"scaling_policies/0/TargetTrackingScalingPolicyConfiguration/TargetValue": 50},
     {"as-cpu": "fail", "as-alarms": "skip"}),
    ("steps instead", {"scaling_policies/0": {"PolicyName": "x", "PolicyType": "StepScaling"}},
     {"as-cpu": "fail", "as-alarms": "skip"}),
    ("no request policy", {"scaling_policies": [_CPU]},
     {"as-requests": "fail", "as-label": "skip"}),
    ("requests at 100",
     {"scaling_policies/1/TargetTrackingScalingPolicyConfiguration/TargetValue": 100},
     {"as-requests": "fail", "as-label": "skip"}),
    ("a label copied from a page",
     {_LABEL: "app/handson-alb/1234567890/targetgroup/handson-tg/1234567890"},
     {"as-label": "fail"}),
    ("a label of the blue group",
     {_LABEL: FINISHED["scaling_policies"][1]["TargetTrackingScalingPolicyConfiguration"]
      ["PredefinedMetricSpecification"]["ResourceLabel"].replace("web", "blue")},
     {"as-label": "fail"}),
    ("a service not attached", {"services/handson-service/loadBalancers": []},
     {"as-label": "fail"}),
    ("one action", {"scheduled": [FINISHED["scheduled"][0]]}, {"as-schedule": "fail"}),
    ("other bounds", {"scheduled/0/ScalableTargetAction/MinCapacity": 1},
     {"as-schedule": "fail"}),
    ("nine o'clock in UTC", {"scheduled/0/Timezone": GONE}, {"as-schedule": "fail"}),
    ("alarms deleted by hand", {"alarms/0": GONE}, {"as-alarms": "fail"}),
    ("alarms of another service", {"alarms": [one.replace("service-A", "service-bg-A")
     for one in FINISHED["alarms"]]}, {"as-alarms": "fail"}),
]  # fmt: skip

_SENDER = "app_revisions/1/containerDefinitions/1/logConfiguration"
_CONNECT = "app_services/api-service/deployments/0/serviceConnectConfiguration"
_EFS = "app_revisions/0/volumes/0/efsVolumeConfiguration"
MORE: list[Mistake] = [
    ("no such family", {"app_revisions": Missing("my-app")}, {"fl-router": "fail",
     "fl-app": "fail", "fl-output": "skip", "efs-td": "fail"}),
    ("no router", {"app_revisions/1/containerDefinitions/0": {"name": "app2"}},
     {"fl-router": "fail"}),
    ("awslogs still", {f"{_SENDER}/logDriver": "awslogs"}, {"fl-app": "fail", "fl-output": "skip"}),
    ("no destination", {f"{_SENDER}/options": {}}, {"fl-output": "fail"}),
    ("no namespace", {"namespace": Missing("my-namespace")}, {"sc-namespace": "fail"}),
    ("a namespace of another kind", {"namespace/Type": "-"}, {"sc-namespace": "fail"}),
    ("no cluster of chapters 11 to 14", {"app_cluster": Missing("my-cluster"),
     "app_services": Missing("my-cluster")}, dict.fromkeys(
        ("sc-default", "sc-service", "cp-strategy", "cp-service"), "fail")),
    ("no default", {"app_cluster/serviceConnectDefaults": GONE}, {"sc-default": "fail"}),
    ("nobody to call", {"app_services/api-service": GONE}, {"sc-service": "fail"}),
    ("Service Connect off", {f"{_CONNECT}/enabled": False}, {"sc-service": "fail"}),
    ("not configured", {_CONNECT: GONE}, {"sc-service": "fail"}),
    ("a caller only", {f"{_CONNECT}/services": []}, {"sc-service": "fail"}),
    ("no base", {"app_cluster/defaultCapacityProviderStrategy/0/base": 0},
     {"cp-strategy": "fail"}),
    ("another weight", {"app_cluster/defaultCapacityProviderStrategy/1/weight": 1},
     {"cp-strategy": "fail"}),
    ("a launch type", {"app_services/batch-worker/capacityProviderStrategy": GONE,
     "app_services/batch-worker/launchType": "FARGATE"}, {"cp-service": "fail"}),
    ("no worker", {"app_services/batch-worker": GONE}, {"cp-service": "fail"}),
    ("no file system", {"file_system": Missing("ecs-shared-data"),
     "mount_targets": Missing("ecs-shared-data"), "access_points": Missing("ecs-shared-data")},
     {"efs-fs": "fail", "efs-mt": "skip", "efs-ap": "skip"}),
    ("not encrypted", {"file_system/Encrypted": False},
     {"efs-fs": "fail", "efs-mt": "skip", "efs-ap": "skip"}),
    ("a file system in the making", {"file_system/LifeCycleState": "creating",
     "mount_targets": [{"LifeCycleState": "creating"}]}, {"efs-fs": "wait", "efs-mt": "wait"}),
    ("no mount targets", {"mount_targets": []}, {"efs-mt": "fail"}),
    ("no access point", {"access_points/1": GONE}, {"efs-ap": "fail"}),
    ("an access point in the making", {"access_points/1/state": "creating"}, {"efs-ap": "wait"}),
    ("in the clear", {f"{_EFS}/transitEncryption": GONE}, {"efs-td": "fail"}),
    ("an access point and a directory", {f"{_EFS}/rootDirectory": "/app-data"},
     {"efs-td": "fail"}),
    ("mounted nowhere", {"app_revisions/0/containerDefinitions/0/mountPoints": []},
     {"efs-td": "fail"}),
]  # fmt: skip

TRAFFIC: list[Mistake] = [*BLUE_GREEN, *SCALING, *MORE]

_SERVICES = FINISHED["services"]
LEFT: list[Mistake] = [
    ("the load balancer", {"alb": FINISHED["alb"]}, {"clean-alb": "fail"}),
    ("a service", {"services": _SERVICES}, {"clean-service": "fail"}),
    ("a service going away", {"services": {"handson-service": {"serviceName": "handson-service",
     "status": "DRAINING"}}}, {"clean-service": "wait"}),
    ("one of two going away", {"services": {
        "handson-service": {"serviceName": "handson-service", "status": "DRAINING"},
        "handson-service-bg": {"serviceName": "handson-service-bg", "status": "ACTIVE"}}},
     {"clean-service": "fail"}),
    ("an empty cluster", {"cluster": FINISHED["cluster"], "services": {}},
     {"clean-cluster": "fail"}),
    ("a cluster going away", {"cluster": {"status": "DEPROVISIONING"}},
     {"clean-cluster": "wait"}),
    ("the scalable target", {"scalable_target": FINISHED["scalable_target"]},
     {"clean-scaling": "fail"}),
    ("alarms", {"alarms": FINISHED["alarms"]}, {"clean-alarms": "fail"}),
    ("the repository", {"repo": FINISHED["repo"]}, {"clean-repo": "fail"}),
    ("what Container Insights made",
     {"left_log_groups": ["/aws/ecs/containerinsights/handson-cluster/performance"]},
     {"clean-logs": "fail"}),
    ("a revision", {"active_revisions": FINISHED["active_revisions"]}, {"clean-taskdef": "fail"}),
    ("a target group", {"target_groups": {"handson-tg-web": {"arn": "a", "type": "ip"}}},
     {"clean-tgs": "fail"}),
    ("the application", {"cd_app": FINISHED["cd_app"]}, {"clean-cd": "fail"}),
]  # fmt: skip
