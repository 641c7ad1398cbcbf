"""Every JSON document of the course parses and is what AWS takes."""

from __future__ import annotations

import json

import pytest

from tests.course.blocks import Block, a_block, chapters, each
from tests.course.documents import document_faults
from tests.course.written import documents

# Documents that no rule describes, by chapter and title, each with the reason.
UNCHECKED: dict[tuple[str, str], str] = {}


def neighbours(block: Block) -> tuple[Block, ...]:
    """The blocks of the chapter; a command among them may tell what a document is for."""
    return next(one.blocks for one in chapters() if one.path == block.path)


def check(block: Block, blocks: tuple[Block, ...] = ()) -> list[str] | None:
    return document_faults(json.loads(block.text), title=block.title, blocks=blocks)


@pytest.mark.parametrize("block", each(documents("json")))
def test_a_json_block_parses(block):
    try:
        json.loads(block.text)
    except json.JSONDecodeError as error:
        pytest.fail(f"{block.at(error.lineno)}: {error.msg} — JSON has no comments and no ellipses")


@pytest.mark.parametrize("block", each(documents("json")))
def test_a_json_document_is_what_aws_takes(block):
    faults = check(block, neighbours(block))

    if faults is None:
        stem = block.path.partition("/")[2].removesuffix(".md")
        assert (stem, block.title) in UNCHECKED, (
            f"{block.id}: no rule knows this document — add its kind to tests/course/documents.py, "
            "or the document to UNCHECKED with a reason"
        )
    else:
        assert not faults, "\n".join([f"{block.id} {block.title}", *faults])


def test_nothing_is_left_unchecked_that_is_not_there():
    shown = {(block.path[3:-3], block.title) for block in documents("json")}

    assert UNCHECKED.keys() <= shown


def document(text: str, title: str = "") -> Block:
    return a_block(text, language="json", title=title)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"family": "a", "containerDefinitions": [], "cpuu": "1"}', "cpuu"),
        ('{"family": "a", "containerDefinitions": [{"name": "a", "memory": "1"}]}', "memory"),
        ('{"serviceName": "a", "taskDefinition": "a", "launchType": "FARGAT"}', "FARGAT"),
        ('{"deploymentCircuitBreaker": {"enable": true}}', "rollback"),
        ('{"secrets": [{"name": "A"}]}', "valueFrom"),
        ('[{"capacityProvider": "FARGATE", "weight": "1"}]', "weight"),
        ('{"source": ["aws.ecs"], "detailtype": ["x"]}', "detailtype"),
        ('{"source": "aws.ecs"}', "leaf"),
        ('{"source": [{"anything": 1}]}', "operator"),
        ('{"widgets": [{"type": "graph", "properties": {}}]}', "graph"),
        ('{"ImageURI": "a", "name": "b"}', "name"),
        ('[{"name": "a", "imageUri": "b", "tag": "c"}]', "exactly"),
    ],
)
def test_a_document_with_a_fault_is_found(text, fault):
    faults = check(document(text))

    assert faults is not None
    assert fault in " ".join(faults)


@pytest.mark.parametrize("text", ['{"colour": "red"}', '{"secrets": [], "colour": "red"}', "[1]"])
def test_a_document_nobody_knows_is_not_passed_over(text):
    assert check(document(text)) is None


def test_a_command_tells_what_its_file_holds():
    daemon = document(
        '{"family": "a", "containerDefinitions": [], "networkMode": "awsvpc"}', "d.json"
    )
    command = a_block("aws ecs register-daemon-task-definition --cli-input-json file://d.json")

    faults = check(daemon, (command,))

    assert faults is not None
    assert "networkMode" in " ".join(faults)


def statement(**changes: object) -> str:
    one = {"Effect": "Allow", "Action": "ecs:RunTask", "Resource": "*"} | changes
    return json.dumps({"Version": "2012-10-17", "Statement": [one]})


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (statement(Action="ecs:RunTasks"), "no such action"),
        (statement(Action=["ecr:*", "elb:Describe*"]), "no service has the prefix elb"),
        (statement(Action="efs2:ClientMount"), "no service has the prefix"),
        (statement(Action="iam:PassRoles"), "no such action"),
        (statement(Effect="allow"), "Effect"),
        (statement(Sid="with space"), "Sid"),
        (statement(Resources="*"), "no key of a statement"),
        (statement(Resource="my-bucket"), "ARN"),
        (statement(Condition={"StringEqual": {}}), "operator"),
        (statement().replace("2012-10-17", "2012-10-18"), "Version"),
    ],
)
def test_a_policy_with_a_fault_is_found(text, fault):
    assert fault in " ".join(check(document(text)) or ())


def test_actions_of_iam_alone_are_known():
    actions = ["iam:PassRole", "ecr:GetAuthorizationToken", "ssmmessages:*", "s3:ListBucket"]

    assert check(document(statement(Action=actions))) == []


def rule(priority: int, status: str, **changes: object) -> dict[str, object]:
    selection = {"tagStatus": status, "countType": "imageCountMoreThan", "countNumber": 1} | changes
    return {"rulePriority": priority, "selection": selection, "action": {"type": "expire"}}


@pytest.mark.parametrize(
    ("rules", "fault"),
    [
        ([rule(1, "untagged"), rule(1, "any")], "same rulePriority"),
        ([rule(1, "any"), rule(2, "untagged")], "largest"),
        ([rule(1, "tagged")], "tagPrefixList"),
        ([rule(1, "any", countType="sinceImagePushed")], "countUnit"),
        ([rule(1, "any", countType="sinceYesterday")], "no countType"),
        ([rule(1, "any", tagPatternLists=[])], "no key"),
    ],
)
def test_a_lifecycle_policy_with_a_fault_is_found(rules, fault):
    assert fault in " ".join(check(document(json.dumps({"rules": rules}))) or ())
