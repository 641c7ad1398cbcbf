"""Services keep their tasks, and tasks tell what tasks of ECS tell."""

from __future__ import annotations

from tests.labs.sandbox.world import events, refused

BASE_2 = [
    {"capacityProvider": "FARGATE", "base": 2, "weight": 1},
    {"capacityProvider": "FARGATE_SPOT", "weight": 3},
]


def test_a_service_starts_its_tasks_and_settles(ready):
    ready.serve(desiredCount=2)

    service = ready.service()
    assert (service["runningCount"], service["pendingCount"]) == (2, 0)
    assert service["deployments"][0]["rolloutState"] == "COMPLETED"
    assert "steady state" in events(service)
    cluster = ready.ecs.describe_clusters(clusters=["c"])["clusters"][0]
    assert (cluster["activeServicesCount"], cluster["runningTasksCount"]) == (1, 2)


def test_sizes_are_told_in_units(ready):
    arn = ready.register(cpu=".5 vCPU", memory="1 GB")

    kept = ready.ecs.describe_task_definition(taskDefinition=arn)["taskDefinition"]
    assert (kept["cpu"], kept["memory"]) == ("512", "1024")


def test_a_task_tells_what_a_task_tells(ready):
    ready.serve()

    task = ready.tasks()[0]
    assert task["lastStatus"] == task["containers"][0]["lastStatus"] == "RUNNING"
    assert task["launchType"] == "FARGATE" and task["platformVersion"] == "1.4.0"
    assert task["containers"][0]["taskArn"] == task["taskArn"]
    images = ready.client("ecr").describe_images(repositoryName="app")["imageDetails"]
    assert task["containers"][0]["imageDigest"] == images[0]["imageDigest"]
    details = {one["name"]: one["value"] for one in task["attachments"][0]["details"]}
    interface = ready.client("ec2").describe_network_interfaces(
        NetworkInterfaceIds=[details["networkInterfaceId"]]
    )["NetworkInterfaces"][0]
    assert interface["Association"]["PublicIp"]


def test_a_task_does_not_age_by_being_looked_at(ready):
    ready.serve()

    assert {ready.tasks()[0]["lastStatus"] for _ in range(8)} == {"RUNNING"}


def test_the_exec_flag_reaches_the_next_task_only(ready):
    ready.serve()
    named = {"cluster": "c", "service": "s"}

    ready.ecs.update_service(**named, enableExecuteCommand=True)
    before = ready.tasks()[0]
    assert ready.service()["enableExecuteCommand"] is True
    assert before["enableExecuteCommand"] is False
    asked = {"cluster": "c", "task": before["taskArn"], "interactive": True, "command": "sh"}
    assert refused(ready.ecs.execute_command, **asked) == "InvalidParameterException"

    ready.ecs.update_service(**named, forceNewDeployment=True)
    after = ready.tasks()[0]
    assert after["taskArn"] != before["taskArn"]
    assert after["enableExecuteCommand"] is True
    agent = after["containers"][0]["managedAgents"][0]
    assert (agent["name"], agent["lastStatus"]) == ("ExecuteCommandAgent", "RUNNING")
    asked["task"] = after["taskArn"]
    assert refused(ready.ecs.execute_command, **asked) == "TargetNotConnectedException"


def test_every_container_of_a_task_is_shown(ready):
    containers = ready.definition()["containerDefinitions"]
    router = {"name": "router", "image": "public.ecr.aws/x/fluent-bit:1", "memory": 64}
    ready.register(containerDefinitions=[router, *containers])
    ready.serve()

    assert [one["name"] for one in ready.tasks()[0]["containers"]] == ["router", "app"]


def test_tasks_are_listed_by_service(ready):
    ready.serve("a", desiredCount=2)
    ready.serve("b")

    assert len(ready.tasks(serviceName="a")) == 2
    assert len(ready.tasks(serviceName="b")) == 1
    asked = {"cluster": "c", "serviceName": "none"}
    assert refused(ready.ecs.list_tasks, **asked) == "ServiceNotFoundException"


