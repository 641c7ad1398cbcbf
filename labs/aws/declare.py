"""How a look-up is declared: one operation that only reads, what it may see, what it waits for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TypeAlias

from labs.checks.model import Value
from labs.checks.names import Names

Answers: TypeAlias = Mapping[str, Value]  # of the look-ups that this one needs, by id

# Where IAM calls a service otherwise than boto3 does.
_IAM_NAMES = {"elbv2": "elasticloadbalancing", "efs": "elasticfilesystem"}


class AbsentError(Exception):
    """The answer says that the resource is not there; the message names it."""


@dataclass(frozen=True, slots=True)
class Call:
    """The one operation that a look-up may call."""

    client: Value
    operation: str

    def __call__(self, **parameters: Value) -> Value:
        """Return the answer; raises what boto3 raises."""
        method = re.sub(r"(?<!^)(?=[A-Z])", "_", self.operation).lower()
        return getattr(self.client, method)(**parameters)

    def pages(self, key: str, **parameters: Value) -> list[Value]:
        """Return what stands under `key` on all pages; KeyError where a page lacks it."""
        method = re.sub(r"(?<!^)(?=[A-Z])", "_", self.operation).lower()
        pages = self.client.get_paginator(method).paginate(**parameters)
        return [one for page in pages for one in page[key]]


# Raises AbsentError, LookupError or TypeError for an answer of another shape, or what boto3 raises.
Ask: TypeAlias = Callable[[Call, Names, Answers], Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A look-up: `service` as boto3 names it, `operation` as AWS does, `scope` as a policy."""

    id: str
    service: str
    operation: str
    scope: str
    needs: tuple[str, ...]
    ask: Ask

    @property
    def action(self) -> str:
        """Return the action that IAM must allow."""
        return f"{_IAM_NAMES.get(self.service, self.service)}:{self.operation}"

    def resource(self, names: Names, *, region: str = "*", account: str = "*") -> str:
        """Return the ARN that the action is limited to, or "*" where IAM knows no limit."""
        return self.scope.format(region=region, account=account, **asdict(names))


def fact(
    service: str, operation: str, *, scope: str = "*", needs: tuple[str, ...] = ()
) -> Callable[[Ask], Fact]:
    """Declare the decorated function as the look-up of its own name."""

    def declare(ask: Ask) -> Fact:
        name = ask.__name__
        return Fact(
            id=name, service=service, operation=operation, scope=scope, needs=needs, ask=ask
        )

    return declare


def pick(answer: Value, *keys: str) -> dict[str, Value]:
    """Return only the keys named, of those that are there."""
    return {key: answer[key] for key in keys if key in answer}


def there(value: Value, what: str) -> Value:
    """Return the value, or raise AbsentError if there is none."""
    if not value:
        raise AbsentError(what)
    return value
