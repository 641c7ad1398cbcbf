"""Verifies a lab: looks at the learner's account, judges, and keeps what came of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

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
    return Run.objects.create(
        user=user,
        course=course,
        lab=lab.slug,
        way=way,
        region=access.region,
        account_tail=account_tail(checked),
        status=status(lab, checked.verdicts),
        verdicts=[_kept(one) for one in checked.verdicts],
        started_at=now,
        finished_at=max(timezone.now(), now),
    )


def account_tail(checked: Checked) -> str:
    """Return the last four digits of the account that was looked at."""
    outcome = checked.facts.get(IDENTITY)
    account = outcome.value.get("Account", "") if isinstance(outcome, Got) else ""
    return str(account)[-4:]


def status(lab: Lab, verdicts: Sequence[Verdict]) -> Run.Status:
    """Return what a lab came to: its required checks decide."""
    required = {one.id for one in lab.checks if one.level == "required"}
    found = {one.status for one in verdicts if one.check in required}
    if "fail" in found:
        return Run.Status.FAIL
    if "wait" in found:
        return Run.Status.WAIT
    return Run.Status.UNKNOWN if found - {"pass"} else Run.Status.PASS


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


def done(user_id: int | None, course: str) -> frozenset[str]:
    """Return the labs that passed at least once."""
    if user_id is None:
        return frozenset()
    rows = Run.objects.filter(user_id=user_id, course=course, status=Run.Status.PASS)
    return frozenset(rows.values_list("lab", flat=True).distinct())