def test_scaling_in_stops_tasks_with_a_reason_and_frees_their_addresses(ready):
    ready.serve(desiredCount=3)

    ready.ecs.update_service(cluster="c", service="s", desiredCount=1)

    assert len(ready.tasks()) == 1
    stopped = ready.tasks("STOPPED")
    assert {task["stopCode"] for task in stopped} == {"ServiceSchedulerInitiated"}
    assert len(ready.client("ec2").describe_network_interfaces()["NetworkInterfaces"]) == 1


def test_a_stopped_task_is_replaced(ready):
    ready.serve()
    first = ready.tasks()[0]["taskArn"]

    ready.ecs.stop_task(cluster="c", task=first, reason="to see")

    assert [task["taskArn"] for task in ready.tasks()] != [first]
    assert ready.tasks("STOPPED")[0]["stoppedReason"] == "to see"


def test_a_deleted_service_takes_its_tasks_along_and_is_inactive(ready):
    ready.serve()

    ready.ecs.delete_service(cluster="c", service="s", force=True)

    assert ready.tasks() == []
    assert ready.service()["status"] == "INACTIVE"
    assert ready.ecs.list_services(cluster="c")["serviceArns"] == []


def test_a_new_task_definition_is_kept_by_its_arn(ready):
    ready.serve()
    second = ready.register()

    ready.ecs.update_service(cluster="c", service="s", taskDefinition="t")

    assert ready.service()["taskDefinition"] == second
    assert ready.tasks()[0]["taskDefinitionArn"] == second


def test_the_default_strategy_of_the_cluster_is_used_without_a_launch_type(ready):
    ready.ecs.put_cluster_capacity_providers(
        cluster="c",
        capacityProviders=["FARGATE", "FARGATE_SPOT"],
        defaultCapacityProviderStrategy=BASE_2,
    )
    ready.serve(launchType=None, desiredCount=6)

    used = sorted(task["capacityProviderName"] for task in ready.tasks())
    assert used == ["FARGATE"] * 3 + ["FARGATE_SPOT"] * 3
    service = ready.service()
    assert "launchType" not in service
    assert service["capacityProviderStrategy"] == BASE_2


def test_service_connect_is_kept_in_the_deployment(ready):
    ready.serve()
    connect = {"enabled": True, "namespace": "n"}

    ready.ecs.update_service(cluster="c", service="s", serviceConnectConfiguration=connect)

    kept = ready.service()["deployments"][0]["serviceConnectConfiguration"]
    assert kept == connect


def test_settings_are_shown_to_those_only_who_ask(ready):
    ready.ecs.update_cluster_settings(
        cluster="c", settings=[{"name": "containerInsights", "value": "enabled"}]
    )

    plain = ready.ecs.describe_clusters(clusters=["c"])["clusters"][0]
    asked = ready.ecs.describe_clusters(clusters=["c"], include=["SETTINGS"])["clusters"][0]

    assert plain["settings"] == []
    assert asked["settings"] == [{"name": "containerInsights", "value": "enabled"}]


def test_a_cluster_made_twice_is_one(ready):
    ready.serve()
    ready.ecs.create_cluster(clusterName="c")

    assert ready.service()["runningCount"] == 1


def test_the_default_security_group_is_taken_when_none_is_named(ready):
    ready.serve()

    groups = ready.service()["networkConfiguration"]["awsvpcConfiguration"]["securityGroups"]
    found = ready.client("ec2").describe_security_groups(GroupIds=groups)["SecurityGroups"]
    assert [one["GroupName"] for one in found] == ["default"]


def test_a_native_deployment_can_be_watched(ready):
    ready.serve()
    listed = ready.ecs.list_service_deployments(cluster="c", service="s")["serviceDeployments"]
    arn = listed[0]["serviceDeploymentArn"]

    watched = ready.ecs.describe_service_deployments(serviceDeploymentArns=[arn])

    assert [one["status"] for one in watched["serviceDeployments"]] == ["SUCCESSFUL"]
