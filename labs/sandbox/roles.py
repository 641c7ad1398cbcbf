"""Whom a role lets in, and what its policies allow. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Literal

Decision = Literal["allowed", "explicitDeny", "implicitDeny"]

_ASSUME = "sts:AssumeRole"


def lets_service(document: str, service: str) -> bool:
    """Whether a service such as ecs-tasks.amazonaws.com may assume the role."""
    return any(
        service in _listed(_principal(one, "Service")) for one in _allowing(document, _ASSUME)
    )


def lets_account(document: str, account: str, external_id: str) -> bool:
    """Whether somebody of an account who brings this external id may assume the role."""
    return any(
        any(_is_of(str(one), account) for one in _listed(_principal(statement, "AWS")))
        and _condition_holds(statement, external_id)
        for statement in _allowing(document, _ASSUME)
    )


def allows(document: str, action: str) -> bool:
    """Whether a policy allows an action, on whatever resource."""
    return any(True for _ in _allowing(document, action))


def decide(documents: Iterable[str], action: str, resource: str = "*") -> Decision:
    """Return what IAM comes to when it looks at all policies: one refusal outweighs everything.

    Nothing is known of the request, so a statement with a condition never holds. A policy for some
    resources says nothing of "*", as with IAM.
    """
    effects = {
        one.get("Effect")
        for document in documents
        for one in _statements(document)
        if _names(one, action) and _covers(one, resource) and not one.get("Condition")
    }
    if "Deny" in effects:
        return "explicitDeny"
    return "allowed" if "Allow" in effects else "implicitDeny"


def _allowing(document: str, action: str) -> Iterator[Mapping[str, object]]:
    for one in _statements(document):
        if one.get("Effect") == "Allow" and _names(one, action):
            yield one


def _statements(document: str) -> Iterator[Mapping[str, object]]:
    try:
        policy = json.loads(document)
    except ValueError:
        return
    statements = policy.get("Statement", []) if isinstance(policy, dict) else []
    for one in _listed(statements):
        if isinstance(one, dict):
            yield one


def _names(statement: Mapping[str, object], action: str) -> bool:
    if "NotAction" in statement:
        return not _is_like(action.lower(), statement["NotAction"], lower=True)
    return _is_like(action.lower(), statement.get("Action"), lower=True)


def _covers(statement: Mapping[str, object], resource: str) -> bool:
    if "NotResource" in statement:
        return not _is_like(resource, statement["NotResource"])
    return _is_like(resource, statement.get("Resource"))


def _is_like(text: str, patterns: object, *, lower: bool = False) -> bool:
    """Whether one of the patterns fits; they know * and ?, but no brackets."""
    told = (str(one).replace("[", "[[]") for one in _listed(patterns))
    return any(fnmatchcase(text, one.lower() if lower else one) for one in told)


def _principal(statement: Mapping[str, object], kind: str) -> object:
    principal = statement.get("Principal")
    return principal.get(kind) if isinstance(principal, dict) else principal


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _is_of(principal: str, account: str) -> bool:
    return principal in {"*", account} or principal.startswith(f"arn:aws:iam::{account}:")


def _condition_holds(statement: Mapping[str, object], external_id: str) -> bool:
    """Whether the one condition we know holds; another is never met, so that nobody is let in."""
    conditions = statement.get("Condition") or {}
    if not isinstance(conditions, dict):
        return False
    wanted = [
        (operator, name, value)
        for operator, pairs in conditions.items()
        for name, value in (pairs.items() if isinstance(pairs, dict) else [("", None)])
    ]
    return all(
        operator == "StringEquals"
        and str(name).lower() == "sts:externalid"
        and external_id in _listed(value)
        for operator, name, value in wanted
    )
