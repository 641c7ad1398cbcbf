"""Who may do what: exactly so much, and the groups of the network let in only their neighbour."""

from __future__ import annotations

from typing import Any

import pytest

from labs.role_template import ROLE_NAME
from tests.course.policies import iam_faults
from tests.deploy.template import ACCOUNT, GIVEN, LEARNERS, REGION, Stack, container, secrets, stack

PULLING = {"ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"}
EXEC = {
    f"ssmmessages:{verb}{kind}Channel"
    for verb in ("Create", "Open")
    for kind in ("Control", "Data")
}
EVERYTHING = {"Strategy": "BLUE_GREEN", "LearnerRoles": LEARNERS, "AllowExec": "true"}

Statement = tuple[frozenset[str], frozenset[str]]


def listed(value: Any) -> frozenset[str]:  # Any: a text or a list of texts
    return frozenset([value] if isinstance(value, str) else value)


def allowed(document: dict[str, Any]) -> set[Statement]:
    """Which actions on which resources; a statement with anything else in it is a fault."""
    for one in document["Statement"]:
        assert one.keys() == {"Effect", "Action", "Resource"}
        assert one["Effect"] == "Allow"
    return {(listed(one["Action"]), listed(one["Resource"])) for one in document["Statement"]}


def of_role(one: Stack, role: str) -> set[Statement]:
    """All that a role of the stack may do, by policies inside it or beside it."""
    inside = one.properties(role).get("Policies", [])
    beside = [p for p in one.of_type("AWS::IAM::Policy").values() if role in p["Roles"]]
    found = [allowed(policy["PolicyDocument"]) for policy in (*inside, *beside)]
    return set().union(*found)


