"""What AWS refuses, the practice account refuses with the same code."""

from __future__ import annotations

import pytest

from tests.labs.sandbox.world import refused

SPOT = [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]
OTHER = [{"capacityProvider": "other", "weight": 1}]
ACCESS_POINT = {
    "name": "data",
    "efsVolumeConfiguration": {
        "fileSystemId": "fs-1",
        "rootDirectory": "/app",
        "transitEncryption": "ENABLED",
        "authorizationConfig": {"accessPointId": "fsap-1"},
    },
}
UNENCRYPTED = {
    "name": "data",
    "efsVolumeConfiguration": {"fileSystemId": "fs-1", "authorizationConfig": {"iam": "ENABLED"}},
}


@pytest.mark.parametrize(
    "changed",
    [
        {"cpu": "256", "memory": "4096"},
        {"cpu": "300", "memory": "512"},
        {"cpu": None},
        {"memory": None},
        {"networkMode": "bridge"},
        {"networkMode": None},
        {"executionRoleArn": None},
        {"volumes": [ACCESS_POINT]},
        {"volumes": [UNENCRYPTED]},
    ],
)
def test_a_task_definition_that_cannot_run_on_fargate(mei, changed):
    assert refused(mei.register, **changed) == "ClientException"


def test_a_log_driver_without_a_prefix(mei):
    container = mei.definition()["containerDefinitions"][0]
    del container["logConfiguration"]["options"]["awslogs-stream-prefix"]

    assert refused(mei.register, containerDefinitions=[container]) == "ClientException"


@pytest.mark.parametrize(
    "changed",
    [
        {"launchType": "FARGATE", "capacityProviderStrategy": SPOT},
        {"launchType": None, "capacityProviderStrategy": OTHER},
        {"networkConfiguration": None},
        {"loadBalancers": [{"targetGroupArn": "arn:none", "containerName": "app"}]},
    ],
)
def test_a_service_that_does_not_fit(ready, changed):
    assert refused(ready.serve, **changed) == "InvalidParameterException"


def test_a_service_in_no_cluster(ready):
    assert refused(ready.serve, cluster="none") == "ClusterNotFoundException"


def test_a_service_of_no_task_definition(ready):
    assert refused(ready.serve, taskDefinition="none") == "ClientException"


def test_a_second_service_of_a_name(ready):
    ready.serve()

    assert refused(ready.serve) == "InvalidParameterException"


def test_exec_without_a_task_role(ready):
    ready.register(taskRoleArn=None)

    assert refused(ready.serve, enableExecuteCommand=True) == "InvalidParameterException"
    ready.serve()
    asked = {"cluster": "c", "service": "s", "enableExecuteCommand": True}
    assert refused(ready.ecs.update_service, **asked) == "InvalidParameterException"


def test_fargate_for_a_task_definition_for_instances(ready):
    ready.register(requiresCompatibilities=["EC2"])

    assert refused(ready.serve) == "InvalidParameterException"


def test_a_target_group_that_nothing_sends_to_or_of_the_wrong_kind(ready):
    lonely, instances = ready.group("lonely"), ready.group("instances", "instance")
    ready.listen(ready.balance(), 80, instances)

    for arn in (lonely, instances):
        balancer = {"targetGroupArn": arn, "containerName": "app", "containerPort": 80}
        assert refused(ready.serve, loadBalancers=[balancer]) == "InvalidParameterException"


def test_a_container_or_port_that_is_not_there(ready):
    group = ready.group("g")
    ready.listen(ready.balance(), 80, group)

    for name, port in (("other", 80), ("app", 81)):
        balancer = {"targetGroupArn": group, "containerName": name, "containerPort": port}
        assert refused(ready.serve, loadBalancers=[balancer]) == "InvalidParameterException"


