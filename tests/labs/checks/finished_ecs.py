"""What ECS, ECR and IAM say of an account in which every exercise is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

World = dict[str, Any]  # Any: what AWS says, by look-up; an Outcome stands for itself

REGION = "ap-northeast-1"
ACCOUNT = "111122223333"
_ECR = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/handson-app"
_ELB = f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}"
ALB = f"{_ELB}:loadbalancer/app/handson-alb/50dc6c495c0c9188"
_TASKS = "ecs-tasks.amazonaws.com"


def group_arn(name: str) -> str:
    return f"{_ELB}:targetgroup/{name}/73e2d6bc24d8a067"


def listener_arn(port: str) -> str:
    return f"{_ELB}:listener/app/handson-alb/50dc6c495c0c9188/{port}"


def _definition(family: str, revision: int, **more: Any) -> World:
    arn = f"arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/{family}:{revision}"
    return {
        "taskDefinitionArn": arn,
        "family": family,
        "revision": revision,
        "status": "ACTIVE",
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "256",
        "memory": "512",
        "executionRoleArn": f"arn:aws:iam::{ACCOUNT}:role/ecsHandsonExecutionRole",
        "taskRoleArn": f"arn:aws:iam::{ACCOUNT}:role/ecsHandsonTaskRole",
        "volumes": [],
        **more,
    }


def _app(image: str, driver: str, options: Mapping[str, str]) -> World:
    return {
        "name": "app",
        "image": image,
        "portMappings": [{"containerPort": 80}],
        "linuxParameters": {"initProcessEnabled": True},
        "logConfiguration": {"logDriver": driver, "options": options},
    }


def _service(name: str, revision: str, **more: Any) -> World:
    return {
        "serviceName": name,
        "status": "ACTIVE",
        "desiredCount": 1,
        "runningCount": 1,
        "pendingCount": 0,
        "taskDefinition": f"arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/{revision}",
        "networkConfiguration": {
            "awsvpcConfiguration": {"assignPublicIp": "ENABLED", "securityGroups": ["sg-1"]}
        },
        "deploymentController": {"type": "ECS"},
        "deploymentConfiguration": {"strategy": "ROLLING"},
        "deployments": [{"status": "PRIMARY", "rolloutState": "COMPLETED", "failedTasks": 0}],
        "lastEvent": "(service handson-service) has reached a steady state.",
        **more,
    }


def _balanced(group: str, **more: Any) -> list[World]:
    return [{"targetGroupArn": group_arn(group), "containerName": "app", **more}]


_STRATEGY = [
    {"capacityProvider": "FARGATE", "base": 1, "weight": 1},
    {"capacityProvider": "FARGATE_SPOT", "base": 0, "weight": 1},
]
_LOGS = {
    "awslogs-group": "/ecs/handson-app",
    "awslogs-region": REGION,
    "awslogs-stream-prefix": "app",
}
_IMAGES: World = {
    "repo": {
        "repositoryUri": _ECR,
        "imageTagMutability": "IMMUTABLE",
        "imageScanningConfiguration": {"scanOnPush": False},
    },
    "registry_scan": [{"frequency": "SCAN_ON_PUSH", "filters": ["*"]}],
    "images": {"v1": "sha256:01", "sha256:01": "sha256:01", "v2": "sha256:02"},
    "lifecycle": {"rules": 2},
    "scan": {"status": "COMPLETE", "counts": {"MEDIUM": 2, "HIGH": 1}},
}
_CLUSTERS: World = {
    "cluster": {
        "clusterName": "handson-cluster",
        "status": "ACTIVE",
        "capacityProviders": ["FARGATE", "FARGATE_SPOT"],
        "defaultCapacityProviderStrategy": _STRATEGY,
        "settings": [{"name": "containerInsights", "value": "enabled"}],
        "configuration": {
            "executeCommandConfiguration": {
                "logging": "OVERRIDE",
                "logConfiguration": {"cloudWatchLogGroupName": "/ecs/exec-audit"},
            }
        },
    },
    "app_cluster": {
        "clusterName": "my-cluster",
        "status": "ACTIVE",
        "capacityProviders": ["FARGATE", "FARGATE_SPOT"],
        "defaultCapacityProviderStrategy": [
            {"capacityProvider": "FARGATE", "base": 2, "weight": 1},
            {"capacityProvider": "FARGATE_SPOT", "weight": 3},
        ],
        "settings": [],
        "serviceConnectDefaults": {"namespace": f"arn:aws:servicediscovery:{REGION}:ns-1"},
    },
}
_DEFINITIONS: World = {
    "taskdef": _definition(
        "handson-task", 3, containerDefinitions=[_app(f"{_ECR}:v2", "awslogs", _LOGS)]
    ),
    "active_revisions": [f"arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/handson-task:3"],
    "app_revisions": [
        _definition(
            "my-app",
            2,
            volumes=[
                {
                    "name": "shared-data",
                    "efsVolumeConfiguration": {
                        "fileSystemId": "fs-1",
                        "transitEncryption": "ENABLED",
                        "authorizationConfig": {"accessPointId": "fsap-1", "iam": "ENABLED"},
                    },
                }
            ],
            containerDefinitions=[
                {"name": "app", "mountPoints": [{"sourceVolume": "shared-data"}]}
            ],
        ),
        _definition(
            "my-app",
            1,
            containerDefinitions=[
                {"name": "log-router", "firelensConfiguration": {"type": "fluentbit"}},
                _app("my-app:v1.0.0", "awsfirelens", {"Name": "cloudwatch_logs"}),
            ],
        ),
    ],
    "exec_role": {"name": "ecsHandsonExecutionRole", "trusts": [_TASKS]},
    "exec_role_policies": ["AmazonECSTaskExecutionRolePolicy"],
    "task_role": {"name": "ecsHandsonTaskRole", "trusts": [_TASKS]},
    "exec_permissions": {
        "ssmmessages:CreateControlChannel": "allowed",
        "ssmmessages:CreateDataChannel": "allowed",
        "ssmmessages:OpenControlChannel": "allowed",
        "ssmmessages:OpenDataChannel": "allowed",
    },
    "log_groups": ["/ecs/handson-app"],
    "left_log_groups": ["/ecs/handson-app"],
    "log_streams": ["app/app/0123456789abcdef"],
}
_RUNNING: World = {
    "services": {
        "handson-service": _service(
            "handson-service",
            "handson-task:1",
            capacityProviderStrategy=[*map(dict, _STRATEGY)],
            enableExecuteCommand=True,
            loadBalancers=_balanced("handson-tg-web"),
        ),
        "handson-service-native": _service(
            "handson-service-native",
            "handson-task:3",
            launchType="FARGATE",
            deploymentConfiguration={"strategy": "BLUE_GREEN"},
            loadBalancers=_balanced(
                "handson-tg-native-1", advancedConfiguration={"roleArn": "arn:aws:iam::role"}
            ),
        ),
        "handson-service-bg": _service(
            "handson-service-bg",
            "handson-task:3",
            launchType="FARGATE",
            deploymentController={"type": "CODE_DEPLOY"},
            deployments=[],
            loadBalancers=_balanced("handson-tg-blue"),
        ),
    },
    "app_services": {
        "api-service": _service(
            "api-service",
            "my-app:2",
            deployments=[
                {
                    "status": "PRIMARY",
                    "rolloutState": "COMPLETED",
                    "serviceConnectConfiguration": {
                        "enabled": True,
                        "namespace": "my-namespace",
                        "services": [{"portName": "http"}],
                    },
                }
            ],
        ),
        "batch-worker": _service(
            "batch-worker",
            "batch:1",
            capacityProviderStrategy=[{"capacityProvider": "FARGATE_SPOT", "weight": 1}],
        ),
    },
    "tasks": [
        {
            "lastStatus": "RUNNING",
            "desiredStatus": "RUNNING",
            "enableExecuteCommand": True,
            "containers": [
                {
                    "name": "app",
                    "managedAgents": [{"name": "ExecuteCommandAgent", "lastStatus": "RUNNING"}],
                }
            ],
        }
    ],
    "security_groups": [
        {
            "GroupId": "sg-1",
            "IpPermissions": [
                {
                    "IpProtocol": "tcp",
                    "FromPort": 80,
                    "ToPort": 80,
                    "IpRanges": [{"CidrIp": "203.0.113.7/32"}],
                    "UserIdGroupPairs": [{"GroupId": "sg-2"}],
                }
            ],
            "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
        }
    ],
}
ECS: World = {**_IMAGES, **_CLUSTERS, **_DEFINITIONS, **_RUNNING}
