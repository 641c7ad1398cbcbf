"""moto's CloudFormation makes the stack, in memory; what came of it is read back with boto3."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.deploy.made import PASSED_OVER, Made, client, made
from tests.deploy.template import GIVEN, LEARNERS, stack, template

CASES: dict[str, dict[str, str]] = {
    "ROLLING": {},
    "BLUE_GREEN": {"LearnerRoles": LEARNERS, "AlarmEmail": "a@example.com", "LogDays": "90"},
}
# moto makes these and gives them no name that CloudFormation could tell.
NAMELESS = {"TasksFromLoadBalancer", "DatabaseFromTasks", "DatabaseSubnets", "DatabaseSettings"}


@pytest.fixture(scope="module", params=CASES)
def strategy(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def site(strategy: str) -> Iterator[Made]:
    with made(Strategy=strategy, **CASES[strategy]) as standing:
        yield standing


def test_everything_is_made_but_what_moto_passes_over(site, strategy):
    one = stack(Strategy=strategy, **CASES[strategy])
    expected = {name for name, each in one.resources().items() if each["Type"] not in PASSED_OVER}

    assert site.status == "CREATE_COMPLETE"
    assert expected - site.names.keys() <= NAMELESS
    assert site.names.keys() <= expected


def test_what_moto_passes_over_is_in_the_template_to_be_tried_elsewhere(site):
    used = {each["Type"] for each in template()["Resources"].values()}

    assert used >= PASSED_OVER


def groups(site: Made) -> dict[str, Any]:
    found = client("ec2").describe_security_groups(
        GroupIds=[site[one] for one in ("LoadBalancerGroup", "TaskGroup", "DatabaseGroup")]
    )
    return {each["GroupId"]: each["IpPermissions"] for each in found["SecurityGroups"]}


def test_the_security_groups_are_a_chain(site):
    found = groups(site)

    assert {
        (rule["FromPort"], rule["ToPort"], rule["IpRanges"][0]["CidrIp"])
        for rule in found[site["LoadBalancerGroup"]]
    } == {(443, 443, "0.0.0.0/0"), (80, 80, "0.0.0.0/0")}
    for group, before, port in (
        ("TaskGroup", "LoadBalancerGroup", 8000),
        ("DatabaseGroup", "TaskGroup", 5432),
    ):
        (rule,) = found[site[group]]
        assert (rule["FromPort"], rule["ToPort"], rule["IpRanges"]) == (port, port, [])
        assert [pair["GroupId"] for pair in rule["UserIdGroupPairs"]] == [site[before]]


def test_the_load_balancer_speaks_tls_and_sends_others_to_it(site):
    found = client("elbv2").describe_listeners(LoadBalancerArn=site["LoadBalancer"])["Listeners"]

    listeners = {each["Port"]: each for each in found}

    assert listeners.keys() == {80, 443}
    redirect = listeners[80]["DefaultActions"][0]["RedirectConfig"]
    assert (redirect["Protocol"], redirect["Port"]) == ("HTTPS", "443")
    assert redirect["StatusCode"] == "HTTP_301"
    assert listeners[443]["Protocol"] == "HTTPS"
    assert listeners[443]["SslPolicy"] == "ELBSecurityPolicy-TLS13-1-2-2021-06"
    assert len(listeners[443]["Certificates"]) == 1


def test_load_balancer_and_targets_take_the_attributes_that_moto_passes_over(site, strategy):
    elb, one = client("elbv2"), stack(Strategy=strategy)

    balancer = elb.modify_load_balancer_attributes(
        LoadBalancerArn=site["LoadBalancer"],
        Attributes=one.properties("LoadBalancer")["LoadBalancerAttributes"],
    )
    targets = elb.modify_target_group_attributes(
        TargetGroupArn=site["BlueTargets"],
        Attributes=one.properties("BlueTargets")["TargetGroupAttributes"],
    )

    values = {each["Key"]: each["Value"] for each in balancer["Attributes"] + targets["Attributes"]}
    assert values["routing.http.drop_invalid_header_fields.enabled"] == "true"
    assert values["idle_timeout.timeout_seconds"] == "60"
    assert values["deregistration_delay.timeout_seconds"] == "30"


def test_requests_for_the_name_go_to_the_tasks_and_others_nowhere(site, strategy):
    rules = client("elbv2").describe_rules(ListenerArn=site["HttpsListener"])["Rules"]
    by_name = next(rule for rule in rules if not rule["IsDefault"])
    default = next(rule for rule in rules if rule["IsDefault"])
    (condition,), (action,) = by_name["Conditions"], by_name["Actions"]

    weights = {
        each["TargetGroupArn"]: each["Weight"] for each in action["ForwardConfig"]["TargetGroups"]
    }

    assert by_name["RuleArn"] == site["SiteRule"]
    assert condition["HostHeaderConfig"]["Values"] == [GIVEN["HostName"]]
    assert default["Actions"][0]["FixedResponseConfig"]["StatusCode"] == "404"
    if strategy == "ROLLING":
        assert weights == {site["BlueTargets"]: 100}
    else:
        assert weights == {site["BlueTargets"]: 100, site["GreenTargets"]: 0}


def test_a_target_is_a_task_that_is_ready(site, strategy):
    found = client("elbv2").describe_target_groups()["TargetGroups"]

    assert len(found) == (1 if strategy == "ROLLING" else 2)
    for group in found:
        assert (group["TargetType"], group["Protocol"], group["Port"]) == ("ip", "HTTP", 8000)
        assert group["HealthCheckPath"] == "/readyz"
        assert (group["HealthyThresholdCount"], group["UnhealthyThresholdCount"]) == (2, 10)


def policies(role: str) -> list[dict[str, Any]]:
    iam = client("iam")
    found = [
        iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
        for name in iam.list_role_policies(RoleName=role)["PolicyNames"]
    ]
    # moto gives back a document of which it could not fill in everything as a text
    return [one if isinstance(one, dict) else _read(one) for one in found]


def _read(said: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(said.replace("'", '"').replace("None", "null"))
    return document


def actions(role: str) -> set[str]:
    statements = [one for document in policies(role) for one in document["Statement"]]
    listed = [[a] if isinstance(a := one["Action"], str) else a for one in statements]
    return {action for each in listed for action in each}


def test_the_roles_have_exactly_their_actions(site, strategy):
    becomes = set() if strategy == "ROLLING" else {"sts:AssumeRole"}

    assert actions(site["TaskRole"]) == becomes
    assert actions(site["ExecutionRole"]) == {
        "ecr:GetAuthorizationToken",
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "secretsmanager:GetSecretValue",
    }


def test_the_execution_role_pulls_from_the_repository_of_the_image(site):
    (document,) = policies(site["ExecutionRole"])

    (pulling,) = [one for one in document["Statement"] if "ecr:BatchGetImage" in one["Action"]]

    registry, _, path = GIVEN["ImageUri"].partition("/")
    account, region = registry.split(".")[0], registry.split(".")[3]
    repository = path.partition("@")[0]
    assert pulling["Resource"] == f"arn:aws:ecr:{region}:{account}:repository/{repository}"


def test_the_database_is_there_encrypted_and_not_public(site):
    (database,) = client("rds").describe_db_instances()["DBInstances"]

    assert database["DBInstanceIdentifier"] == site["Database"]
    assert (database["Engine"], database["DBName"]) == ("postgres", "gantry")
    assert (database["StorageEncrypted"], database["PubliclyAccessible"]) == (True, False)
    assert (database["BackupRetentionPeriod"], database["CopyTagsToSnapshot"]) == (7, True)


def test_the_container_is_told_where_its_database_is_and_where_its_logs_go(site, strategy):
    (database,) = client("rds").describe_db_instances()["DBInstances"]
    found = client("ecs").describe_task_definition(taskDefinition=site["TaskDefinition"])
    (container,) = found["taskDefinition"]["containerDefinitions"]
    variables = {each["name"]: each["value"] for each in container["environment"]}
    role = client("iam").get_role(RoleName=site["TaskRole"])["Role"]["Arn"]

    address = database["Endpoint"]["Address"]

    assert variables["DATABASE_URL"] == f"postgres://gantry@{address}:5432/gantry?sslmode=require"
    assert container["logConfiguration"]["options"]["awslogs-group"] == site["Logs"]
    told = variables.get("PORTAL_LABS_PRINCIPAL")
    assert told == (None if strategy == "ROLLING" else role)


def test_logs_are_kept_for_a_while_and_not_for_ever(site, strategy):
    (group,) = client("logs").describe_log_groups()["logGroups"]

    assert group["logGroupName"] == site["Logs"]
    assert group["retentionInDays"] == (30 if strategy == "ROLLING" else 90)


def test_alarms_are_told_to_whom_the_operator_names(site, strategy):
    found = client("sns").list_subscriptions()["Subscriptions"]

    told = [(each["Protocol"], each["Endpoint"]) for each in found]

    assert told == ([] if strategy == "ROLLING" else [("email", "a@example.com")])


def test_a_service_stands_in_the_cluster_with_the_task_definition(site):
    (found,) = client("ecs").describe_services(cluster=site["Cluster"], services=[site["Service"]])[
        "services"
    ]

    assert found["taskDefinition"] == site["TaskDefinition"]


def test_the_stack_says_what_the_document_uses(site, strategy):
    said = site.outputs

    assert said["Address"] == "https://study.example.com/"
    assert said["ClusterName"] == site["Cluster"]
    assert said["SiteRuleArn"] == site["SiteRule"]
    assert site["Service"].endswith(said["ServiceName"])
    assert ("LabsPrincipal" in said) is (strategy == "BLUE_GREEN")
