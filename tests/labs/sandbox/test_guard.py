"""Who is let in, as which account, and to what."""

from __future__ import annotations

import json

import pytest
from werkzeug.test import Client

from labs.sandbox.ecs import PracticeEcs
from tests.labs.sandbox.world import World, refused


def test_a_key_opens_the_account_it_was_made_for(mei):
    who = mei.client("sts").get_caller_identity()

    assert who["Account"] == mei.account
    assert who["Arn"] == f"arn:aws:iam::{mei.account}:user/learner"


@pytest.mark.parametrize(
    ("service", "ask", "unknown", "wrong"),
    [
        ("ecs", "list_clusters", "UnrecognizedClientException", "InvalidSignatureException"),
        ("sts", "get_caller_identity", "InvalidClientTokenId", "SignatureDoesNotMatch"),
        ("ec2", "describe_vpcs", "AuthFailure", "AuthFailure"),
        (
            "efs",
            "describe_file_systems",
            "UnrecognizedClientException",
            "InvalidSignatureException",
        ),
    ],
)
def test_another_key_or_secret_is_refused_as_aws_does(mei, service, ask, unknown, wrong):
    stranger = mei.client(service, key="AKIAAAAAAAAAAAAAAAAA")
    guesser = mei.client(service, secret="x" * 40)

    assert refused(getattr(stranger, ask)) == unknown
    assert refused(getattr(guesser, ask)) == wrong


def test_a_changed_request_is_refused(mei):
    client = mei.client("ecs")

    def tamper(request, **_):
        request.body = b'{"clusters": ["other"]}'

    client.meta.events.register_first("before-send", tamper)

    assert refused(client.list_clusters) == "InvalidSignatureException"


def test_a_header_chooses_no_account(mei, ken):
    ken.ecs.create_cluster(clusterName="kens")
    client = mei.client("ecs")

    def choose(request, **_):
        request.headers["x-moto-account-id"] = ken.account

    client.meta.events.register_first("before-send", choose)

    assert client.list_clusters()["clusterArns"] == []


@pytest.mark.parametrize("service", ["s3", "lambda", "cloudformation", "sqs"])
def test_other_services_are_not_offered(mei, service):
    ask = {"s3": "list_buckets", "lambda": "list_functions", "sqs": "list_queues"}

    assert refused(getattr(mei.client(service), ask.get(service, "list_stacks")))


@pytest.mark.parametrize(
    "path", ["/moto-api/", "/moto-api/reset", "/moto-api/data.json", "/latest/meta-data/", "/x"]
)
def test_the_addresses_of_moto_are_shut(sandbox, mei, path):
    mei.ecs.create_cluster(clusterName="kept")

    answer = Client(sandbox).post(path)

    assert answer.status_code == 403
    assert "MissingAuthenticationToken" in answer.text
    assert mei.ecs.list_clusters()["clusterArns"]


def test_a_region_that_does_not_exist_is_refused(mei):
    nowhere = World(mei.app, mei.keys, region="tokyo-1")

    assert refused(nowhere.ecs.list_clusters) == "InvalidSignatureException"


def test_what_moto_cannot_do_is_said_at_once_and_not_as_a_page(mei):
    code = refused(mei.client("iam").simulate_custom_policy, PolicyInputList=[], ActionNames=[])

    assert code == "UnsupportedOperation"


def test_what_moto_stumbles_over_is_logged_and_refused(mei, caplog, monkeypatch):
    def stumble(_self):
        raise KeyError("inside moto")

    monkeypatch.setattr(PracticeEcs, "list_clusters", stumble)

    assert refused(mei.ecs.list_clusters) == "InternalFailure"
    assert "inside moto" in caplog.text


def test_a_huge_request_is_not_read(mei):
    code = refused(mei.ecs.create_cluster, clusterName="x" * 1_100_000)

    assert code == "RequestEntityTooLarge"


def test_a_key_that_was_switched_off_is_refused(mei):
    iam = mei.client("iam")
    made = iam.create_access_key(UserName="learner")["AccessKey"]
    other = {"key": made["AccessKeyId"], "secret": made["SecretAccessKey"]}
    assert mei.client("ecs", **other).list_clusters()["clusterArns"] == []

    iam.update_access_key(UserName="learner", AccessKeyId=made["AccessKeyId"], Status="Inactive")

    assert refused(mei.client("ecs", **other).list_clusters) == "UnrecognizedClientException"


def make_lent_role(world: World, account: str, external_id: str = "") -> str:
    allow = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
        "Action": "sts:AssumeRole",
    }
    if external_id:
        allow["Condition"] = {"StringEquals": {"sts:ExternalId": external_id}}
    made = world.client("iam").create_role(
        RoleName="lent", AssumeRolePolicyDocument=json.dumps({"Statement": [allow]})
    )
    return str(made["Role"]["Arn"])


def test_a_role_is_lent_to_whom_it_trusts_with_the_external_id(mei, ken):
    arn = make_lent_role(mei, ken.account, "secret")
    sts = ken.client("sts")
    asked = {"RoleArn": arn, "RoleSessionName": "s"}

    assert refused(sts.assume_role, **asked) == "AccessDenied"
    assert refused(sts.assume_role, **asked, ExternalId="other") == "AccessDenied"
    lent = sts.assume_role(**asked, ExternalId="secret")["Credentials"]

    keys = {"key": lent["AccessKeyId"], "secret": lent["SecretAccessKey"]}
    who = ken.client("sts", token=lent["SessionToken"], **keys).get_caller_identity()
    assert who["Account"] == mei.account
    assert refused(ken.client("sts", **keys).get_caller_identity) == "InvalidClientTokenId"


def test_nobody_enters_an_account_by_a_role_that_is_not_there_or_trusts_others(mei, ken):
    arn = make_lent_role(mei, mei.account)
    sts = ken.client("sts")

    for one in (arn, f"arn:aws:iam::{mei.account}:role/none", "rubbish"):
        assert refused(sts.assume_role, RoleArn=one, RoleSessionName="s") == "AccessDenied"
