"""Derives the IAM policy of a set of look-ups: these actions, on these resources, no more."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Literal, TypedDict

from labs.aws.declare import Fact
from labs.aws.facts import FACTS, closure
from labs.checks.model import CheckSpec
from labs.checks.names import NAMES, Names
from labs.checks.registry import facts_of

SESSION_LIMIT = 2048  # characters of all session policies of one AssumeRole
_ALL = "*"
_FREE = {"sts:GetCallerIdentity"}  # IAM cannot even deny it


class Statement(TypedDict):
    """A statement as IAM writes it."""

    Effect: Literal["Allow"]
    Action: list[str]
    Resource: str | list[str]


class Policy(TypedDict):
    """A policy as IAM writes it."""

    Version: Literal["2012-10-17"]
    Statement: list[Statement]


def policy_for(
    checks: Iterable[CheckSpec], *, names: Names = NAMES, region: str = "*", account: str = "*"
) -> Policy:
    """Return the policy that lets all these checks be judged."""
    wanted = closure(facts_of(checks))
    return policy_of((FACTS[one] for one in wanted), names=names, region=region, account=account)


def policy_of(
    facts: Iterable[Fact], *, names: Names = NAMES, region: str = "*", account: str = "*"
) -> Policy:
    """Return at most two statements: what IAM cannot limit to a resource, and what it can.

    An action meets only resources of its own kind, so all that are limited share a statement.
    """
    limits = {
        (one.action, one.resource(names, region=region, account=account))
        for one in facts
        if one.action not in _FREE
    }
    open_actions = {action for action, resource in limits if resource == _ALL}
    limited = {(a, r) for a, r in limits if a not in open_actions}
    statements = [_statement(open_actions, {_ALL}), _statement(*_columns(limited))]
    return {"Version": "2012-10-17", "Statement": [one for one in statements if one["Action"]]}


def _columns(pairs: set[tuple[str, str]]) -> tuple[set[str], set[str]]:
    return {one for one, _ in pairs}, {one for _, one in pairs}


def _statement(actions: set[str], resources: set[str]) -> Statement:
    named = sorted(resources)
    return {
        "Effect": "Allow",
        "Action": sorted(actions),
        "Resource": named[0] if len(named) == 1 else named,
    }


def compact(policy: Policy) -> str:
    """Return the policy as the shortest JSON, to be counted against SESSION_LIMIT."""
    return json.dumps(policy, separators=(",", ":"))
