"""When the learners of a class last did anything, and how much of the course they have read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from classes.models import Classroom, Membership
from content.catalog.model import Course
from content.models import Place, SectionRead
from labs.models import Run
from quizzes.models import Attempt


@dataclass(frozen=True, slots=True)
class Activity:
    """`last_at` is None before the first sign of life; `read` are sections the course has today."""

    last_at: datetime | None = None
    read: int = 0


NONE = Activity()
Activities = Mapping[int, Activity]


def learners(room: Classroom) -> QuerySet[Membership]:
    """Return the learners who are here, with their people, in the order they joined."""
    found = Membership.objects.learners().filter(classroom=room)
    return found.select_related("user").order_by("joined_at", "pk")


def user_ids(room: Classroom) -> QuerySet[Membership, int]:
    """Return the people who learn here, to stand inside another query."""
    return Membership.objects.learners().filter(classroom=room).values_list("user", flat=True)


def of_learners(room: Classroom, course: Course) -> Activities:
    """Return what everybody did who did anything, by person. Four queries."""
    last: dict[int, datetime] = {}
    read: dict[int, int] = {}
    for user, count, latest in _sections(room, course):
        read[user] = count
        _later(last, user, latest)
    for user, at in (*_places(room), *_attempts(room), *_runs(room)):
        _later(last, user, at)
    return {user: Activity(at, read.get(user, 0)) for user, at in last.items()}


def of_course(course: Course) -> Q:
    """Return the condition that a section is one the course has today."""
    here = Q(pk__in=[])
    for chapter in course.chapters:
        here |= Q(chapter=chapter.slug, section__in=chapter.section_ids)
    return Q(course=course.slug) & here


def section_count(course: Course) -> int:
    return sum(len(chapter.section_ids) for chapter in course.chapters)


def _later(last: dict[int, datetime], user: int, at: datetime | None) -> None:
    if at is not None:
        last[user] = max(at, last.get(user, at))


def _sections(room: Classroom, course: Course) -> Iterable[tuple[int, int, datetime]]:
    rows = SectionRead.objects.filter(of_course(course), user__in=user_ids(room))
    return (
        rows.order_by()
        .values_list("user")
        .annotate(count=Count("pk"), last=Max("read_at"))
        .values_list("user", "count", "last")
    )


def _places(room: Classroom) -> Iterable[tuple[int, datetime]]:
    rows = Place.objects.filter(user__in=user_ids(room), course=room.course)
    return rows.values_list("user", "seen_at")


def _attempts(room: Classroom) -> Iterable[tuple[int, datetime | None]]:
    """Return two moments a person. That the clock closed an attempt is no sign of life."""
    rows = Attempt.objects.filter(user__in=user_ids(room), course=room.course)
    handed_in = Q(closed_by=Attempt.ClosedBy.LEARNER)
    found = (
        rows.order_by()
        .values_list("user")
        .annotate(started=Max("started_at"), closed=Max("closed_at", filter=handed_in))
        .values_list("user", "started", "closed")
    )
    for user, started, closed in found:
        yield user, started
        yield user, closed


def _runs(room: Classroom) -> Iterable[tuple[int, datetime]]:
    rows = Run.objects.filter(user__in=user_ids(room), course=room.course)
    return rows.order_by().values_list("user").annotate(last=Max("finished_at"))
