"""The parts of the practice account that only reckon."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labs import fargate
from labs.sandbox import roles, signatures, strategy


@pytest.mark.parametrize(
    ("cpu", "memory", "is_size"),
    [
        ("256", "512", True),
        (".25 vCPU", "0.5 GB", True),
        ("1 vCPU", "8GB", True),
        ("256", "4096", False),
        ("4096", "8192", True),
        ("8192", "17408", False),
        ("16384", "122880", True),
        ("", "", False),
        ("much", "512", False),
    ],
)
def test_sizes_of_fargate(cpu, memory, is_size):
    assert fargate.is_size(cpu, memory) is is_size


def run(shares, count) -> dict[str, int]:
    running: dict[str, int] = {}
    for _ in range(count):
        name = strategy.next_provider(shares, running)
        running[name] = running.get(name, 0) + 1
    return running


def test_the_base_comes_first_and_the_weights_share_the_rest():
    shares = strategy.read(
        [
            {"capacityProvider": "FARGATE", "base": 2, "weight": 1},
            {"capacityProvider": "FARGATE_SPOT", "weight": 3},
        ]
    )

    assert run(shares, 2) == {"FARGATE": 2}
    assert run(shares, 10) == {"FARGATE": 4, "FARGATE_SPOT": 6}


@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 5), st.integers(0, 60))
def test_shares_are_never_more_than_a_task_off(first, second, base, count):
    shares = (strategy.Share("a", base, first), strategy.Share("b", 0, second))

    running = run(shares, count)

    rest = max(count - base, 0)
    assert sum(running.values()) == count
    assert abs(running.get("b", 0) - rest * second / (first + second)) <= 1


def test_a_strategy_without_weights_uses_what_there_is():
    assert run((strategy.Share("a", 0, 0),), 2) == {"a": 2}


def policy(principal: object, **more: object) -> str:
    allow = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal, **more}
    return json.dumps({"Statement": allow})


def test_a_service_is_let_in_when_it_is_named():
    both = policy({"Service": ["a.amazonaws.com", "ecs-tasks.amazonaws.com"]})

    assert roles.lets_service(both, "ecs-tasks.amazonaws.com")
    assert not roles.lets_service(both, "ecs.amazonaws.com")
    assert not roles.lets_service("not JSON", "ecs.amazonaws.com")
    assert not roles.lets_service("[]", "ecs.amazonaws.com")


EXTERNAL = {"StringEquals": {"sts:ExternalId": "id"}}


@pytest.mark.parametrize(
    ("document", "external_id", "lets"),
    [
        (policy({"AWS": "arn:aws:iam::111122223333:root"}), "", True),
        (policy({"AWS": "111122223333"}), "any", True),
        (policy("*"), "", True),
        (policy({"AWS": "arn:aws:iam::444455556666:root"}), "", False),
        (policy({"AWS": "111122223333"}, Condition=EXTERNAL), "id", True),
        (policy({"AWS": "111122223333"}, Condition=EXTERNAL), "", False),
        (policy({"AWS": "111122223333"}, Condition={"Bool": {"x": "true"}}), "id", False),
        (policy({"AWS": "111122223333"}, Condition="rubbish"), "id", False),
        (policy({"AWS": "111122223333"}, Condition={"StringEquals": 3}), "id", False),
        (policy({"AWS": "111122223333"}, Effect="Deny"), "", False),
        (policy({"AWS": "111122223333"}, Action="sts:TagSession"), "", False),
        (json.dumps({"Statement": ["rubbish"]}), "", False),
    ],
)
def test_an_account_is_let_in_by_name_and_external_id(document, external_id, lets):
    assert roles.lets_account(document, "111122223333", external_id) is lets


def a_policy(**statement: object) -> str:
    return json.dumps({"Statement": {"Effect": "Allow", "Resource": "*", **statement}})


@pytest.mark.parametrize(
    ("documents", "decision"),
    [
        ([], "implicitDeny"),
        (["{"], "implicitDeny"),
        ([a_policy(Action="s3:GetObject")], "allowed"),
        ([a_policy(Action=["ecs:*", "S3:get*"])], "allowed"),
        ([a_policy(Action="s3:PutObject")], "implicitDeny"),
        ([a_policy(NotAction="s3:*")], "implicitDeny"),
        ([a_policy(NotAction="ecs:*")], "allowed"),
        ([a_policy(Action="*", Resource="arn:aws:s3:::mine/*")], "implicitDeny"),
        ([a_policy(Action="*", Condition={"Bool": {"a": "b"}})], "implicitDeny"),
        ([a_policy(Action="*"), a_policy(Effect="Deny", Action="s3:*")], "explicitDeny"),
        ([a_policy(Action="*"), a_policy(Effect="Deny", Action="ecs:*")], "allowed"),
    ],
)
def test_what_all_policies_come_to(documents, decision):
    assert roles.decide(documents, "s3:GetObject") == decision


@pytest.mark.parametrize(
    ("statement", "decision"),
    [
        ({"Resource": "arn:aws:s3:::mine/*"}, "allowed"),
        ({"Resource": "arn:aws:s3:::Mine/*"}, "implicitDeny"),
        ({"Resource": "arn:aws:s3:::min[e]/*"}, "implicitDeny"),
        ({"NotResource": "arn:aws:s3:::mine/*"}, "implicitDeny"),
    ],
)
def test_a_policy_is_for_its_resources(statement, decision):
    document = json.dumps({"Statement": {"Effect": "Allow", "Action": "s3:*", **statement}})

    assert roles.decide([document], "s3:GetObject", "arn:aws:s3:::mine/it") == decision


def test_what_a_policy_allows():
    document = json.dumps(
        {
            "Statement": [
                {"Effect": "Allow", "Action": ["ecr:Get*", "logs:PutLogEvents"], "Resource": "*"},
                {"Effect": "Deny", "Action": "s3:*", "Resource": "*"},
            ]
        }
    )

    assert roles.allows(document, "ecr:GetAuthorizationToken")
    assert roles.allows(document, "logs:PutLogEvents")
    assert not roles.allows(document, "logs:CreateLogGroup")
    assert not roles.allows(document, "s3:GetObject")


# From AWS's own examples: docs.aws.amazon.com, Signature Version 4, "get-vanilla-query-order-key".
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
VANILLA = (
    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE000000000/20150830/us-east-1/service/aws4_request, "
    "SignedHeaders=host;x-amz-date, "
    "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
)


def vanilla(path: str = "/", query: str = "") -> signatures.Signed:
    headers = {"host": "example.amazonaws.com", "x-amz-date": "20150830T123600Z"}
    return signatures.Signed("GET", path, query, headers, b"")


def test_a_signature_of_aws_is_right_and_of_nothing_else():
    signature = signatures.read(VANILLA)
    assert signature is not None

    assert signatures.is_right(signature, vanilla(), SECRET)
    assert not signatures.is_right(signature, vanilla("/other"), SECRET)
    assert not signatures.is_right(signature, vanilla(query="a=b"), SECRET)
    assert not signatures.is_right(signature, vanilla(), "other")
    assert signatures.read(signature.text) == signature


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer x",
        VANILLA + " Credential=AKIAOTHER00000000000/",
        VANILLA.replace("AKID", "akid"),
    ],
)
def test_other_headers_are_no_signature(header):
    assert signatures.read(header) is None


@given(st.text(max_size=300))
def test_no_header_breaks_the_reader(header):
    signatures.read(header)
