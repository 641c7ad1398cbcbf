"""Scaling acts on the services and leaves nothing behind; images and policies are there."""

from __future__ import annotations

from tests.labs.sandbox.world import refused

NAME = {
    "ServiceNamespace": "ecs",
    "ResourceId": "service/c/s",
    "ScalableDimension": "ecs:service:DesiredCount",
}


TRACKING = {
    "TargetValue": 70.0,
    "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
}


def test_bounds_push_the_count_and_leave_what_is_inside(ready):
    ready.serve()
    scaling = ready.client("application-autoscaling")
    counts = []

    for lowest in (1, 2, 1):
        scaling.register_scalable_target(**NAME, MinCapacity=lowest, MaxCapacity=5)
        counts.append(ready.service()["desiredCount"])

    assert counts == [1, 2, 2]
    scaling.register_scalable_target(**NAME, MaxCapacity=1)
    assert ready.service()["runningCount"] == 1


def test_a_deregistered_target_leaves_nothing_behind(ready):
    ready.serve()
    scaling = ready.client("application-autoscaling")
    scaling.register_scalable_target(**NAME, MinCapacity=1, MaxCapacity=5)
    scaling.put_scaling_policy(
        **NAME,
        PolicyName="cpu",
        PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration=TRACKING,
    )
    scaling.put_scheduled_action(
        **NAME,
        ScheduledActionName="up",
        Schedule="cron(0 9 ? * MON-FRI *)",
        ScalableTargetAction={"MinCapacity": 3, "MaxCapacity": 10},
    )
    alarms = ready.client("cloudwatch")
    assert alarms.describe_alarms()["MetricAlarms"]

    scaling.deregister_scalable_target(**NAME)

    assert scaling.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"] == []
    assert scaling.describe_scheduled_actions(ServiceNamespace="ecs")["ScheduledActions"] == []
    assert alarms.describe_alarms()["MetricAlarms"] == []


def test_a_pushed_image_is_scanned_where_the_repository_says_so(mei):
    ecr = mei.client("ecr")
    ecr.create_repository(repositoryName="app", imageScanningConfiguration={"scanOnPush": True})
    mei.push()

    image = ecr.describe_images(repositoryName="app")["imageDetails"][0]

    assert image["imageScanStatus"]["status"] == "COMPLETE"
    asked = {"repositoryName": "app", "imageId": {"imageTag": "v1"}}
    assert refused(ecr.start_image_scan, **asked) == "LimitExceededException"


def test_two_images_have_two_digests(mei):
    ecr = mei.client("ecr")
    ecr.create_repository(repositoryName="app")
    for tag in ("v1", "v2"):
        mei.push(tag)

    images = ecr.describe_images(repositoryName="app")["imageDetails"]

    assert len({one["imageDigest"] for one in images}) == 2


def test_the_policies_of_aws_that_the_course_attaches_are_there(mei):
    iam = mei.client("iam")
    for name in (
        "service-role/AmazonECSTaskExecutionRolePolicy",
        "AmazonECSInfrastructureRolePolicyForLoadBalancers",
        "AWSCodeDeployRoleForECS",
        "AWSCodeDeployRoleForECSLimited",
        "CloudWatchAgentServerPolicy",
        "AdministratorAccess",
    ):
        assert iam.get_policy(PolicyArn=f"arn:aws:iam::aws:policy/{name}")
