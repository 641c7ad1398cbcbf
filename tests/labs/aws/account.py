"""Makes in moto what the exercises make, as far as moto goes."""

from __future__ import annotations

import json
from typing import Any

import boto3

REGION = "ap-northeast-1"
_TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": "ecs-tasks.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    ],
}
_PULL = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "ecr:BatchGetImage", "Resource": "*"}],
}
_MANIFEST = {
    "schemaVersion": 2,
    "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
    "config": {
        "mediaType": "application/vnd.docker.container.image.v1+json",
        "size": 7023,
        "digest": "sha256:" + "1" * 64,
    },
    "layers": [],
}
SECRETS = ("hunter2-environment", "hunter2-option", "hunter2-secret-name", "hunter2-override")


def client(service: str) -> Any:  # Any: boto3 makes its classes as it runs
    return boto3.client(service, region_name=REGION)


def build() -> None:
    """Do exercises 1 to 7, and chapters 11 to 14."""
    roles = {name: _role(f"ecsHandson{name}Role") for name in ("Execution", "Task")}
    _images()
    network = _cluster(roles)
    _balancer(network)
    _scaling()
    _more(roles)


def _role(name: str) -> str:
    iam = client("iam")
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(_TRUST))
    if "Execution" in name:
        policy = iam.create_policy(
            PolicyName="AmazonECSTaskExecutionRolePolicy",
            PolicyDocument=json.dumps(_PULL),
        )
        iam.attach_role_policy(RoleName=name, PolicyArn=policy["Policy"]["Arn"])
    return str(made["Role"]["Arn"])


def _images() -> None:
    ecr = client("ecr")
    ecr.create_repository(repositoryName="handson-app")
    for tag in ("v1", "v2"):
        manifest = json.dumps({**_MANIFEST, "annotations": {"tag": tag}})
        ecr.put_image(repositoryName="handson-app", imageManifest=manifest, imageTag=tag)
    ecr.start_image_scan(repositoryName="handson-app", imageId={"imageTag": "v1"})
    rule = {
        "rulePriority": 1,
        "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 5},
        "action": {"type": "expire"},
    }
    ecr.put_lifecycle_policy(
        repositoryName="handson-app", lifecyclePolicyText=json.dumps({"rules": [rule]})
    )
    ecr.put_registry_scanning_configuration(
        scanType="BASIC",
        rules=[
            {
                "scanFrequency": "SCAN_ON_PUSH",
                "repositoryFilters": [{"filter": "*", "filterType": "WILDCARD"}],
            }
        ],
    )


def _definition(family: str, roles: dict[str, str], **container: Any) -> str:
    account = client("sts").get_caller_identity()["Account"]
    made = client("ecs").register_task_definition(
        family=family,
        networkMode="awsvpc",
        requiresCompatibilities=["FARGATE"],
        cpu="256",
        memory="512",
        executionRoleArn=roles["Execution"],
        taskRoleArn=roles["Task"],
        containerDefinitions=[
            {
                "name": "app",
                "image": f"{account}.dkr.ecr.{REGION}.amazonaws.com/handson-app:v1",
                "memory": 256,
                "portMappings": [{"containerPort": 80}],
                "linuxParameters": {"initProcessEnabled": True},
                "environment": [{"name": "PASSWORD", "value": SECRETS[0]}],
                "secrets": [{"name": "TOKEN", "valueFrom": SECRETS[2]}],
                "logConfiguration": {
                    "logDriver": "awslogs",
                    "options": {
                        "awslogs-group": "/ecs/handson-app",
                        "awslogs-region": REGION,
                        "awslogs-stream-prefix": "app",
                        "apikey": SECRETS[1],
                    },
                },
                **container,
            }
        ],
    )
    return str(made["taskDefinition"]["taskDefinitionArn"])


