"""Marks answers in the database, and tells the cards and the reading what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from content import progress
from content.catalog.questions import Question
from quizzes import bank, grading, reviews, schedule
from quizzes.models import Answer, Attempt


def mark_now(row: Answer, now: datetime) -> None:
    """Give one answer its credit; the caller saves the row."""
    attempt = row.attempt
    question = bank.version(attempt.course, key_of(row))
    row.credit = grading.mark(question, row.picked).credit
    known: reviews.States
    if hasattr(row, "card_state"):  # came along when the row was locked
        known = {question.id: row.card_state}
    else:
        known = reviews.states(attempt.user, attempt.course, [question.id])
    _tell(attempt, [(row, question)], known, now)


def close(attempt: Attempt, now: datetime, by: Attempt.ClosedBy) -> None:
    """Mark what is not marked yet and close the attempt. Unanswered is wrong."""
    rows = list(attempt.answer_set.order_by("position"))
    questions = bank.versions(attempt.course, map(key_of, rows))
    fresh = [row for row in rows if row.credit is None]
    for row in fresh:
        row.credit = grading.mark(questions[key_of(row)], row.picked).credit
    _save_credits(fresh)
    attempt.points = points(rows)
    attempt.closed_at = min(now, attempt.deadline or now)
    attempt.closed_by = by
    attempt.save(update_fields=["points", "closed_at", "closed_by"])
    marked = [(row, questions[key_of(row)]) for row in fresh if not grading.is_blank(row.picked)]
    known = reviews.states(attempt.user, attempt.course, [one.id for _, one in marked])
    _tell(attempt, marked, known, now)


def _save_credits(rows: Iterable[Answer]) -> None:
    """Write the credits, one statement for each there is: keys give all or nothing."""
    by_credit: defaultdict[float | None, list[int]] = defaultdict(list)
    for row in rows:
        by_credit[row.credit].append(row.pk)
    for credit, ids in by_credit.items():
        Answer.objects.filter(pk__in=ids).update(credit=credit)


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
