"""What the other services say of an account in which every exercise is done."""

from __future__ import annotations

from tests.labs.checks.finished_ecs import ALB, World, group_arn, listener_arn

LABEL = f"{ALB.partition(':loadbalancer/')[2]}/{group_arn('handson-tg-web').rpartition(':')[2]}"


def _listener(port: str, *groups: str) -> World:
    return {
        "arn": listener_arn(port),
        "action": "forward",
        "forwards": [group_arn(one) for one in groups],
    }


def _tracking(name: str, metric: str, value: float, **more: str) -> World:
    return {
        "PolicyName": name,
        "PolicyType": "TargetTrackingScaling",
        "TargetTrackingScalingPolicyConfiguration": {
            "TargetValue": value,
            "PredefinedMetricSpecification": {"PredefinedMetricType": metric, **more},
        },
    }


def _scheduled(name: str, cron: str, low: int, high: int) -> World:
    return {
        "ScheduledActionName": name,
        "Schedule": cron,
        "Timezone": "Asia/Tokyo",
        "ScalableTargetAction": {"MinCapacity": low, "MaxCapacity": high},
    }


_GROUPS = ("blue", "green", "native-1", "native-2", "web")
_ALARM = "TargetTracking-service/handson-cluster/handson-service-Alarm"

REST: World = {
    "alb": {"arn": ALB, "state": "active", "zones": ["ap-northeast-1a", "ap-northeast-1c"]},
    "target_groups": {
        f"handson-tg-{one}": {"arn": group_arn(f"handson-tg-{one}"), "type": "ip"}
        for one in _GROUPS
    },
    # CodeDeploy has shifted: both of its listeners lead to green.
    "listeners": {
        "80": _listener("80", "handson-tg-green"),
        "8080": _listener("8080", "handson-tg-green"),
        "81": _listener("81", "handson-tg-native-1"),
        "8081": _listener("8081", "handson-tg-native-2"),
        "82": _listener("82", "handson-tg-web"),
    },
    "codedeploy_health": [{"group": "handson-tg-green", "state": "healthy", "reason": ""}],
    "native_health": [{"group": "handson-tg-native-1", "state": "healthy", "reason": ""}],
    "cd_app": {"computePlatform": "ECS"},
    "cd_group": {
        "deploymentConfigName": "CodeDeployDefault.ECSCanary10Percent5Minutes",
        "deploymentStyle": {
            "deploymentType": "BLUE_GREEN",
            "deploymentOption": "WITH_TRAFFIC_CONTROL",
        },
        "loadBalancerInfo": {
            "targetGroupPairInfoList": [
                {
                    "targetGroups": [{"name": "handson-tg-blue"}, {"name": "handson-tg-green"}],
                    "prodTrafficRoute": {"listenerArns": [listener_arn("80")]},
                    "testTrafficRoute": {"listenerArns": [listener_arn("8080")]},
                }
            ]
        },
        "autoRollbackConfiguration": {"enabled": True, "events": ["DEPLOYMENT_FAILURE"]},
        "lastSuccessfulDeployment": {"deploymentId": "d-1", "status": "Succeeded"},
        "lastAttemptedDeployment": {"deploymentId": "d-1", "status": "Succeeded"},
    },
    "scalable_target": {"MinCapacity": 1, "MaxCapacity": 5},
    "scaling_policies": [
        _tracking("cpu-tracking", "ECSServiceAverageCPUUtilization", 70.0),
        _tracking("request-tracking", "ALBRequestCountPerTarget", 1000.0, ResourceLabel=LABEL),
    ],
    "scheduled": [
        _scheduled("scale-up-business-hours", "cron(0 9 ? * MON-FRI *)", 3, 10),
        _scheduled("scale-down-night", "cron(0 21 ? * MON-FRI *)", 1, 3),
    ],
    "alarms": [f"{_ALARM}{level}-{number}" for level in ("High", "Low") for number in (1, 2)],
    "namespace": {"Name": "my-namespace", "Type": "HTTP"},
    "file_system": {"FileSystemId": "fs-1", "LifeCycleState": "available", "Encrypted": True},
    "mount_targets": [{"LifeCycleState": "available"}, {"LifeCycleState": "available"}],
    "access_points": [
        {"path": "/", "state": "available"},
        {"path": "/app-data", "state": "available"},
    ],
}
