"""Every command of the AWS CLI in the course is one that the real CLI understands."""

from __future__ import annotations

from pathlib import Path

import botocore
import pytest
import s3transfer  # type: ignore[import-untyped]

from tests.course.aws_cli import read_command
from tests.course.aws_commands import AwsCommand, aws_commands, overlooked
from tests.course.blocks import chapters, each, read_chapter
from tests.course.documents import embedded_faults
from tests.course.shell_values import Files
from tests.course.written import UNKNOWN, files

COMMANDS = [
    pytest.param(command, files(chapter), id=command.where)
    for chapter in chapters()
    for command in aws_commands(chapter)
]

UNJUDGED = ("Missing required parameter", "Error parsing parameter")


def faults(command: AwsCommand, given: Files) -> list[str]:
    """What the CLI says; what stands in a file that a command writes is not judged."""
    is_unknown = any(given.get(word.rpartition("/")[2]) == UNKNOWN for word in command.words)
    outcome = read_command(command.words, given)
    found = [*outcome.faults]
    for call in outcome.calls:
        found += embedded_faults(dict(call.parameters))
    return [one for one in found if not (is_unknown and one.startswith(UNJUDGED))]


@pytest.mark.parametrize(("command", "given"), COMMANDS)
def test_a_command_is_one_that_the_aws_cli_takes(command, given):
    found = faults(command, given)

    assert not found, "\n".join([f"{command.where}: aws {' '.join(command.words)}", *found])


@pytest.mark.parametrize("chapter", each(chapters()))
def test_no_command_is_overlooked(chapter):
    right = (block for block in chapter.blocks if not block.is_wrong)

    assert [line for block in right for line in overlooked(block)] == []


def test_the_cli_reads_the_models_of_botocore_and_not_its_own_older_ones():
    assert "awscli" not in Path(botocore.__file__).parts
    assert "awscli" not in Path(s3transfer.__file__).parts


def read(*lines: str, above: str = "") -> list[str]:
    """What the CLI says to the commands of a made-up chapter."""
    script = "\n".join(lines)
    chapter = read_chapter(f"{above}\n\n```bash\n{script}\n```\n", path="ja/00-example.md")
    given = files(chapter)
    return [fault for command in aws_commands(chapter) for fault in faults(command, given)]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("aws ecs start-everything", "Invalid choice"),
        ("aws ecsx list-clusters", "Invalid choice"),
        ("aws ecs list-tasks --clustre demo", "--clustre"),
        ("aws ecs list-tasks --clust demo", "--clust"),
        ("aws ecs delete-service --cluster demo", "--service"),
        ("aws ecs create-service --service-name a --launch-type FARGAT", "FARGAT"),
        ("aws ecs create-service --service-name a --desired-count two", "two"),
        ("aws ecs update-cluster --cluster a --settings nam=b", "nam"),
        ("aws ecs list-clusters --query 'clusterArns[0'", "--query"),
        ("aws ecs list-clusters --query 'clusterArn[0]'", "no clusterArn"),
        ("aws ecs describe-services --services a --query 'services.events'", "lost"),
        ("aws ecs describe-tasks --tasks a --query 'tasks[].{a:lastState}'", "no lastState"),
        (
            "aws ecs describe-tasks --tasks a --query 'tasks[?group==`a`].[taskarn]'",
            "no taskarn",
        ),
        ("aws ecs wait services-steady --cluster a --services b", "Invalid choice"),
        ("aws ecs wait services-stable --cluster a", "--services"),
        ("aws ecs execute-command --cluster a --task b --interactive", "--command"),
        ("aws ecs deploy --service a --task-definition b", "--codedeploy-appspec"),
        ("aws ecr get-login-password --regions x", "--regions"),
        ("aws logs tail /ecs/app --folow", "--folow"),
        ("aws s3 cp a s3://b --recursiv", "recursiv"),
        ("aws events put-rule --name a --event-pattern file://gone.json", "gone.json"),
        ("x=$(aws sts get-caller-identity --quer Account)", "--quer"),
        ("aws ecr put-registry-policy --policy-text '{\"Version\": }'", "no JSON"),
        ('aws events put-rule --name a --event-pattern \'{"source": "aws.ecs"}\'', "leaf"),
        ("for i in 1 2; do aws ecs list-taskz; done", "Invalid choice"),
        ("echo $(date) | xargs -n 1 aws ecs list-taskz", "Invalid choice"),
        ('echo "it is $(aws ecs list-taskz)" && true', "Invalid choice"),
    ],
)
def test_a_command_with_a_fault_is_found(line, fault):
    assert fault in " ".join(read(line))


@pytest.mark.parametrize(
    "line",
    [
        "aws configure get region",
        "aws ecs describe-tasks --tasks a --query 'tasks[0].containers[].managedAgents[].[name]'",
        "aws ecs list-clusters --query 'length(clusterArns) || `0`'",
        "aws ecs describe-services --services a --query 'services[].events[] | [:3].message'",
        "aws ecr get-login-password | docker login --username AWS --password-stdin x",
        "aws ecs wait services-stable --cluster a --services b",
        "aws ecs execute-command --cluster a --task b --interactive --command /bin/sh",
        "aws ecs deploy --service a --task-definition b --codedeploy-appspec c",
        "aws logs tail /ecs/app --follow --since 10m",
        "aws s3 cp a s3://b/ --recursive",
        "aws ecs list-clusters --no-cli-pager",
        'aws ecs describe-tasks --cluster "$CLUSTER" --tasks $TASKS',
        'aws ecr batch-delete-image --repository-name my-app --image-ids "imageDigest=$DIGEST"',
        "aws logs start-query --log-group-name a --start-time 1 --end-time $END --query-string b",
        "aws logs get-log-events --log-stream-name a --start-time $(date +%s)",
    ],
)
def test_a_right_command_passes(line):
    assert read(line) == []


def test_a_file_is_read_from_the_block_of_its_name():
    above = '```json {title="p.json"}\n{"source": ["aws.ecs"]}\n```'

    assert read("aws events put-rule --name a --event-pattern file://p.json", above=above) == []


def test_a_here_document_is_the_file_it_writes():
    lines = ("cat > c.json <<EOF", '{"clusterNam": "$NAME"}', "EOF")

    found = read("NAME=a", *lines, "aws ecs create-cluster --cli-input-json file://c.json")

    assert "clusterNam" in " ".join(found)


def test_a_function_is_read_with_the_arguments_of_its_first_call():
    lines = ("wait_for() {", '  aws ecs wait "$1" --cluster demo --services "$2"', "}")

    assert read(*lines, "wait_for services-stable web") == []
    assert "services-steady" in " ".join(read(*lines, "wait_for services-steady web"))


def test_an_array_is_as_many_words_as_it_has_items():
    array = "TARGET=(--cluster demo\n  --services web)"

    assert read(array, 'aws ecs describe-services "${TARGET[@]}"') == []
