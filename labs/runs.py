"""Verifies a lab: looks at the learner's account, judges, and keeps what came of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from content.catalog.labs_model import Lab
from labs import connections
from labs.aws.run import IDENTITY, Checked
from labs.aws.run import verify as look
from labs.aws.session import Access, Clients
from labs.checks.model import CheckSpec, Got, Verdict
from labs.checks.registry import checks_of
from labs.models import Run

MOST_A_MINUTE = 12
ACCOUNT = re.compile(r"(?<!\d)\d{12}(?!\d)")
OTHER_WAY = "other_way"  # the cause of a verdict on a way that the learner did not go
KEYS = "keys"  # the way of a run with pasted keys, which no connection has


class TooManyRunsError(Exception):
    """The learner verified so often within a minute that AWS would begin to refuse."""


def verify(user: User, course: str, lab: Lab, now: datetime) -> Run:
    """Verify by the learner's connection. Raises TooManyRunsError and what access_of raises."""
    connection = connections.of(user)
    require_few(user, now)
    checks = specs(lab)
    access = connections.access_of(connection, checks)
    return _run(user, course, lab, access, way=connection.way, now=now)


def verify_with_keys(user: User, course: str, lab: Lab, access: Access, now: datetime) -> Run:
    """Verify with pasted keys, which are forgotten when this returns. Raises TooManyRunsError."""
    require_few(user, now)
    return _run(user, course, lab, access, way=KEYS, now=now)


def require_few(user: User, now: datetime) -> None:
    recent = Run.objects.filter(user=user, started_at__gt=now - timedelta(minutes=1))
    if recent.count() >= MOST_A_MINUTE:
        raise TooManyRunsError


def specs(lab: Lab) -> tuple[CheckSpec, ...]:
    """Return the checks of a lab in the order of its file."""
    known = {one.id: one for one in checks_of(lab.slug)}
    return tuple(known[one.id] for one in lab.checks if one.id in known)


def _run(user: User, course: str, lab: Lab, access: Access, *, way: str, now: datetime) -> Run:
    with Clients(access) as clients:
        checked = look(specs(lab), clients)
    verdicts = by_the_way_taken(checked.verdicts)
    return Run.objects.create(
        user=user,
        course=course,
        lab=lab.slug,
        way=way,
        region=access.region,
        account_tail=account_tail(checked),
        status=status(lab, verdicts),
        verdicts=[_kept(one) for one in verdicts],
        started_at=now,
        finished_at=max(timezone.now(), now),
    )


def account_tail(checked: Checked) -> str:
    """Return the last four digits of the account that was looked at."""
    outcome = checked.facts.get(IDENTITY)
    account = outcome.value.get("Account", "") if isinstance(outcome, Got) else ""
    return str(account)[-4:]


def by_the_way_taken(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Return the verdicts; what hangs on a way the learner did not go says so itself."""
    known = {one.check: one for one in verdicts}

    def is_of_other_way(one: Verdict) -> bool:
        if one.cause == OTHER_WAY:
            return True
        first = known.get(one.cause) if one.status == "skip" else None
        return first is not None and is_of_other_way(first)

    return [replace(one, cause=OTHER_WAY) if is_of_other_way(one) else one for one in verdicts]


def status(lab: Lab, verdicts: Sequence[Verdict]) -> Run.Status:
    """Return what a lab came to: its required checks decide, but not those of a way not taken."""
    required = {one.id for one in lab.checks if one.level == "required"}
    unjudged = required - {one.check for one in verdicts}
    found = {one.status for one in verdicts if one.check in required and one.cause != OTHER_WAY}
    if "fail" in found:
        return Run.Status.FAIL
    if "wait" in found:
        return Run.Status.WAIT
    return Run.Status.UNKNOWN if unjudged or found - {"pass"} else Run.Status.PASS


def _kept(verdict: Verdict) -> dict[str, str]:
    return {
        "check": verdict.check,
        "status": verdict.status,
        "found": masked(verdict.found),
        "expected": masked(verdict.expected),
        "cause": verdict.cause,
    }


def masked(text: str) -> str:
    """Return the text with all but the last four digits of account numbers hidden."""
    return ACCOUNT.sub(lambda found: "********" + found[0][-4:], text)


def latest(user_id: int, course: str, lab: str) -> Run | None:
    return Run.objects.filter(user_id=user_id, course=course, lab=lab).order_by("-pk").first()


def history(user_id: int, course: str, lab: str, most: int = 20) -> list[Run]:
    rows = Run.objects.filter(user_id=user_id, course=course, lab=lab)
    return list(rows.order_by("-pk")[:most])


def of_lost_labs(user_id: int, known: Mapping[str, Collection[str]], most: int = 20) -> list[Run]:
    """Return the latest runs of labs that are not among the `known`: slugs of labs by course."""
    kept = Q()
    for course, labs in known.items():
        kept |= Q(course=course, lab__in=labs)
    rows = Run.objects.filter(user_id=user_id).defer("verdicts").order_by("-pk")
    return list(rows.exclude(kept)[:most] if known else rows[:most])


def done_everywhere(user_id: int | None) -> dict[str, frozenset[str]]:
    """Return the labs that passed at least once, by course: one query."""
    if user_id is None:
        return {}
    found: defaultdict[str, set[str]] = defaultdict(set)
    rows = Run.objects.filter(user_id=user_id, status=Run.Status.PASS)
    for course, lab in rows.values_list("course", "lab").distinct():
        found[course].add(lab)
    return {course: frozenset(labs) for course, labs in found.items()}


def done(user_id: int | None, course: str) -> frozenset[str]:
    """Return the labs that passed at least once."""
    if user_id is None:
        return frozenset()
    rows = Run.objects.filter(user_id=user_id, course=course, status=Run.Status.PASS)
    return frozenset(rows.values_list("lab", flat=True).distinct())