def test_a_cluster_with_services_or_tasks_stays(ready):
    ready.serve()
    delete = ready.ecs.delete_cluster

    assert refused(delete, cluster="c") == "ClusterContainsServicesException"
    ready.ecs.delete_service(cluster="c", service="s", force=True)
    ready.ecs.run_task(
        cluster="c",
        taskDefinition="t",
        launchType="FARGATE",
        networkConfiguration=ready.network(),
    )
    assert refused(delete, cluster="c") == "ClusterContainsTasksException"
    ready.ecs.stop_task(cluster="c", task=ready.tasks()[0]["taskArn"])
    delete(cluster="c")
    assert ready.ecs.list_clusters()["clusterArns"] == []


def test_a_service_above_zero_stays_unless_forced(ready):
    ready.serve()
    asked = {"cluster": "c", "service": "s"}

    assert refused(ready.ecs.delete_service, **asked) == "InvalidParameterException"
    ready.ecs.update_service(**asked, desiredCount=0)
    ready.ecs.delete_service(**asked)
    assert refused(ready.ecs.update_service, **asked, desiredCount=1) == "ServiceNotActiveException"


@pytest.mark.parametrize("operation", ["create_cluster", "put_cluster_capacity_providers"])
def test_a_default_strategy_with_a_provider_that_is_not_attached(ready, operation):
    name = {"clusterName": "d"} if operation == "create_cluster" else {"cluster": "c"}
    asked = {"capacityProviders": ["FARGATE"], "defaultCapacityProviderStrategy": SPOT}

    assert refused(getattr(ready.ecs, operation), **name, **asked) == "InvalidParameterException"


def test_a_task_for_instances_that_are_not_there(ready):
    asked = {"cluster": "c", "taskDefinition": "t", "networkConfiguration": ready.network()}

    assert refused(ready.ecs.run_task, **asked) == "InvalidParameterException"


def test_a_task_that_is_not_there_is_neither_shown_nor_stopped(ready):
    shown = ready.ecs.describe_tasks(cluster="c", tasks=["none"])

    assert shown["failures"] == [{"arn": "none", "reason": "MISSING"}]
    assert refused(ready.ecs.stop_task, cluster="c", task="none") == "InvalidParameterException"


def test_a_load_balancer_in_one_zone(mei):
    elb = mei.client("elbv2")
    first, _ = mei.subnets()
    zone = mei.client("ec2").describe_subnets(SubnetIds=[first])["Subnets"][0]
    twin = mei.client("ec2").create_subnet(
        VpcId=zone["VpcId"], CidrBlock="172.31.240.0/24", AvailabilityZone=zone["AvailabilityZone"]
    )["Subnet"]["SubnetId"]

    assert refused(elb.create_load_balancer, Name="a", Subnets=[first]) == "ValidationError"
    twice = refused(elb.create_load_balancer, Name="a", Subnets=[first, twin])
    assert twice == "InvalidConfigurationRequest"
    assert elb.describe_load_balancers()["LoadBalancers"] == []
    assert elb.create_load_balancer(Name="a", Type="network", Subnets=[first])


def test_an_image_for_no_repository(mei):
    assert refused(mei.push) == "RepositoryNotFoundException"


def test_scaling_what_is_not_a_target(ready):
    scaling = ready.client("application-autoscaling")
    name = {
        "ServiceNamespace": "ecs",
        "ResourceId": "service/c/s",
        "ScalableDimension": "ecs:service:DesiredCount",
    }
    register = scaling.register_scalable_target
    action = {"ScheduledActionName": "a", "Schedule": "cron(0 9 * * ? *)"}

    assert refused(register, **name, MinCapacity=1, MaxCapacity=2) == "ValidationException"
    ready.serve()
    assert refused(register, **name, MinCapacity=1) == "ValidationException"
    assert refused(register, **name, MinCapacity=3, MaxCapacity=2) == "ValidationException"
    assert refused(scaling.put_scaling_policy, **name, PolicyName="p") == "ObjectNotFoundException"
    assert refused(scaling.put_scheduled_action, **name, **action) == "ObjectNotFoundException"
