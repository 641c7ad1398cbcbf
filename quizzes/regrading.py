"""Marks changed afterwards: by a corrected key, with a preview, and by a person, with a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from content.catalog.model import Course
from content.catalog.questions import Question
from quizzes import bank, grading, keys, marking
from quizzes.models import Answer, Attempt, Override


class UnknownQuestion(LookupError):  # noqa: N818 - said as the command tells it
    """The course has no question of that id."""


@dataclass(frozen=True, slots=True)
class Change:
    """What the key of today makes of an answer that was marked by an older one."""

    answer: Answer
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What regrading a question would do. Answers a person marked stay as they are (`kept`).

    `incomparable` were asked with other choices than the question has today.
    """

    course: str
    question: Question
    changes: Sequence[Change]
    kept: int
    incomparable: int

    @property
    def risen(self) -> list[Change]:
        return [one for one in self.changes if one.after > one.before]

    @property
    def fallen(self) -> list[Change]:
        return [one for one in self.changes if one.after < one.before]


def plan(course: Course, question_id: str) -> Plan:
    """Return what the key of today would change. Raises UnknownQuestion."""
    try:
        today = course.questions[question_id]
    except KeyError:
        raise UnknownQuestion(question_id) from None
    rows = list(_marked_by_another_key(course, today))
    judged = set(
        Override.objects.filter(answer__in=[row.pk for row in rows]).values_list(
            "answer", flat=True
        )
    )
    asked = bank.versions(course.slug, {row.version_id for row in rows})
    changes, incomparable = [], 0
    for row in rows:
        places = keys.same_choices(asked[row.version_id], today)
        if row.pk in judged:
            continue
        if places is None:
            incomparable += 1
            continue
        mark = grading.mark(today, keys.moved(row.picked, places, today))
        changes.append(Change(row, row.credit or 0.0, mark.credit))
    return Plan(course.slug, today, changes, len(judged), incomparable)


def _marked_by_another_key(course: Course, today: Question) -> Sequence[Answer]:
    rows = Answer.objects.filter(
        version__course=course.slug, version__question=today.id, credit__isnull=False
    )
    rows = rows.select_related("attempt__user").order_by("attempt__user__username", "pk")
    return [row for row in rows if marking.key_of(row) != today.digest]


def apply(wanted: Plan) -> int:
    """Mark the answers of a plan by today's key; return how many attempts got other points."""
    by_attempt: defaultdict[int, list[Change]] = defaultdict(list)
    for change in wanted.changes:
        by_attempt[change.answer.attempt_id].append(change)
    with transaction.atomic():
        bank.keep(wanted.course, [wanted.question])
        return sum(_regrade(pk, changes, wanted.question) for pk, changes in by_attempt.items())


def _regrade(attempt_id: int, changes: Sequence[Change], today: Question) -> bool:
    attempt = Attempt.objects.select_for_update().get(pk=attempt_id)
    for change in changes:
        change.answer.credit = change.after
        change.answer.key_version_id = today.digest
        change.answer.save(update_fields=["credit", "key_version"])
    return _recount(attempt)


def override(answer: Answer, credit: float, by: User, reason: str, at: datetime) -> Override:
    """Give an answer a person's mark; it stays when the key is corrected later."""
    with transaction.atomic():
        attempt = Attempt.objects.select_for_update().get(pk=answer.attempt_id)
        given = Override.objects.create(answer=answer, credit=credit, by=by, reason=reason, at=at)
        answer.credit = credit
        answer.save(update_fields=["credit"])
        _recount(attempt)
    return given


def _recount(attempt: Attempt) -> bool:
    """Add up the points of a closed attempt anew; return whether they changed."""
    if attempt.closed_at is None:
        return False
    before, attempt.points = attempt.points, marking.points(attempt.answer_set.all())
    attempt.save(update_fields=["points"])
    return before != attempt.points
