"""Tasks say why they do not start, and start when it is mended."""

from __future__ import annotations

import json

import pytest

from tests.labs.sandbox.world import EXECUTION, events


def no_image(world):
    world.client("ecr").batch_delete_image(repositoryName="app", imageIds=[{"imageTag": "v1"}])


def no_log_group(world):
    world.client("logs").delete_log_group(logGroupName="/ecs/app")


def no_role(world):
    no_rights(world)
    world.client("iam").delete_role(RoleName="execution")


def no_rights(world):
    world.client("iam").detach_role_policy(RoleName="execution", PolicyArn=EXECUTION)


@pytest.mark.parametrize(
    ("spoil", "mend", "says"),
    [
        (no_image, lambda w: w.push(), "CannotPullContainerError"),
        (
            no_log_group,
            lambda w: w.client("logs").create_log_group(logGroupName="/ecs/app"),
            "failed to validate logger args",
        ),
        (no_role, lambda w: w.make_execution_role(), "unable to assume the role"),
        (
            no_rights,
            lambda w: w.client("iam").attach_role_policy(RoleName="execution", PolicyArn=EXECUTION),
            "not authorized to perform: ecr:GetAuthorizationToken",
        ),
    ],
)
def test_a_task_says_why_it_did_not_start_and_starts_when_it_is_mended(ready, spoil, mend, says):
    spoil(ready)
    ready.serve()

    for _ in range(3):
        service = ready.service()
    assert (service["runningCount"], service["pendingCount"]) == (0, 1)
    assert service["deployments"][0]["rolloutState"] == "IN_PROGRESS"
    failed = ready.tasks("STOPPED")
    assert len(failed) == 1
    assert says in failed[0]["stoppedReason"] and says in events(service)
    assert failed[0]["stopCode"] == "TaskFailedToStart"
    assert ready.client("ec2").describe_network_interfaces()["NetworkInterfaces"] == []

    mend(ready)
    assert ready.service()["runningCount"] == 1


def test_a_log_group_is_made_by_the_driver_only_if_the_execution_role_may(ready):
    no_log_group(ready)
    container = ready.definition()["containerDefinitions"][0]
    container["logConfiguration"]["options"]["awslogs-create-group"] = "true"
    ready.register(containerDefinitions=[container])
    ready.serve()
    assert "failed to create Cloudwatch log group" in events(ready.service())

    allow = {"Effect": "Allow", "Action": "logs:CreateLogGroup", "Resource": "*"}
    ready.client("iam").put_role_policy(
        RoleName="execution",
        PolicyName="p",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [allow]}),
    )

    assert ready.service()["runningCount"] == 1
    groups = ready.client("logs").describe_log_groups()["logGroups"]
    assert [one["logGroupName"] for one in groups] == ["/ecs/app"]


def test_without_a_way_to_ecr_a_task_does_not_start(ready):
    ready.serve(networkConfiguration=ready.network(assignPublicIp="DISABLED"))

    assert ready.service()["runningCount"] == 0
    assert "Amazon ECR" in ready.tasks("STOPPED")[0]["stoppedReason"]


def test_a_role_that_trusts_another_service_is_not_assumed(ready):
    ready.client("iam").delete_role(RoleName="task")
    ready.make_role("task", "ec2.amazonaws.com")
    ready.serve()

    assert "unable to assume the role" in events(ready.service())


def test_a_bad_update_leaves_the_tasks_before_it_running(ready):
    ready.serve()
    container = ready.definition()["containerDefinitions"][0]
    container["image"] = container["image"].replace("v1", "v9")
    ready.register(containerDefinitions=[container])

    ready.ecs.update_service(cluster="c", service="s", taskDefinition="t")

    service = ready.service()
    assert service["runningCount"] == 1
    assert service["deployments"][0]["rolloutState"] == "IN_PROGRESS"
    assert service["deployments"][0]["failedTasks"] == 1


def test_a_service_on_instances_waits_for_one(ready):
    ready.serve(launchType="EC2")

    service = ready.service()
    assert service["pendingCount"] == 1
    assert "unable to place a task" in events(service)
