"""Who in a class needs help, and why: not started, stalled, falling, failing the same lab check."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Literal

from django.db.models import OuterRef, Subquery

from accounts.models import User
from classes import activity, falling, firsts
from classes.falling import Result
from classes.models import Classroom, Membership
from classes.standing import Standing
from classes.work import blank
from content.catalog.labs_model import Lab, LabCheck
from content.catalog.model import Course
from labs.models import Run

BEGIN = timedelta(days=3)  # whoever joined since then has hardly had an evening for it
QUIET = timedelta(days=10)  # a missed week happens; after ten days two weekends may have passed
AGAIN = 2  # runs in a row: once is how everybody learns, twice the same is where people give up

Kind = Literal["check", "falling", "stalled", "new"]
# Whoever is at work now comes first: help reaches them today. Then those who can be won back.
URGENCY: tuple[Kind, ...] = ("check", "falling", "stalled", "new")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody needs help. `weight` orders within a kind, more is more urgent.

    check: `count` runs in a row that failed `check` of `lab`. falling: `before` and `since` are
    percents right. stalled: `count` days since the last sign of life, `overdue` pieces of work.
    new: `count` days since they joined.
    """

    kind: Kind
    weight: float
    count: int = 0
    overdue: int = 0
    before: int = 0
    since: int = 0
    lab: Lab | None = None
    check: LabCheck | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A learner who needs help; the most urgent reason first."""

    member: Membership
    reasons: Sequence[Reason]
    last_at: datetime | None
    read: int

    @property
    def user(self) -> User:
        return self.member.user


def cases(room: Classroom, course: Course, known: Standing, now: datetime) -> list[Case]:
    """Return who needs help, the most urgent first. Two queries, however many learners."""
    reasons: defaultdict[int, list[Reason]] = defaultdict(list)
    for user, reason in (*_repeats(room, course), *_falls(room, now)):
        reasons[user].append(reason)
    for member in known.members:
        absence = _absence(member, known, now)
        if absence is not None:
            reasons[member.user_id].append(absence)
    found = [
        _case(member, reasons[member.user_id], known)
        for member in known.members
        if member.user_id in reasons
    ]
    return sorted(found, key=_urgency)


def counts(found: Iterable[Case]) -> Mapping[Kind, int]:
    """Return how many learners each kind of reason holds for."""
    return Counter(kind for one in found for kind in {reason.kind for reason in one.reasons})


def _case(member: Membership, reasons: Iterable[Reason], known: Standing) -> Case:
    done = known.activities.get(member.user_id, activity.NONE)
    ordered = sorted(reasons, key=lambda one: (URGENCY.index(one.kind), -one.weight))
    return Case(member, ordered, done.last_at, done.read)


def _urgency(case: Case) -> tuple[int, float, int]:
    first = case.reasons[0]
    return URGENCY.index(first.kind), -first.weight, case.member.pk


def _absence(member: Membership, known: Standing, now: datetime) -> Reason | None:
    """Return why somebody is not there: they never began, or stopped before the end."""
    last = known.activities.get(member.user_id, activity.NONE).last_at
    if last is None:
        days = (now - member.joined_at).days
        return Reason("new", days, days) if now - member.joined_at >= BEGIN else None
    mine = known.cells.get(member.user_id, {})
    states = [(mine.get(one.key) or blank(one, now)).state for one in known.columns]
    if now - last < QUIET or all(state in ("done", "late") for state in states):
        return None
    days, overdue = (now - last).days, states.count("overdue")
    return Reason("stalled", 1000 * overdue + days, days, overdue)


def _falls(room: Classroom, now: datetime) -> Iterator[tuple[int, Reason]]:
    rows = firsts.first_attempts(room).values_list("user", "quiz", "points", "out_of", "closed_at")
    results = (
        Result(user, quiz, points, out_of, at)
        for user, quiz, points, out_of, at in rows
        if points is not None and at is not None
    )
    for user, fall in falling.falls(results, now).items():
        before, since = round(100 * fall.before), round(100 * fall.since)
        yield user, Reason("falling", fall.drop, before=before, since=since)


Looks = Iterable[tuple[int, str, Sequence[Mapping[str, Any]]]]  # Any: what a run found, as JSON


def _repeats(room: Classroom, course: Course) -> Iterator[tuple[int, Reason]]:
    """Return the checks that the latest runs of a lab failed again and again."""
    labs = {one.slug: one for one in course.labs}
    for (user, slug), runs in groupby(_failing(room), key=lambda one: (one[0], one[1])):
        if slug not in labs:
            continue
        found = longest(labs[slug], [one[2] for one in runs])
        if found:
            check, count = found
            yield user, Reason("check", count, count, lab=labs[slug], check=check)


def longest(lab: Lab, runs: Iterable[Sequence[Mapping[str, Any]]]) -> tuple[LabCheck, int] | None:
    """Return the check that failed most often in a row up to now, from `runs`, newest first.

    None when none failed at least AGAIN times. What is only recommended does not count.
    """
    failed = [{one["check"] for one in run if one["status"] == "fail"} for run in runs]
    best: tuple[LabCheck, int] | None = None
    for check in lab.checks:
        count = next((n for n, one in enumerate(failed) if check.id not in one), len(failed))
        if check.level == "required" and count >= AGAIN and (best is None or count > best[1]):
            best = check, count
    return best


def _failing(room: Classroom) -> Looks:
    """Return what was judged in labs whose latest run failed, newest first in each lab."""
    judged = Run.objects.filter(course=room.course, status__in=[Run.Status.PASS, Run.Status.FAIL])
    latest = judged.filter(user=OuterRef("user"), lab=OuterRef("lab")).order_by("-started_at")
    rows = judged.filter(user__in=activity.user_ids(room)).annotate(
        last=Subquery(latest.values("status")[:1])
    )
    found = rows.filter(last=Run.Status.FAIL).order_by("user", "lab", "-started_at", "-pk")
    return found.values_list("user", "lab", "verdicts").iterator(chunk_size=500)
