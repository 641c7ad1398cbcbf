"""CodeDeploy moves the traffic of a service, and refuses what AWS refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.labs.sandbox.world import World, refused


@pytest.fixture
def blue_green(ready) -> tuple[World, dict[str, Any]]:
    """A service behind a load balancer, and what a deployment group for it is made of."""
    balancer = ready.balance()
    blue, green = ready.group("blue"), ready.group("green")
    listener = ready.listen(balancer, 80, blue)
    ready.listen(balancer, 8080, green)
    ready.serve(
        deploymentController={"type": "CODE_DEPLOY"},
        loadBalancers=[{"targetGroupArn": blue, "containerName": "app", "containerPort": 80}],
    )
    role = ready.make_role("deploy", "codedeploy.amazonaws.com")
    ready.client("codedeploy").create_application(applicationName="a", computePlatform="ECS")
    pair = {
        "targetGroups": [{"name": "blue"}, {"name": "green"}],
        "prodTrafficRoute": {"listenerArns": [listener]},
    }
    return ready, {
        "applicationName": "a",
        "deploymentGroupName": "g",
        "serviceRoleArn": role,
        "ecsServices": [{"clusterName": "c", "serviceName": "s"}],
        "loadBalancerInfo": {"targetGroupPairInfoList": [pair]},
    }


def deploy(world: World, definition: str) -> dict[str, Any]:
    content = json.dumps(
        {"Resources": [{"TargetService": {"Properties": {"TaskDefinition": definition}}}]}
    )
    client = world.client("codedeploy")
    made = client.create_deployment(
        applicationName="a",
        deploymentGroupName="g",
        revision={"revisionType": "AppSpecContent", "appSpecContent": {"content": content}},
    )
    shown: dict[str, Any] = client.get_deployment(deploymentId=made["deploymentId"])
    info: dict[str, Any] = shown["deploymentInfo"]
    return info


def healthy(world: World, name: str) -> list[str]:
    elb = world.client("elbv2")
    arn = elb.describe_target_groups(Names=[name])["TargetGroups"][0]["TargetGroupArn"]
    health = elb.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"]
    return [one["TargetHealth"]["State"] for one in health]


def test_tasks_become_healthy_targets_and_leave(blue_green):
    world, _ = blue_green

    assert healthy(world, "blue") == ["healthy"]
    world.ecs.update_service(cluster="c", service="s", desiredCount=0)
    assert healthy(world, "blue") == []


def test_a_deployment_replaces_the_tasks_and_moves_the_traffic(blue_green):
    world, group = blue_green
    client = world.client("codedeploy")
    client.create_deployment_group(**group)
    second = world.register()

    assert deploy(world, second)["status"] == "Succeeded"

    assert world.service()["taskDefinition"] == world.tasks()[0]["taskDefinitionArn"] == second
    assert (healthy(world, "blue"), healthy(world, "green")) == ([], ["healthy"])
    named = {"applicationName": "a", "deploymentGroupName": "g"}
    info = client.get_deployment_group(**named)["deploymentGroupInfo"]
    assert info["lastSuccessfulDeployment"]["status"] == "Succeeded"
    listener = group["loadBalancerInfo"]["targetGroupPairInfoList"][0]["prodTrafficRoute"]
    shown = world.client("elbv2").describe_listeners(ListenerArns=listener["listenerArns"])
    assert "green" in shown["Listeners"][0]["DefaultActions"][0]["TargetGroupArn"]


def test_a_deployment_whose_image_is_missing_fails_and_moves_nothing(blue_green):
    world, group = blue_green
    world.client("codedeploy").create_deployment_group(**group)
    first = world.service()["taskDefinition"]
    container = world.definition()["containerDefinitions"][0]
    container["image"] = container["image"].replace("v1", "v9")

    assert deploy(world, world.register(containerDefinitions=[container]))["status"] == "Failed"

    assert world.service()["taskDefinition"] == first
    assert healthy(world, "blue") == ["healthy"]


def test_a_revision_without_a_task_definition_fails(blue_green):
    world, group = blue_green
    world.client("codedeploy").create_deployment_group(**group)

    assert deploy(world, "<TASK_DEFINITION>")["status"] == "Failed"


def test_a_group_needs_a_service_of_codedeploy(blue_green):
    world, group = blue_green
    world.serve("rolling")
    create = world.client("codedeploy").create_deployment_group

    for name in ("rolling", "none"):
        services = [{"clusterName": "c", "serviceName": name}]
        code = refused(create, **{**group, "ecsServices": services})
        assert code == "InvalidECSServiceException"


def test_a_group_needs_a_role_that_trusts_codedeploy(blue_green):
    world, group = blue_green
    create = world.client("codedeploy").create_deployment_group

    for name in ("execution", "none"):
        code = refused(create, **{**group, "serviceRoleArn": world.role(name)})
        assert code == "InvalidRoleException"


@pytest.mark.parametrize(
    "changed",
    [
        {"targetGroups": [{"name": "blue"}, {"name": "none"}]},
        {"targetGroups": [{"name": "blue"}]},
        {"prodTrafficRoute": {"listenerArns": []}},
        {"prodTrafficRoute": {"listenerArns": ["arn:none"]}},
    ],
)
def test_a_group_needs_two_target_groups_and_a_listener(blue_green, changed):
    world, group = blue_green
    pair = {**group["loadBalancerInfo"]["targetGroupPairInfoList"][0], **changed}
    asked = {**group, "loadBalancerInfo": {"targetGroupPairInfoList": [pair]}}

    code = refused(world.client("codedeploy").create_deployment_group, **asked)

    assert code == "InvalidTargetGroupPairException"


@pytest.mark.parametrize("changed", [{"taskDefinition": "t"}, {"forceNewDeployment": True}])
def test_a_service_of_codedeploy_is_not_updated_by_hand(blue_green, changed):
    world, _ = blue_green
    update = world.ecs.update_service

    assert refused(update, cluster="c", service="s", **changed) == "InvalidParameterException"
    assert update(cluster="c", service="s", desiredCount=2)


def test_a_group_is_changed_in_what_is_given_and_in_nothing_else(blue_green):
    world, group = blue_green
    client = world.client("codedeploy")
    pairs = group.pop("loadBalancerInfo")
    client.create_deployment_group(**group)
    named = {"applicationName": "a", "currentDeploymentGroupName": "g"}
    rollback = {"enabled": True, "events": ["DEPLOYMENT_FAILURE"]}
    style = {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"}

    for changed in (
        {"deploymentStyle": style},
        {"loadBalancerInfo": pairs},
        {"deploymentConfigName": "CodeDeployDefault.ECSCanary10Percent5Minutes"},
        {"autoRollbackConfiguration": rollback, "newDeploymentGroupName": "h"},
    ):
        assert client.update_deployment_group(**named, **changed)["hooksNotCleanedUp"] == []

    shown = client.get_deployment_group(applicationName="a", deploymentGroupName="h")
    info = shown["deploymentGroupInfo"]
    assert info["deploymentStyle"] == style
    assert info["loadBalancerInfo"] == pairs
    assert info["deploymentConfigName"] == "CodeDeployDefault.ECSCanary10Percent5Minutes"
    assert info["autoRollbackConfiguration"] == rollback
    assert info["ecsServices"] == group["ecsServices"]
    assert client.list_deployment_groups(applicationName="a")["deploymentGroups"] == ["h"]


def test_a_group_is_not_changed_into_one_that_could_not_be_made(blue_green):
    world, group = blue_green
    client = world.client("codedeploy")
    for name in ("g", "other"):
        client.create_deployment_group(**{**group, "deploymentGroupName": name})
    named = {"applicationName": "a", "currentDeploymentGroupName": "g"}
    nowhere = {"targetGroups": [{"name": "blue"}, {"name": "none"}]}

    for changed, code in (
        ({"serviceRoleArn": world.role("execution")}, "InvalidRoleException"),
        ({"ecsServices": [{"serviceName": "no"}]}, "InvalidECSServiceException"),
        (
            {"loadBalancerInfo": {"targetGroupPairInfoList": [nowhere]}},
            "InvalidTargetGroupPairException",
        ),
        ({"newDeploymentGroupName": "other"}, "DeploymentGroupAlreadyExistsException"),
        ({"currentDeploymentGroupName": "none"}, "DeploymentGroupDoesNotExistException"),
    ):
        assert refused(client.update_deployment_group, **{**named, **changed}) == code

    shown = client.get_deployment_group(applicationName="a", deploymentGroupName="g")
    info = shown["deploymentGroupInfo"]
    assert {name: info[name] for name in group} == group


def test_group_and_application_are_deleted(blue_green):
    world, group = blue_green
    client = world.client("codedeploy")
    client.create_deployment_group(**group)

    client.delete_deployment_group(applicationName="a", deploymentGroupName="g")
    assert client.list_deployment_groups(applicationName="a")["deploymentGroups"] == []
    client.delete_application(applicationName="a")
    assert client.list_applications()["applications"] == []
