"""Rules for policies: IAM's statements and actions, ECR's lifecycle rules."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from tests.course import models

Document = Any  # whatever JSON can hold

# Prefixes of actions by which botocore knows no service, or another one.
SERVICES: Mapping[str, tuple[str, ...]] = {
    "aps": ("amp",),
    "cloudwatch": ("cloudwatch",),
    "elasticfilesystem": ("efs",),
    "elasticloadbalancing": ("elbv2", "elb"),
    "states": ("stepfunctions",),
}

# Actions that are no operation of the API, from the service authorization reference:
# https://docs.aws.amazon.com/service-authorization/latest/reference/
IAM_ONLY: Mapping[str, frozenset[str]] = {
    "codeconnections": frozenset({"UseConnection", "PassConnection"}),
    "codestar-connections": frozenset({"UseConnection", "PassConnection"}),
    "ecr": frozenset({"BatchImportUpstreamImage", "ReplicateImage"}),
    "ecs": frozenset({"Poll", "StartTelemetrySession"}),
    "elasticfilesystem": frozenset({"ClientMount", "ClientRootAccess", "ClientWrite"}),
    "iam": frozenset({"PassRole"}),
    "logs": frozenset({"CreateLogDelivery"}),
    "s3": frozenset(
        {
            "DeleteObjectVersion",
            "GetBucketVersioning",
            "GetEncryptionConfiguration",
            "GetObjectVersion",
            "ListAllMyBuckets",
            "ListBucket",
            "PutEncryptionConfiguration",
        }
    ),
    "ssmmessages": frozenset(
        {"CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"}
    ),
}

_STATEMENT = frozenset(
    {
        "Sid",
        "Effect",
        "Principal",
        "NotPrincipal",
        "Action",
        "NotAction",
        "Resource",
        "NotResource",
        "Condition",
    }
)
_POLICY = frozenset({"Version", "Id", "Statement"})
_OPERATOR = re.compile(
    r"(ForA(ll|ny)Values:)?"
    r"(String(Not)?(Equals(IgnoreCase)?|Like)|Numeric(Not)?Equals|Numeric(Less|Greater)Than(Equals)?"
    r"|Date(Not)?Equals|Date(Less|Greater)Than(Equals)?|Bool|BinaryEquals|(Not)?IpAddress"
    r"|Arn(Not)?(Equals|Like))(IfExists)?|Null"
)


def iam_faults(document: Document) -> list[str]:
    """Return what is wrong with an identity, trust or resource policy."""
    found = [f"{name!r} is no key of a policy" for name in document.keys() - _POLICY]
    if document["Version"] != "2012-10-17":
        found.append('Version is "2012-10-17"')
    statements = _listed(document["Statement"])
    names = [one["Sid"] for one in statements if "Sid" in one]
    found += [f"the Sid {name!r} stands twice" for name in set(names) if names.count(name) > 1]
    for number, statement in enumerate(statements):
        found += [f"Statement[{number}]: {fault}" for fault in _statement_faults(statement)]
    return found


def _statement_faults(statement: Document) -> Iterator[str]:
    for name in statement.keys() - _STATEMENT:
        yield f"{name!r} is no key of a statement"
    if statement.get("Effect") not in {"Allow", "Deny"}:
        yield "Effect is Allow or Deny"
    if not statement.keys() & {"Action", "NotAction"}:
        yield "there is no Action"
    if not statement.keys() & {"Resource", "NotResource", "Principal", "NotPrincipal"}:
        yield "there is neither Resource nor Principal"
    yield from _value_faults(statement)
    for name in ("Action", "NotAction"):
        for action in _listed(statement.get(name, ())):
            yield from _action_faults(action)


def _value_faults(statement: Document) -> Iterator[str]:
    if not re.fullmatch(r"[A-Za-z0-9]*", statement.get("Sid", "")):
        yield "a Sid has letters and digits only"
    for operator in statement.get("Condition", {}):
        if not _OPERATOR.fullmatch(operator):
            yield f"{operator!r} is no condition operator"
    for resource in _listed(statement.get("Resource", ())):
        if resource != "*" and not re.match(r"arn:(aws|\*):[a-z0-9-]*:", resource):
            yield f"{resource!r} is neither * nor an ARN"


def _action_faults(action: str) -> Iterator[str]:
    if action == "*":
        return
    prefix, _, name = action.partition(":")
    known = actions_of(prefix)
    if not known:
        yield f"{action}: no service has the prefix {prefix}; see SERVICES and IAM_ONLY"
    elif not any(fnmatch.fnmatchcase(one.lower(), name.lower()) for one in known):
        yield f"{action}: no such action; if it is one, add it to IAM_ONLY with its source"


@cache
def actions_of(prefix: str) -> frozenset[str]:
    """Return the actions of a prefix: the operations of its services and those of IAM alone."""
    names = SERVICES.get(prefix) or _of_that_name(prefix)
    operations = (name for one in names for name in models.service(one).operation_names)
    return frozenset(operations) | IAM_ONLY.get(prefix, frozenset())


def _of_that_name(prefix: str) -> tuple[str, ...]:
    """Return the service that is called and signs its requests like the prefix: elb does not."""
    is_one = prefix in models.services() and models.service(prefix).signing_name == prefix
    return (prefix,) if is_one else ()


def _listed(value: Document) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


# https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
_RULE = frozenset({"rulePriority", "description", "selection", "action"})
_SELECTION = frozenset(
    {
        "tagStatus",
        "tagPrefixList",
        "tagPatternList",
        "storageClass",
        "countType",
        "countUnit",
        "countNumber",
    }
)
_BY_AGE = frozenset({"sinceImagePushed", "sinceImagePulled", "sinceImageTransitioned"})


def lifecycle_faults(document: Document) -> list[str]:
    """Return what ECR would refuse in a lifecycle policy."""
    rules = document["rules"]
    found: list[str] = []
    priorities = [rule.get("rulePriority") for rule in rules]
    if len(set(priorities)) < len(priorities):
        found.append("two rules have the same rulePriority")
    for number, rule in enumerate(rules):
        found += [f"rules[{number}]: {fault}" for fault in _rule_faults(rule)]
    return [*found, *_order_faults(rules)]


def _order_faults(rules: Iterable[Document]) -> Iterator[str]:
    """`any` takes whatever the rules before it left over, in each storage class."""
    highest: dict[str, int] = {}
    for rule in rules:
        place = rule["selection"].get("storageClass", "standard")
        highest[place] = max(highest.get(place, 0), rule["rulePriority"])
    for rule in rules:
        place = rule["selection"].get("storageClass", "standard")
        if rule["selection"].get("tagStatus") == "any" and rule["rulePriority"] < highest[place]:
            yield "the rule for any has not the largest rulePriority"


def _rule_faults(rule: Document) -> Iterator[str]:
    selection, action = rule["selection"], rule["action"]
    for name in (*(rule.keys() - _RULE), *(selection.keys() - _SELECTION)):
        yield f"{name!r} is no key of a lifecycle rule"
    has_tags = bool(selection.keys() & {"tagPrefixList", "tagPatternList"})
    if selection.get("tagStatus") not in {"tagged", "untagged", "any"}:
        yield "tagStatus is tagged, untagged or any"
    elif has_tags != (selection["tagStatus"] == "tagged"):
        yield "tagPrefixList or tagPatternList belongs to tagged, and only there"
    yield from _count_faults(selection)
    if action not in ({"type": "expire"}, {"type": "transition", "targetStorageClass": "archive"}):
        yield "action is expire, or transition with targetStorageClass archive"


def _count_faults(selection: Document) -> Iterator[str]:
    kind = selection.get("countType")
    if kind not in {*_BY_AGE, "imageCountMoreThan"}:
        yield f"{kind!r} is no countType"
    if (selection.get("countUnit") == "days") != (kind in _BY_AGE):
        yield "countUnit is days for a countType that begins with since, and absent otherwise"
    if not isinstance(selection.get("countNumber"), int) or selection["countNumber"] < 1:
        yield "countNumber is a whole number from 1"
    if kind == "sinceImageTransitioned" and selection.get("storageClass") != "archive":
        yield "sinceImageTransitioned needs storageClass archive"
