from __future__ import annotations

import json
from collections import Counter

import pytest

from labs.checks.judging import LONGEST
from labs.checks.model import Missing
from labs.checks.names import NAMES
from labs.checks.registry import CHECKS, checks_of, facts_of
from tests.labs.checks.finished_ecs import group_arn
from tests.labs.checks.mistakes_tasks import TASKS
from tests.labs.checks.mistakes_traffic import LEFT, TRAFFIC
from tests.labs.checks.worlds import (
    CLEANUP,
    CLEARED,
    EXERCISES,
    FINISHED,
    GONE,
    changed,
    turned,
    verdicts,
)

MISTAKES = [*TASKS, *TRAFFIC]


def test_who_did_every_exercise_passes_every_check():
    found = verdicts(FINISHED, EXERCISES)

    assert [one for one in found.values() if one.status != "pass"] == []
    assert all(one.found and one.expected and one.because for one in found.values())


def test_a_cleared_account_passes_every_check_of_the_clean_up():
    found = verdicts(CLEARED, CLEANUP)

    assert [one for one in found.values() if one.status != "pass"] == []


def test_an_account_in_which_all_is_left_fails_every_check_of_the_clean_up():
    assert {one.status for one in verdicts(FINISHED, CLEANUP).values()} == {"fail"}


