"""Makes the rows of classes, and of the work done in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from accounts.models import User
from classes import assignments
from classes.assignments import Terms
from classes.models import Assignment, Classroom, Kind, Membership
from content import progress
from content.catalog.model import Course
from labs.models import Run
from quizzes.models import Attempt

JOINED = datetime(2026, 10, 2, 9, 0, tzinfo=UTC)
PRACTICE = Terms("practice", "each")
EXAM = Terms("exam", "end", 10, 1)


def make_member(
    room: Classroom, user: User, role: str = Membership.Role.LEARNER, **values: Any
) -> Membership:
    return Membership.objects.create(
        classroom=room, user=user, role=role, **{"joined_at": JOINED} | values
    )


def make_assignment(
    room: Classroom,
    kind: Kind,
    slug: str,
    *,
    terms: Terms | None = None,
    due_at: datetime | None = None,
) -> Assignment:
    wanted = terms or (PRACTICE if kind == Kind.QUIZ else Terms())
    return assignments.assign(room, kind, slug, terms=wanted, due_at=due_at, at=JOINED)


def read_chapter(user: User, course: Course, slug: str, at: datetime, count: int = 99) -> None:
    chapter = course.chapter(slug)
    for section in chapter.section_ids[:count]:
        progress.mark_read(user.pk, course, chapter, section, at)


def make_attempt(
    user: User, quiz: str, at: datetime, *, points: float | None = 1, **values: Any
) -> Attempt:
    """Make an attempt without answers, of four questions; closed after five minutes, if marked."""
    mode = values.get("mode", Attempt.Mode.PRACTICE)
    number = Attempt.objects.of(user.pk, "demo", quiz).filter(mode=mode).count() + 1
    is_closed = points is not None
    return Attempt.objects.create(
        **{
            "user": user,
            "course": "demo",
            "quiz": quiz,
            "mode": mode,
            "number": number,
            "feedback": "end",
            "language": "en",
            "seed": 1,
            "started_at": at,
            "closed_at": at + timedelta(minutes=5) if is_closed else None,
            "closed_by": "learner" if is_closed else "",
            "out_of": 4,
            "points": points,
        }
        | values
    )


def make_run(user: User, lab: str, at: datetime, status: str = "pass", **values: Any) -> Run:
    return Run.objects.create(
        **{
            "user": user,
            "course": "demo",
            "lab": lab,
            "way": "sandbox",
            "region": "ap-northeast-1",
            "status": status,
            "verdicts": [],
            "started_at": at,
            "finished_at": at,
        }
        | values
    )
