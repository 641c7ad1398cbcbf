"""On what terms a learner may sit a quiz: the quiz's own, or those of whoever set it as work."""

from __future__ import annotations

from content.catalog.model import Course
from content.catalog.questions import Quiz
from quizzes.attempts import Terms
from quizzes.models import Attempt
from quizzes.rules import FREE, Ruling, rules


def ruling(user_id: int | None, course: str, quiz: str) -> Ruling:
    """Return what is decided for a learner, or that the quiz is free."""
    return rules().of_quiz(user_id, course, quiz) if user_id is not None else FREE


def minutes_of(course: Course, quiz: Quiz, ruled: Ruling = FREE) -> int | None:
    """Return how long a quiz takes as an exam; None when it is for practice only.

    A learner's time factor is not in it.
    """
    if ruled.mode == Attempt.Mode.EXAM and ruled.minutes:
        return ruled.minutes
    if quiz.is_drawn and course.exam:
        return course.exam.minutes
    return quiz.minutes


def attempts_of(quiz: Quiz, ruled: Ruling = FREE) -> int | None:
    """Return how many times a quiz may be sat as an exam; None is without a limit."""
    if ruled.mode == Attempt.Mode.EXAM and ruled.attempts:
        return ruled.attempts
    return quiz.attempts


def exam(course: Course, quiz: Quiz, ruled: Ruling, language: str) -> Terms | None:
    """Return the terms of an exam, or None when the quiz is for practice only."""
    minutes = minutes_of(course, quiz, ruled)
    if not minutes:
        return None
    return Terms(
        Attempt.Mode.EXAM,
        Attempt.Feedback.END,
        language,
        minutes=minutes,
        time_factor=ruled.time_factor,
        limit=attempts_of(quiz, ruled),
    )


def practice(quiz: Quiz, ruled: Ruling, asked: str, language: str) -> Terms | None:
    """Return the terms of practice, or None while the quiz cannot be practised.

    `asked` is when the learner wants to be told, unless it is decided.
    """
    if ruled.is_held or quiz.is_drawn:
        return None
    is_set = ruled.mode == Attempt.Mode.PRACTICE
    decided = ruled.feedback if is_set else None
    return Terms(
        Attempt.Mode.PRACTICE,
        decided or Attempt.Feedback(asked or Attempt.Feedback.EACH),
        language,
        minutes=ruled.minutes if is_set else None,
        time_factor=ruled.time_factor,
        limit=ruled.attempts if is_set else None,
    )