def test_the_execution_role_starts_this_task_and_nothing_else():
    may = of_role(stack(), "ExecutionRole")

    assert may == {
        (listed("ecr:GetAuthorizationToken"), listed("*")),
        (frozenset(PULLING), listed(f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/team/gantry")),
        (listed(["logs:CreateLogStream", "logs:PutLogEvents"]), listed("Logs.Arn")),
        (listed("secretsmanager:GetSecretValue"), listed(["SiteKey", "DatabaseSecret"])),
    }


@pytest.mark.parametrize(
    ("image", "repository"),
    [
        ("111122223333.dkr.ecr.us-east-1.amazonaws.com/gantry:v1", "gantry"),
        (f"111122223333.dkr.ecr.us-east-1.amazonaws.com/a/b/c@sha256:{'0' * 64}", "a/b/c"),
    ],
)
def test_the_repository_is_read_off_the_image_in_whatever_region_it_is(image, repository):
    may = of_role(stack(ImageUri=image), "ExecutionRole")

    expected = listed(f"arn:aws:ecr:us-east-1:111122223333:repository/{repository}")
    assert (frozenset(PULLING), expected) in may


def test_the_secrets_that_may_be_read_are_those_the_container_gets():
    one = stack()

    given = {each.partition(":")[0] for each in secrets(one).values()}

    assert (listed("secretsmanager:GetSecretValue"), frozenset(given)) in of_role(
        one, "ExecutionRole"
    )


def test_the_site_may_do_nothing_in_aws_until_it_is_asked_to():
    assert of_role(stack(), "TaskRole") == set()


def test_with_labs_the_site_may_become_learners_roles():
    assert of_role(stack(LearnerRoles=LEARNERS), "TaskRole") == {
        (listed("sts:AssumeRole"), listed(LEARNERS))
    }
    assert LEARNERS.endswith(f":role/{ROLE_NAME}")  # as the site's own template names it


def test_with_exec_a_shell_may_be_opened_and_the_file_system_is_writable():
    one = stack(AllowExec="true")

    assert of_role(one, "TaskRole") == {(frozenset(EXEC), listed("*"))}
    assert one.properties("Service")["EnableExecuteCommand"] == "true"
    assert container(one)["ReadonlyRootFilesystem"] is False


def test_without_exec_the_container_is_shut():
    one = stack()

    assert one.properties("Service")["EnableExecuteCommand"] == "false"
    assert container(one)["ReadonlyRootFilesystem"] is True
    assert container(one)["LinuxParameters"]["Capabilities"] == {"Drop": ["ALL"]}


@pytest.mark.parametrize("role", ["ExecutionRole", "TaskRole"])
def test_only_tasks_of_this_account_and_region_become_a_role_of_the_task(role):
    (statement,) = stack().properties(role)["AssumeRolePolicyDocument"]["Statement"]

    assert statement == {
        "Effect": "Allow",
        "Principal": {"Service": "ecs-tasks.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {
            "StringEquals": {"aws:SourceAccount": ACCOUNT},
            "ArnLike": {"aws:SourceArn": f"arn:aws:ecs:{REGION}:{ACCOUNT}:*"},
        },
    }


def test_ecs_may_move_traffic_only_where_it_has_to():
    role = stack(Strategy="BLUE_GREEN").properties("TrafficRole")
    (statement,) = role["AssumeRolePolicyDocument"]["Statement"]

    assert "TrafficRole" not in stack().resources()
    assert statement["Principal"] == {"Service": "ecs.amazonaws.com"}
    assert "Policies" not in role
    assert role["ManagedPolicyArns"] == [
        "arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers"
    ]


def test_every_policy_has_the_form_and_the_actions_of_iam():
    one = stack(**EVERYTHING)
    documents = [each["PolicyDocument"] for each in one.of_type("AWS::IAM::Policy").values()]
    for role in one.of_type("AWS::IAM::Role").values():
        documents += [each["PolicyDocument"] for each in role.get("Policies", [])]
        documents.append(role["AssumeRolePolicyDocument"])

    faults = [fault for each in documents for fault in iam_faults(each)]

    # Names of resources stand where AWS puts their ARN.
    assert [one for one in faults if "neither * nor an ARN" not in one] == []
    assert len(documents) == 5


def rules(one: Stack, group: str) -> set[tuple[str, int, str]]:
    """What comes in to a group: from where, to which port."""
    inside = one.properties(group).get("SecurityGroupIngress", [])
    apart = [
        each
        for each in one.of_type("AWS::EC2::SecurityGroupIngress").values()
        if each["GroupId"] == f"{group}.GroupId"
    ]
    return {
        (each.get("CidrIp") or each["SourceSecurityGroupId"], each["FromPort"], each["IpProtocol"])
        for each in (*inside, *apart)
        if each["FromPort"] == each["ToPort"]
    }


def ways_out(one: Stack, group: str) -> set[tuple[str, int]]:
    found = one.properties(group)["SecurityGroupEgress"]
    return {
        (each.get("CidrIp") or each["DestinationSecurityGroupId"], each["FromPort"])
        for each in found
    }


def test_each_group_lets_in_only_the_one_before_it():
    one = stack(ReadersCidr="203.0.113.0/24")

    assert rules(one, "LoadBalancerGroup") == {
        ("203.0.113.0/24", 443, "tcp"),
        ("203.0.113.0/24", 80, "tcp"),
    }
    assert rules(one, "TaskGroup") == {("LoadBalancerGroup.GroupId", 8000, "tcp")}
    assert rules(one, "DatabaseGroup") == {("TaskGroup.GroupId", 5432, "tcp")}


def test_the_load_balancer_and_the_tasks_reach_only_what_they_need():
    one = stack()

    assert ways_out(one, "LoadBalancerGroup") == {("TaskGroup.GroupId", 8000)}
    assert ways_out(one, "TaskGroup") == {("DatabaseGroup.GroupId", 5432), ("0.0.0.0/0", 443)}


def test_tasks_and_database_have_no_address_of_their_own_on_the_internet():
    one = stack()
    network = one.properties("Service")["NetworkConfiguration"]["AwsvpcConfiguration"]
    private = GIVEN["PrivateSubnets"].split(",")

    assert network["AssignPublicIp"] == "DISABLED"
    assert network["Subnets"] == one.properties("DatabaseSubnets")["SubnetIds"] == private
    assert network["SecurityGroups"] == ["TaskGroup.GroupId"]
    assert one.properties("Database")["PubliclyAccessible"] is False
    assert one.properties("Database")["VPCSecurityGroups"] == ["DatabaseGroup.GroupId"]
