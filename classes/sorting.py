"""A column of the gradebook in SQL, to sort and filter whole classes by it.

The figures are those of `classes.work`; a test compares the two.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FloatField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from classes.models import Kind, Mark, Membership
from classes.work import WHOLE, Column, State
from content.catalog.model import Course
from content.models import SectionRead
from labs.models import Run
from quizzes.models import Attempt

STATES: tuple[State, ...] = ("new", "started", "done", "late", "overdue")
Members = QuerySet[Membership]


def with_column(members: Members, course: Course, column: Column) -> Members:
    """Let queries of members use `has_begun`, `done_at` and `figure` (in percent) of a column."""
    if column.kind == Kind.CHAPTER:
        found = _chapter(members, course, column)
    elif column.kind == Kind.QUIZ:
        found = _quiz(members, course, column)
    else:
        found = _lab(members, course, column)
    marks = Mark.objects.filter(membership=OuterRef("pk"), kind=column.kind, slug=column.slug)
    given = Subquery(marks.order_by("-pk").values("percent")[:1], output_field=FloatField())
    return found.alias(figure=Coalesce(given, F("own_figure")))


def in_state(members: Members, column: Column, state: State, now: datetime) -> Members:
    """Return the members whose cell of the column given by `with_column` is in a state."""
    due = column.due_at
    is_past = due is not None and due < now
    is_open, is_done = Q(done_at=None), Q(done_at__isnull=False)
    if state == "overdue":
        return members.filter(is_open) if is_past else members.none()
    if state in ("new", "started"):
        begun = Q(has_begun=state == "started")
        return members.none() if is_past else members.filter(is_open & begun)
    if due is None:
        return members.filter(is_done) if state == "done" else members.none()
    is_late = Q(done_at__gt=due)
    return members.filter(is_done, is_late if state == "late" else ~is_late)


def _each(rows: QuerySet[Any], value: Any, field: Any = None) -> Subquery:  # Any: an aggregate
    """Return an aggregate over one member's rows; None without any."""
    grouped = rows.order_by().values("user_id").annotate(value=value).values("value")
    return Subquery(grouped, output_field=field) if field else Subquery(grouped)


def _chapter(members: Members, course: Course, column: Column) -> Members:
    sections = course.chapter(column.slug).section_ids
    rows = SectionRead.objects.filter(
        user_id=OuterRef("user_id"),
        course=course.slug,
        chapter=column.slug,
        section__in=sections,
    )
    return members.alias(
        read=_each(rows, Count("pk")),
        has_begun=Exists(rows),
        done_at=Case(When(read__gte=len(sections), then=_each(rows, Max("read_at")))),
        own_figure=F("read") * Value(100.0) / Value(float(len(sections))),
    )


def _quiz(members: Members, course: Course, column: Column) -> Members:
    modes = [Attempt.Mode.EXAM] if column.is_exam else WHOLE
    rows = Attempt.objects.filter(
        user_id=OuterRef("user_id"), course=course.slug, quiz=column.slug, mode__in=modes
    )
    share = Case(
        When(out_of=0, then=Value(0.0)),
        default=F("points") * Value(100.0) / F("out_of"),
        output_field=FloatField(),
    )
    closed = rows.closed()
    return members.alias(
        has_begun=Exists(rows),
        done_at=_each(closed, Min("closed_at")),
        own_figure=_each(closed, Max(share), FloatField()),
    )


def _lab(members: Members, course: Course, column: Column) -> Members:
    rows = Run.objects.filter(user_id=OuterRef("user_id"), course=course.slug, lab=column.slug)
    held = rows.filter(status=Run.Status.PASS)
    return members.alias(
        has_begun=Exists(rows),
        done_at=_each(held, Min("finished_at")),
        own_figure=Case(When(done_at__isnull=False, then=Value(100.0)), output_field=FloatField()),
    )
