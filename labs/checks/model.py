"""What a look-up can end in, what a check says of it, and how a check is declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from labs.checks.names import Names

Value: TypeAlias = Any  # Any: what an API says, JSON of as many shapes as there are look-ups

BrokenKind = Literal[
    "no_credentials",
    "no_profile",
    "no_region",
    "sso_login_needed",
    "expired",
    "bad_credentials",
    "throttled",
    "region_off",
    "no_network",
    "timeout",
    "service",
    "deadline",
    "bug",
]


@dataclass(frozen=True, slots=True)
class Got:
    """The answer, trimmed to what checks read: never environment values, never secrets."""

    value: Value


@dataclass(frozen=True, slots=True)
class Missing:
    """The resource is not there, or only still listed; `what` is AWS's code or "NotFound …"."""

    what: str


@dataclass(frozen=True, slots=True)
class Denied:
    """The credentials may not look."""

    action: str


@dataclass(frozen=True, slots=True)
class Broken:
    """Nothing was learnt; `detail` is a code or the name of an error, never a message."""

    kind: BrokenKind
    detail: str = ""


Outcome: TypeAlias = Got | Missing | Denied | Broken
Facts: TypeAlias = Mapping[str, Outcome]  # by the id of the look-up
Seen: TypeAlias = Mapping[str, Value]  # by the id; None where a resource may lack and does

Status = Literal["pass", "fail", "wait", "unknown", "skip"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a judge says: evidence in AWS's own words, the same in every language."""

    status: Status
    found: str
    expected: str
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check came to.

    `because` are the look-ups that decided. `cause` is "" or why nothing could be judged: the kind
    of a Broken, "denied:<action>", the id of the check that must pass first, or "other_way": the
    exercise teaches two ways, and the learner went the one that this check is not about.
    """

    check: str
    status: Status
    found: str
    expected: str
    because: tuple[str, ...]
    cause: str = ""


Judge: TypeAlias = Callable[[Seen, Names], Finding]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSpec:
    """A check: it judges `facts` once the checks in `needs`, of the same lab, do not stop it.

    A resource that is missing fails the check, unless its look-up is in `may_lack`: then the judge
    gets None for it.
    """

    id: str
    lab: str
    facts: tuple[str, ...]
    needs: tuple[str, ...]
    may_lack: tuple[str, ...]
    judge: Judge


@dataclass(slots=True)
class Lab:
    """Collects the checks of one lab, in the order in which they are shown."""

    name: str
    checks: list[CheckSpec] = field(default_factory=list)

    def check(
        self,
        name: str,
        *facts: str,
        needs: tuple[str, ...] = (),
        may_lack: tuple[str, ...] = (),
    ) -> Callable[[Judge], Judge]:
        """Declare the decorated function as the judge of a check."""

        def declare(judge: Judge) -> Judge:
            spec = CheckSpec(
                id=name, lab=self.name, facts=facts, needs=needs, may_lack=may_lack, judge=judge
            )
            self.checks.append(spec)
            return judge

        return declare


def passes(*, when: object, found: object, expected: str) -> Finding:
    """Return a finding that passes when the condition is true, and fails otherwise."""
    return Finding("pass" if when else "fail", str(found), expected)


def waits(found: object, expected: str) -> Finding:
    """Return a finding of something that AWS is still at work on."""
    return Finding("wait", str(found), expected)
