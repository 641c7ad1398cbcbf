"""The attempts that item analysis speaks of: each learner's first whole one that is closed."""

from __future__ import annotations

from django.db.models import CharField, F, QuerySet, Window
from django.db.models.functions import Left, RowNumber

from classes.models import Classroom, Membership
from classes.work import WHOLE
from quizzes.models import Answer, Attempt

DIGEST = 64  # letters


def first_attempts(room: Classroom, quiz: str = "") -> QuerySet[Attempt]:
    """Return the first closed attempt of each present learner at each quiz, or at one of them.

    Later attempts know the answers: they would make questions look easier than they are.
    """
    learners = Membership.objects.learners().filter(classroom=room)
    found = Attempt.objects.closed().filter(
        user__in=learners.values("user"), course=room.course, mode__in=WHOLE
    )
    return first_of(found.filter(quiz=quiz) if quiz else found)


def first_of(found: QuerySet[Attempt]) -> QuerySet[Attempt]:
    """Return the first of these attempts for each person and quiz."""
    order = Window(
        RowNumber(), partition_by=[F("user"), F("quiz")], order_by=[F("closed_at"), F("pk")]
    )
    return found.annotate(place=order).filter(place=1)


def answers(room: Classroom, quiz: str = "") -> QuerySet[Answer]:
    """Return the answers of those attempts."""
    return Answer.objects.filter(attempt__in=first_attempts(room, quiz).values("pk"))


def answers_to(room: Classroom, quiz: str, digest: str) -> QuerySet[Answer]:
    """Return the answers to one version of a question.

    Compared as a part of itself, the version cannot be looked up by its index, which has the
    answers of everybody on the site: databases would begin there (docs/item-analysis.md).
    """
    whole = Left("version_id", DIGEST, output_field=CharField())
    return answers(room, quiz).annotate(asked=whole).filter(asked=digest)
