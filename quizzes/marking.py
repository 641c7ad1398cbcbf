"""Marks answers in the database, and tells the cards and the reading what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from content import progress
from content.catalog.questions import Question
from quizzes import bank, grading, reviews, schedule
from quizzes.models import Answer, Attempt


def mark_now(row: Answer, card: schedule.State | None, now: datetime) -> None:
    """Give one answer its credit; `card` is what its question's card knows. The caller saves."""
    question = bank.version(row.attempt.course, key_of(row))
    row.credit = grading.mark(question, row.picked).credit
    _tell(row.attempt, [(row, question)], {question.id: card}, now)


def close(attempt: Attempt, now: datetime, by: Attempt.ClosedBy) -> None:
    """Mark what is not marked yet and close the attempt. Unanswered is wrong."""
    rows = list(attempt.answer_set.order_by("position"))
    questions = bank.versions(attempt.course, map(key_of, rows))
    fresh = [row for row in rows if row.credit is None]
    for row in fresh:
        row.credit = grading.mark(questions[key_of(row)], row.picked).credit
    Answer.objects.bulk_update(fresh, ["credit"])
    attempt.points = points(rows)
    attempt.closed_at = min(now, attempt.deadline or now)
    attempt.closed_by = by
    attempt.save(update_fields=["points", "closed_at", "closed_by"])
    marked = [(row, questions[key_of(row)]) for row in fresh if not grading.is_blank(row.picked)]
    known = reviews.states(attempt.user, attempt.course, [one.id for _, one in marked])
    _tell(attempt, marked, known, now)


def points(rows: Iterable[Answer]) -> float:
    """Return the sum of the credits that count."""
    return sum(row.credit or 0.0 for row in rows if row.is_scored)


def key_of(row: Answer) -> str:
    """Return the digest of the version whose key marks the answer."""
    return row.key_version_id or row.version_id


def _tell(
    attempt: Attempt,
    marked: list[tuple[Answer, Question]],
    known: reviews.States,
    now: datetime,
) -> None:
    """Let cards learn from what was answered, and send the reader back to what was missed."""
    if marked:
        lessons = [_lesson(*one) for one in marked]
        reviews.learn(attempt.user, attempt.course, lessons, known, now)
    wrong = {(one.chapter, one.part) for row, one in marked if row.credit != 1}
    progress.send_back(attempt.user_id, attempt.course, wrong, now)


def _lesson(row: Answer, question: Question) -> reviews.Lesson:
    rated = schedule.rating(
        is_right=row.credit == 1, seconds=row.seconds, is_flagged=row.is_flagged
    )
    return reviews.Lesson(question.id, rated, row.seconds)


def missed(attempt: Attempt, today: Mapping[str, Question]) -> list[Question]:
    """Return the questions of an attempt that were not fully right, as they are `today` (by id)."""
    rows = attempt.answer_set.exclude(credit=1).select_related("version").order_by("position")
    ids = rows.values_list("version__question", flat=True)
    return [today[one] for one in ids if one in today]
