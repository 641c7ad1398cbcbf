"""What classrooms decide about quizzes for their people: `quizzes.rules.Rules`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from classes.models import Assignment, Kind, Membership
from quizzes.models import Attempt
from quizzes.rules import FREE, Ruling


def of_quiz(user_id: int, course: str, quiz: str) -> Ruling:
    """Return the terms of a learner's classrooms; of several, those that give the learner most.

    One query for a learner without a classroom, three at most.
    """
    members = list(
        Membership.objects.learners()
        .filter(user=user_id, classroom__course=course, classroom__archived_at=None)
        .values_list("classroom_id", "time_factor")
    )
    if not members:
        return FREE
    factor = max(one for _, one in members)
    rooms = [room for room, _ in members]
    found = list(
        Assignment.objects.filter(classroom__in=rooms, kind=Kind.QUIZ, slug=quiz)
        .select_related("classroom")
        .order_by("due_at", "pk")
    )
    exams = [one for one in found if one.mode == Assignment.Mode.EXAM]
    if exams:
        return _exam(user_id, exams, factor)
    if found:
        return _of(found, factor)
    return replace(FREE, time_factor=factor)


def _of(found: Sequence[Assignment], factor: Decimal) -> Ruling:
    """Return what assignments of one mode come to: without a limit is the most there is."""
    is_each = any(one.feedback == Assignment.Feedback.EACH for one in found)
    first = found[0]
    dues = [one.due_at for one in found]
    return Ruling(
        mode=Attempt.Mode(first.mode),
        feedback=Attempt.Feedback.EACH if is_each else Attempt.Feedback.END,
        minutes=_most([one.minutes for one in found]),
        attempts=_most([one.attempts for one in found]),
        time_factor=factor,
        due_at=max((one for one in dues if one), default=None) if None not in dues else None,
        time_zone=first.classroom.time_zone,
        classroom=first.classroom.name,
    )


def _most(limits: Sequence[int | None]) -> int | None:
    known = [one for one in limits if one is not None]
    return max(known) if len(known) == len(limits) else None


def _exam(user_id: int, found: Sequence[Assignment], factor: Decimal) -> Ruling:
    """Return the terms of an exam; what was sat before it was set takes no attempt away.

    Until it is handed in, or its time has passed, the quiz cannot be practised.
    """
    ruled = _of(found, factor)
    since = min(one.created_at for one in found)
    sat = Attempt.objects.filter(
        user=user_id, course=found[0].classroom.course, quiz=found[0].slug, mode=Attempt.Mode.EXAM
    )
    before = sat.filter(started_at__lt=since).count() if ruled.attempts else 0
    is_past = ruled.due_at is not None and ruled.due_at < timezone.now()
    is_held = not is_past and not sat.closed().filter(started_at__gte=since).exists()
    limit = ruled.attempts + before if ruled.attempts else None
    return replace(ruled, attempts=limit, is_held=is_held)


def held_quizzes(user_id: int, course: str) -> set[str]:
    """Return the quizzes set as an exam that the learner has not handed in, before it is due."""
    found = Assignment.objects.filter(
        Q(due_at=None) | Q(due_at__gte=timezone.now()),
        classroom__in=Membership.objects.learners().filter(user=user_id).values("classroom"),
        classroom__course=course,
        classroom__archived_at=None,
        kind=Kind.QUIZ,
        mode=Assignment.Mode.EXAM,
    )
    handed_in = Attempt.objects.closed().filter(
        user=user_id,
        course=course,
        quiz=OuterRef("slug"),
        mode=Attempt.Mode.EXAM,
        started_at__gte=OuterRef("created_at"),
    )
    return set(found.filter(~Exists(handed_in)).values_list("slug", flat=True))


def teaches(user_id: int, course: str) -> bool:
    found = Membership.objects.instructors().filter(user=user_id, classroom__course=course)
    return found.exists()
