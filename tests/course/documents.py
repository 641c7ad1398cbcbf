"""Tells what kind of JSON a document is, and holds it against what AWS takes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from botocore import xform_name
from botocore.model import Shape

from tests.course import models, policies, small_documents
from tests.course.blocks import Block
from tests.course.shell import SHELL_LANGUAGES, commands

Document = Any  # whatever JSON can hold


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document, known by the keys it has; `check` returns faults as sentences."""

    name: str
    keys: frozenset[str]
    check: Callable[[Document], list[str]]


@dataclass(frozen=True, slots=True)
class Reader:
    """A command that reads a file: `option` is "--cli-input-json" or the like."""

    service: str
    command: str
    option: str


def _input(name: str, keys: str, service: str, operation: str, path: str = "") -> Kind:
    """Return a kind that is an operation's input or a whole part of it."""

    def check(document: Document) -> list[str]:
        return models.faults(document, models.shape_at(service, operation, path))

    return Kind(name, frozenset(keys.split()), check)


def _part(name: str, service: str, operation: str, path: str = "") -> _Part:
    """Return a part of an operation's input of which a document may show some members."""
    return _Part(name, lambda: models.shape_at(service, operation, path))


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    shape: Callable[[], Shape]  # called late: reading a model takes time

    def holds(self, keys: Iterable[str]) -> bool:
        return all(key in self.shape().members for key in keys)

    def kind(self) -> Kind:
        return Kind(
            self.name, frozenset(), lambda document: models.fragment_faults(document, self.shape())
        )

    def kind_of_list(self) -> Kind:
        return Kind(
            f"list of {self.name}",
            frozenset(),
            lambda items: [fault for one in items for fault in models.faults(one, self.shape())],
        )


_TASK = ("ecs", "RegisterTaskDefinition")
_SERVICE = ("ecs", "CreateService")
_ACTION = ("codepipeline", "CreatePipeline", "pipeline.stages[].actions[]")
_SCALING = ("application-autoscaling", "PutScalingPolicy")

# The first kind whose keys a document all has is its kind: put the narrower one first.
KINDS: tuple[Kind, ...] = (
    Kind("IAM policy", frozenset({"Version", "Statement"}), policies.iam_faults),
    Kind("event pattern", frozenset({"source"}), small_documents.event_pattern_faults),
    Kind("dashboard", frozenset({"widgets"}), small_documents.dashboard_faults),
    Kind("imageDetail.json", frozenset({"ImageURI"}), small_documents.image_detail_faults),
    _input("task definition", "family containerDefinitions", *_TASK),
    _input("container definition", "name image", *_TASK, "containerDefinitions[]"),
    _input("service", "serviceName taskDefinition", *_SERVICE),
    _input("task to run", "taskDefinition count", "ecs", "RunTask"),
    _input("Service Connect", "enabled namespace", *_SERVICE, "serviceConnectConfiguration"),
    _input("pipeline", "pipeline", "codepipeline", "CreatePipeline"),
    _input("pipeline action", "name actionTypeId", *_ACTION),
    _input("build project", "name source artifacts environment", "codebuild", "CreateProject"),
    _input(
        "deployment group",
        "applicationName deploymentGroupName",
        "codedeploy",
        "CreateDeploymentGroup",
    ),
    _input("capacity provider", "name autoScalingGroupProvider", "ecs", "CreateCapacityProvider"),
    _input("capacity provider", "name managedInstancesProvider", "ecs", "CreateCapacityProvider"),
    _input("access point", "FileSystemId PosixUser", "efs", "CreateAccessPoint"),
    _input("alarm", "AlarmName ComparisonOperator", "cloudwatch", "PutMetricAlarm"),
    _input(
        "target tracking policy",
        "TargetValue",
        *_SCALING,
        "TargetTrackingScalingPolicyConfiguration",
    ),
    _input("step scaling policy", "StepAdjustments", *_SCALING, "StepScalingPolicyConfiguration"),
    _input(
        "predictive policy",
        "MetricSpecifications",
        *_SCALING,
        "PredictiveScalingPolicyConfiguration",
    ),
)

# A document that is none of the kinds above may show some members of one of these.
_PARTS = (
    _part("container definition", *_TASK, "containerDefinitions[]"),
    _part("task definition", *_TASK),
    _part("service", *_SERVICE),
    _part("deployment configuration", *_SERVICE, "deploymentConfiguration"),
    _part("Service Connect", *_SERVICE, "serviceConnectConfiguration"),
)