@pytest.mark.parametrize(("title", "changes", "expected"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_a_mistake_turns_its_own_checks_and_no_other(title, changes, expected):
    assert turned(FINISHED, changed(FINISHED, changes), EXERCISES) == expected


@pytest.mark.parametrize(("title", "changes", "expected"), LEFT, ids=[m[0] for m in LEFT])
def test_what_is_left_turns_its_own_check_and_no_other(title, changes, expected):
    assert turned(CLEARED, changed(CLEARED, changes), CLEANUP) == expected


def test_every_check_can_fail():
    failing = {
        check
        for _, _, expected in (*MISTAKES, *LEFT)
        for check, status in expected.items()
        if status == "fail"
    }

    assert failing == set(CHECKS)


_NETWORK = "services/handson-service/networkConfiguration/awsvpcConfiguration"
FINE = [
    ("scan on push as it used to be set", {"registry_scan": [],
     "repo/imageScanningConfiguration/scanOnPush": True}),
    ("a rule whose filter is part of the name", {"registry_scan/0/filters": ["handson"]}),
    ("continuous scanning", {"registry_scan/0/frequency": "CONTINUOUS_SCAN",
     "scan/status": "ACTIVE"}),
    ("tags that move by exception", {"repo/imageTagMutability": "IMMUTABLE_WITH_EXCLUSION"}),
    ("enhanced insights", {"cluster/settings/0/value": "enhanced"}),
    ("an image by its digest", {"taskdef/containerDefinitions/0/image":
     f"{FINISHED['repo']['repositoryUri']}@sha256:01"}),
    ("a container of another name", {"taskdef/containerDefinitions/0/name": "web",
     "log_streams": ["app/web/1"]}),
    ("a launch type", {"services/handson-service/capacityProviderStrategy": GONE,
     "services/handson-service/launchType": "FARGATE"}),
    ("a private subnet with NAT",
     {f"{_NETWORK}/assignPublicIp": "DISABLED"}),
    ("endpoints only", {"security_groups/0/IpPermissionsEgress": [
        {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443,
         "UserIdGroupPairs": [{"GroupId": "sg-3"}]}]}),
    ("IPv6 in", {"security_groups/0/IpPermissions/0/IpRanges": [],
     "security_groups/0/IpPermissions/0/Ipv6Ranges": [{"CidrIpv6": "2001:db8::/128"}]}),
    ("Exec logging left out", {"cluster/configuration": GONE}),
    ("Exec logging into a bucket",
     {"cluster/configuration/executeCommandConfiguration/logConfiguration": {"s3BucketName": "b"}}),
    ("a native deployment by itself", {"cd_group/lastSuccessfulDeployment": GONE,
     "cd_group/lastAttemptedDeployment": {"status": "Failed"}}),
    ("CodeDeploy only", {"services/handson-service-native": GONE, "listeners/81": GONE,
     "listeners/8081": GONE, "target_groups/handson-tg-native-1": GONE,
     "target_groups/handson-tg-native-2": GONE, "native_health": Missing("native")}),
    ("CodeDeploy in the middle of its canary", {"listeners/80/forwards": [
        group_arn("handson-tg-blue"), group_arn("handson-tg-green")]}),
    ("after nine in the morning", {"scalable_target": {"MinCapacity": 3, "MaxCapacity": 10}}),
    ("after nine in the evening", {"scalable_target": {"MinCapacity": 1, "MaxCapacity": 3}}),
    ("the same hours in UTC", {"scheduled/0/Schedule": "cron(0 0 ? * MON-FRI *)",
     "scheduled/0/Timezone": "UTC"}),
    ("fluentd", {"app_revisions/1/containerDefinitions/0/firelensConfiguration/type": "fluentd"}),
    ("a namespace in DNS", {"namespace/Type": "DNS_PRIVATE"}),
    ("the root of a file system without access point", {
        "app_revisions/0/volumes/0/efsVolumeConfiguration/authorizationConfig": GONE,
        "app_revisions/0/volumes/0/efsVolumeConfiguration/rootDirectory": "/x"}),
    ("a second file system mount that is not ready",
     {"mount_targets/0/LifeCycleState": "creating"}),
    ("a task definition by its short name", {"services/handson-service/taskDefinition":
     "handson-task:2"}),
    ("tasks replaced a moment ago", {"tasks": [{"lastStatus": "STOPPED", "desiredStatus":
     "STOPPED", "stopCode": "ServiceSchedulerInitiated"}, *FINISHED["tasks"]]}),
]  # fmt: skip


@pytest.mark.parametrize(("title", "changes"), FINE, ids=[one[0] for one in FINE])
def test_another_way_that_is_as_right_turns_nothing(title, changes):
    assert turned(FINISHED, changed(FINISHED, changes), EXERCISES) == {}


def test_who_took_only_the_native_way_is_not_told_that_codedeploy_is_missing():
    native = changed(
        FINISHED,
        {
            "cd_app": Missing("handson-ecs-app"),
            "cd_group": Missing("handson-ecs-app"),
            "codedeploy_health": Missing("handson-tg-blue"),
            "services/handson-service-bg": GONE,
            "listeners/80": GONE,
            "listeners/8080": GONE,
            "target_groups/handson-tg-blue": GONE,
            "target_groups/handson-tg-green": GONE,
        },
    )

    found = verdicts(native, checks_of("blue-green"))

    assert Counter(one.status for one in found.values()) == {"pass": 8, "skip": 5}
    assert found["bg-app"].cause == "other_way"
    assert found["bg-dg-style"].cause == "bg-app"


def test_why_a_task_stopped_is_told_as_aws_says_it():
    stopped = {
        "lastStatus": "STOPPED",
        "desiredStatus": "STOPPED",
        "stopCode": "EssentialContainerExited",
        "stoppedReason": "Essential container in task exited",
        "containers": [{"name": "app", "reason": "OutOfMemoryError"}],
    }
    found = verdicts(changed(FINISHED, {"tasks": [stopped]}), EXERCISES)["task-running"]

    assert found.found == (
        "EssentialContainerExited: Essential container in task exited: OutOfMemoryError"
    )


def test_evidence_is_short_and_on_one_line():
    reason = "a\nb " * LONGEST
    world = changed(FINISHED, {"tasks": [{"lastStatus": "STOPPED", "desiredStatus": "STOPPED",
                                          "stoppedReason": reason}]})  # fmt: skip
    found = verdicts(world, EXERCISES)["task-running"].found

    assert len(found) == LONGEST
    assert "\n" not in found


def test_counts_of_a_scan_and_of_tasks_are_told():
    found = verdicts(FINISHED, EXERCISES)

    assert found["ecr-scan-result"].found == "COMPLETE: HIGH 1, MEDIUM 2"
    assert found["svc-running"].found == "RUNNING 1 of 1, PENDING 0"


def test_a_check_needs_only_earlier_checks_of_its_own_lab():
    order = list(CHECKS)
    for check in CHECKS.values():
        for one in check.needs:
            assert order.index(one) < order.index(check.id)
            assert CHECKS[one].lab == check.lab


def test_the_catalogue_is_whole():
    assert len(CHECKS) == 77
    assert Counter(check.lab for check in CHECKS.values()) == {
        "push-image": 6,
        "cluster": 4,
        "task-definition": 9,
        "service": 10,
        "ecs-exec": 7,
        "blue-green": 13,
        "auto-scaling": 6,
        "firelens": 3,
        "service-connect": 3,
        "capacity-providers": 2,
        "efs": 4,
        "cleanup": 10,
    }
    assert all(set(check.may_lack) <= set(check.facts) for check in CHECKS.values())
    assert checks_of("no-such-lab") == ()


def test_the_finished_world_has_every_look_up_and_is_plain_json():
    assert set(FINISHED) == facts_of(CHECKS.values())
    assert json.loads(json.dumps(FINISHED)) == FINISHED
    assert set(CLEARED) == facts_of(CLEANUP)


def test_names_are_those_of_the_course():
    assert NAMES.scaled == "service/handson-cluster/handson-service"
    assert NAMES.services == (
        "handson-service",
        "handson-service-native",
        "handson-service-bg",
    )
