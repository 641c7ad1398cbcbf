from __future__ import annotations

import json

import pytest

from labs.aws.facts import FACTS
from labs.checks.names import Names
from labs.checks.registry import CHECKS, checks_of
from labs.policy import SESSION_LIMIT, compact, policy_for, policy_of

LABS = sorted({check.lab for check in CHECKS.values()})


def test_the_policy_of_all_labs_fits_a_session_policy():
    text = compact(policy_for(CHECKS.values()))

    assert len(text) <= SESSION_LIMIT * 0.85  # room for longer names
    assert json.loads(text) == policy_for(CHECKS.values())


@pytest.mark.parametrize("lab", LABS)
def test_the_policy_of_a_lab_is_part_of_that_of_all(lab):
    whole = {action for one in policy_for(CHECKS.values())["Statement"] for action in one["Action"]}
    part = policy_for(checks_of(lab))

    assert {action for one in part["Statement"] for action in one["Action"]} <= whole
    assert len(compact(part)) <= 700


def test_a_policy_names_only_actions_that_read():
    for statement in policy_for(CHECKS.values())["Statement"]:
        assert statement["Effect"] == "Allow"
        for action in statement["Action"]:
            verb = action.split(":")[1]
            assert verb.startswith(("Describe", "List", "Get", "Simulate"))
            assert "*" not in action


def test_what_can_be_limited_is_limited_to_the_exercises():
    assert policy_for(checks_of("push-image"), region="r", account="1") == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["ecr:GetRegistryScanningConfiguration"],
                "Resource": "*",
            },
            {
                "Effect": "Allow",
                "Action": [
                    "ecr:DescribeImageScanFindings",
                    "ecr:DescribeImages",
                    "ecr:DescribeRepositories",
                    "ecr:GetLifecyclePolicy",
                ],
                "Resource": "arn:aws:ecr:r:1:repository/handson-app",
            },
        ],
    }


def test_a_policy_follows_the_names():
    policy = policy_for(checks_of("cluster"), names=Names(cluster="other"))

    assert policy["Statement"] == [
        {
            "Effect": "Allow",
            "Action": ["ecs:DescribeClusters"],
            "Resource": "arn:aws:ecs:*:*:cluster/other",
        }
    ]


def test_who_i_am_needs_no_permission():
    assert policy_of([FACTS["identity"]])["Statement"] == []


# What the Service Authorization Reference knows no resource for.
OPEN = {
    "application-autoscaling:DescribeScalableTargets",
    "application-autoscaling:DescribeScalingPolicies",
    "application-autoscaling:DescribeScheduledActions",
    "cloudwatch:DescribeAlarms",
    "ec2:DescribeSecurityGroups",
    "ecr:GetRegistryScanningConfiguration",
    "ecs:DescribeTaskDefinition",
    "ecs:ListTaskDefinitions",
    "ecs:ListTasks",
    "elasticfilesystem:DescribeFileSystems",
    "elasticloadbalancing:DescribeListeners",
    "elasticloadbalancing:DescribeLoadBalancers",
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:DescribeTargetHealth",
    "logs:DescribeLogGroups",
    "servicediscovery:ListNamespaces",
}


def test_only_what_iam_cannot_limit_is_open():
    first, second = policy_for(CHECKS.values())["Statement"]

    assert (set(first["Action"]), first["Resource"]) == (OPEN, "*")
    assert "*" not in second["Resource"]