# A list may hold these.
_ITEMS = (
    _part("capacity provider strategy", *_SERVICE, "capacityProviderStrategy[]"),
    _part("placement strategy", *_SERVICE, "placementStrategy[]"),
    _part("container definition", *_TASK, "containerDefinitions[]"),
    _part("volume", *_TASK, "volumes[]"),
    _part("secret", *_TASK, "containerDefinitions[].secrets[]"),
    _part("ECR scanning rule", "ecr", "PutRegistryScanningConfiguration", "rules[]"),
)


def kind_of(document: Document) -> Kind | None:
    """Return what kind of document this is by its keys; None where no kind fits."""
    if isinstance(document, list):
        return _list_kind(document)
    if not isinstance(document, dict):
        return None
    if document.keys() == {"rules"}:
        return _rules_kind(document["rules"])
    whole = next((kind for kind in KINDS if kind.keys <= document.keys()), None)
    return whole or next((part.kind() for part in _PARTS if part.holds(document)), None)


def _list_kind(items: Document) -> Kind | None:
    if not items or not all(isinstance(one, dict) for one in items):
        return None
    if all({"name", "imageUri"} <= one.keys() for one in items):
        return _IMAGE_DEFINITIONS
    keys = {key for one in items for key in one}
    return next((part.kind_of_list() for part in _ITEMS if part.holds(keys)), None)


_IMAGE_DEFINITIONS = Kind(
    "imagedefinitions.json", frozenset(), small_documents.image_definitions_faults
)
_LIFECYCLE = Kind("lifecycle policy", frozenset({"rules"}), policies.lifecycle_faults)
_REPLICATION = _input(
    "replication", "rules", "ecr", "PutReplicationConfiguration", "replicationConfiguration"
)


def _rules_kind(rules: Document) -> Kind:
    """ECR calls both "rules"; those of replication have destinations."""
    has_destinations = isinstance(rules, list) and any(
        isinstance(rule, dict) and "destinations" in rule for rule in rules
    )
    return _REPLICATION if has_destinations else _LIFECYCLE


def reader_of(title: str, blocks: Iterable[Block]) -> Reader | None:
    """Return the command of the chapter that reads the file of this name, if there is one."""
    for block in blocks:
        if block.language in SHELL_LANGUAGES and f"file://{title}" in block.text:
            for command in commands(block):
                words = [word.bare for word in command.arguments]
                if f"file://{title}" in words and words[0] == "aws":
                    option = words[words.index(f"file://{title}") - 1]
                    return Reader(words[1], words[2], option)
    return None


def read_faults(document: Document, reader: Reader) -> list[str] | None:
    """Return the faults of a document as the command's input; None where it takes any text."""
    operation = models.operation(SERVICES.get(reader.service, reader.service), reader.command)
    if operation is None or operation.input_shape is None:
        return None
    if reader.option == "--cli-input-json":
        tokens = dict.fromkeys(operation.idempotent_members, models.TOKEN)
        return models.fragment_faults({**tokens, **document}, operation.input_shape)
    for name, shape in operation.input_shape.members.items():
        if f"--{xform_name(name, '-')}" == reader.option and shape.type_name != "string":
            return models.faults(document, shape)
    return None


# Where the CLI calls a service by another name than botocore does.
SERVICES = {"deploy": "codedeploy", "s3api": "s3", "configservice": "config"}


def document_faults(document: Document, *, title: str, blocks: Sequence[Block]) -> list[str] | None:
    """Return the faults of a document; None where nobody can tell what it is."""
    reader = reader_of(title, blocks) if title else None
    read = read_faults(document, reader) if reader else None
    if read is not None:
        return read
    kind = kind_of(document)
    return None if kind is None else [f"{kind.name}: {fault}" for fault in kind.check(document)]


def embedded_faults(value: Document) -> list[str]:
    """Return the faults of documents that a command's parameters hold as text, at any depth."""
    if isinstance(value, dict):
        return [fault for one in value.values() for fault in embedded_faults(one)]
    if isinstance(value, list):
        return [fault for one in value for fault in embedded_faults(one)]
    if not isinstance(value, str) or not value.lstrip().startswith("{"):
        return []
    try:
        document = json.loads(value)
    except json.JSONDecodeError as error:
        return [f"{value[:40]!r}… is no JSON: {error}"]
    kind = kind_of(document)
    return [] if kind is None else [f"{kind.name}: {fault}" for fault in kind.check(document)]
