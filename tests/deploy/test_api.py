"""What moto's CloudFormation passes over is given to the services, and held to their models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws

from labs.fargate import is_size
from tests.deploy.api import asked
from tests.deploy.made import client
from tests.deploy.template import Node, Stack, camel, stack

BLUE_GREEN = {"Strategy": "BLUE_GREEN"}
BOTH = pytest.mark.parametrize("strategy", ["ROLLING", "BLUE_GREEN"])


def service(one: Stack) -> dict[str, Node]:
    spelled: dict[str, Node] = camel({**one.properties("Service"), "ServiceName": "site"})
    return spelled


@BOTH
def test_ecs_takes_the_service(strategy):
    _, faults = asked("ecs", "CreateService", service(stack(Strategy=strategy)))

    assert faults == []


def test_a_service_that_ecs_does_not_take_is_found():
    wrong = service(stack())
    wrong["deploymentConfiguration"]["strategy"] = "BLUEGREEN"
    wrong["loadBalancers"][0]["containerport"] = 1

    _, faults = asked("ecs", "CreateService", wrong)

    assert len(faults) == 2


def test_a_rolling_update_stops_and_goes_back_by_itself():
    deployment = stack().properties("Service")["DeploymentConfiguration"]

    assert deployment == {
        "Strategy": "ROLLING",
        "MinimumHealthyPercent": 100,
        "MaximumPercent": 200,
        "DeploymentCircuitBreaker": {"Enable": True, "Rollback": True},
        "Alarms": {"Enable": True, "Rollback": True, "AlarmNames": ["ErrorsAlarm", "SlowAlarm"]},
    }
    assert "AdvancedConfiguration" not in stack().properties("Service")["LoadBalancers"][0]


def test_blue_green_bakes_watches_alarms_and_has_no_circuit_breaker():
    one = stack(**BLUE_GREEN, BakeMinutes="25").properties("Service")

    deployment = one["DeploymentConfiguration"]
    assert deployment["BakeTimeInMinutes"] == 25
    assert deployment["Alarms"]["Rollback"] is True
    assert "DeploymentCircuitBreaker" not in deployment  # the API: rolling updates only
    assert one["LoadBalancers"][0]["AdvancedConfiguration"] == {
        "AlternateTargetGroupArn": "GreenTargets",
        "ProductionListenerRule": "SiteRule",
        "RoleArn": "TrafficRole.Arn",
    }


@BOTH
def test_every_target_group_of_the_service_stands_in_the_rule_it_waits_for(strategy):
    one = stack(Strategy=strategy)
    (balancer,) = one.properties("Service")["LoadBalancers"]
    more = balancer.get("AdvancedConfiguration", {})
    used = {balancer["TargetGroupArn"], more.get("AlternateTargetGroupArn")} - {None}
    (action,) = one.properties("SiteRule")["Actions"]

    weights = {
        each["TargetGroupArn"]: each["Weight"] for each in action["ForwardConfig"]["TargetGroups"]
    }

    assert weights.keys() == used
    assert weights["BlueTargets"] == 100 and sum(weights.values()) == 100
    assert "SiteRule" in one.resources()["Service"]["DependsOn"]


def test_the_number_of_tasks_belongs_to_auto_scaling_alone():
    assert "DesiredCount" not in stack().properties("Service")


@BOTH
@pytest.mark.parametrize("size", ["small", "medium", "large"])
def test_ecs_registers_the_task_definition_in_a_size_that_fargate_has(strategy, size):
    properties = camel(stack(Strategy=strategy, TaskSize=size).properties("TaskDefinition"))
    request, faults = asked("ecs", "RegisterTaskDefinition", properties)

    with mock_aws():
        made = client("ecs").register_task_definition(**request)["taskDefinition"]

    assert faults == []
    assert is_size(made["cpu"], made["memory"])
    assert (made["networkMode"], made["compatibilities"]) == ("awsvpc", ["EC2", "FARGATE"])
    (container,) = made["containerDefinitions"]
    assert container["readonlyRootFilesystem"] is True
    assert {each["name"] for each in container["secrets"]} == {
        "PORTAL_SECRET_KEY",
        "PORTAL_DATABASE_PASSWORD",
    }


def alarms(one: Stack) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, properties in one.of_type("AWS::CloudWatch::Alarm").items():
        request, faults = asked("cloudwatch", "PutMetricAlarm", {"AlarmName": name, **properties})
        assert faults == []
        yield name, request


@pytest.mark.parametrize(
    ("given", "more"),
    [({}, set()), ({**BLUE_GREEN, "AlarmEmail": "a@example.com"}, {"GreenUnhealthyAlarm"})],
)
def test_cloudwatch_takes_the_alarms(given, more):
    with mock_aws():
        for _, request in alarms(stack(**given)):
            client("cloudwatch").put_metric_alarm(**request)
        found = client("cloudwatch").describe_alarms()["MetricAlarms"]

    assert {each["AlarmName"] for each in found} == more | {
        "ErrorsAlarm",
        "SlowAlarm",
        "BlueUnhealthyAlarm",
        "MissingTasksAlarm",
        "MemoryAlarm",
        "DatabaseCpuAlarm",
        "DatabaseStorageAlarm",
        "DatabaseConnectionsAlarm",
    }
    tells = ["AlarmTopic"] if more else []
    assert all(each["AlarmActions"] == tells for each in found)


def metrics_of(request: dict[str, Any]) -> Iterator[tuple[str, str, frozenset[str]]]:
    for each in request.get("Metrics", [{"MetricStat": {"Metric": request}}]):
        if "MetricStat" in each:
            metric = each["MetricStat"]["Metric"]
            names = frozenset(one["Name"] for one in metric["Dimensions"])
            yield metric["Namespace"], metric["MetricName"], names


def test_alarms_that_roll_back_look_at_both_target_groups():
    watching = dict(alarms(stack(**BLUE_GREEN)))

    dimensions = {
        names for one in ("ErrorsAlarm", "SlowAlarm") for _, _, names in metrics_of(watching[one])
    }

    assert dimensions == {frozenset({"LoadBalancer"})}  # a target group would be a dimension


def test_silence_is_an_alarm_only_where_silence_is_the_problem():
    loud = {name for name, each in alarms(stack()) if each["TreatMissingData"] == "breaching"}

    assert loud == {
        "MissingTasksAlarm",
        "DatabaseCpuAlarm",
        "DatabaseStorageAlarm",
        "DatabaseConnectionsAlarm",
    }


def test_every_metric_has_the_dimensions_it_is_sent_with():
    balancer = frozenset({"LoadBalancer"})
    of_service = frozenset({"ClusterName", "ServiceName"})
    of_database = frozenset({"DBInstanceIdentifier"})

    found = {metric for _, request in alarms(stack()) for metric in metrics_of(request)}

    assert found == {
        ("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", balancer),
        ("AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", balancer),
        ("AWS/ApplicationELB", "TargetResponseTime", balancer),
        ("AWS/ApplicationELB", "UnHealthyHostCount", balancer | {"TargetGroup"}),
        ("AWS/ECS", "MemoryUtilization", of_service),
        ("ECS/ContainerInsights", "DesiredTaskCount", of_service),
        ("ECS/ContainerInsights", "RunningTaskCount", of_service),
        ("AWS/RDS", "CPUUtilization", of_database),
        ("AWS/RDS", "FreeStorageSpace", of_database),
        ("AWS/RDS", "DatabaseConnections", of_database),
    }
    settings = stack().properties("Cluster")["ClusterSettings"]
    assert settings == [{"Name": "containerInsights", "Value": "enabled"}]


@pytest.mark.parametrize(
    ("strategy", "metrics"),
    [
        ("ROLLING", {"ECSServiceAverageCPUUtilization", "ALBRequestCountPerTarget"}),
        ("BLUE_GREEN", {"ECSServiceAverageCPUUtilization"}),  # the other is one target group's
    ],
)
def test_auto_scaling_takes_target_and_policies(strategy, metrics):
    one = stack({"Cluster": "main", "Service.Name": "site"}, Strategy=strategy, MinTasks="3")
    target, faults = asked(
        "application-autoscaling", "RegisterScalableTarget", one.properties("Scaling")
    )
    kept = {name: target[name] for name in ("ServiceNamespace", "ResourceId", "ScalableDimension")}

    with mock_aws():
        ecs, scaling = client("ecs"), client("application-autoscaling")
        ecs.create_cluster(clusterName="main")
        ecs.register_task_definition(family="site", containerDefinitions=[])
        ecs.create_service(cluster="main", serviceName="site", taskDefinition="site")
        scaling.register_scalable_target(**target)
        for policy in one.of_type("AWS::ApplicationAutoScaling::ScalingPolicy").values():
            assert policy.pop("ScalingTargetId") == "Scaling"
            request, more = asked("application-autoscaling", "PutScalingPolicy", kept | policy)
            faults += more
            scaling.put_scaling_policy(**request)
        (made,) = scaling.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"]
        policies = scaling.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"]

    assert faults == []
    assert (made["ResourceId"], made["MinCapacity"], made["MaxCapacity"]) == (
        "service/main/site",
        3,
        4,
    )
    tracked = "TargetTrackingScalingPolicyConfiguration"
    assert metrics == {
        each[tracked]["PredefinedMetricSpecification"]["PredefinedMetricType"] for each in policies
    }