def _cluster(roles: dict[str, str]) -> dict[str, Any]:
    ecs, ec2, logs = client("ecs"), client("ec2"), client("logs")
    logs.create_log_group(logGroupName="/ecs/handson-app")
    logs.create_log_stream(logGroupName="/ecs/handson-app", logStreamName="app/app/1")
    ecs.create_cluster(
        clusterName="handson-cluster",
        capacityProviders=["FARGATE", "FARGATE_SPOT"],
        defaultCapacityProviderStrategy=[
            {"capacityProvider": "FARGATE", "base": 1, "weight": 1},
            {"capacityProvider": "FARGATE_SPOT", "weight": 1},
        ],
        settings=[{"name": "containerInsights", "value": "enabled"}],
    )
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    subnets = [one["SubnetId"] for one in ec2.describe_subnets()["Subnets"][:2]]
    group = ec2.create_security_group(GroupName="handson-task-sg", Description="tasks", VpcId=vpc)[
        "GroupId"
    ]
    definition = _definition("handson-task", roles)
    network = {"subnets": subnets, "securityGroups": [group], "assignPublicIp": "ENABLED"}
    for name in ("handson-service", "handson-service-native", "handson-service-bg"):
        ecs.create_service(
            cluster="handson-cluster",
            serviceName=name,
            taskDefinition=definition,
            desiredCount=1,
            launchType="FARGATE",
            networkConfiguration={"awsvpcConfiguration": network},
        )
    ecs.run_task(
        cluster="handson-cluster",
        taskDefinition=definition,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": network},
        overrides={
            "containerOverrides": [
                {"name": "app", "environment": [{"name": "P", "value": SECRETS[3]}]}
            ]
        },
    )
    return {"vpc": vpc, "subnets": subnets}


def _balancer(network: dict[str, Any]) -> None:
    elb, deploy = client("elbv2"), client("codedeploy")
    balancer = elb.create_load_balancer(Name="handson-alb", Subnets=network["subnets"])
    arn = balancer["LoadBalancers"][0]["LoadBalancerArn"]
    groups = {}
    for name in ("blue", "green", "native-1", "native-2", "web"):
        made = elb.create_target_group(
            Name=f"handson-tg-{name}",
            Protocol="HTTP",
            Port=80,
            VpcId=network["vpc"],
            TargetType="ip",
        )
        groups[name] = made["TargetGroups"][0]["TargetGroupArn"]
    for port, name in ((80, "blue"), (8080, "green"), (81, "native-1"), (8081, "native-2")):
        elb.create_listener(
            LoadBalancerArn=arn,
            Protocol="HTTP",
            Port=port,
            DefaultActions=[{"Type": "forward", "TargetGroupArn": groups[name]}],
        )
    deploy.create_application(applicationName="handson-ecs-app", computePlatform="ECS")
    deploy.create_deployment_group(
        applicationName="handson-ecs-app",
        deploymentGroupName="handson-ecs-dg",
        serviceRoleArn="arn:aws:iam::123456789012:role/ecsHandsonCodeDeployRole",
        deploymentConfigName="CodeDeployDefault.ECSCanary10Percent5Minutes",
    )


def _scaling() -> None:
    scaling = client("application-autoscaling")
    target = {
        "ServiceNamespace": "ecs",
        "ResourceId": "service/handson-cluster/handson-service",
        "ScalableDimension": "ecs:service:DesiredCount",
    }
    scaling.register_scalable_target(**target, MinCapacity=1, MaxCapacity=5)
    scaling.put_scaling_policy(
        **target,
        PolicyName="cpu-tracking",
        PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration={
            "TargetValue": 70.0,
            "PredefinedMetricSpecification": {
                "PredefinedMetricType": "ECSServiceAverageCPUUtilization"
            },
        },
    )
    scaling.put_scheduled_action(
        **target,
        ScheduledActionName="scale-up-business-hours",
        Schedule="cron(0 9 ? * MON-FRI *)",
        Timezone="Asia/Tokyo",
        ScalableTargetAction={"MinCapacity": 3, "MaxCapacity": 10},
    )


def _more(roles: dict[str, str]) -> None:
    ecs, efs = client("ecs"), client("efs")
    ecs.create_cluster(clusterName="my-cluster")
    for _ in range(4):
        definition = _definition("my-app", roles)
    for name in ("api-service", "batch-worker"):
        ecs.create_service(
            cluster="my-cluster", serviceName=name, taskDefinition=definition, desiredCount=1
        )
    client("servicediscovery").create_http_namespace(Name="my-namespace")
    files = efs.create_file_system(
        CreationToken="ecs-shared-data",
        Encrypted=True,
        Tags=[{"Key": "Name", "Value": "ecs-shared-data"}],
    )["FileSystemId"]
    subnet = client("ec2").describe_subnets()["Subnets"][0]["SubnetId"]
    efs.create_mount_target(FileSystemId=files, SubnetId=subnet)
    efs.create_access_point(FileSystemId=files, RootDirectory={"Path": "/app-data"})
