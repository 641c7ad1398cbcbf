"""Draws the questions of an attempt: a quiz, an exam, what was missed, what is due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from content.catalog.model import Course
from content.catalog.questions import Quiz
from quizzes import bank, drawing, reviews
from quizzes.attempts import Paper, new_seed
from quizzes.models import Answer, Attempt

REVIEW = "review"  # what attempts over due cards are called where others name their quiz


def of_quiz(course: Course, quiz: Quiz, *, unscored: bool = False) -> Paper:
    """Return a paper over a quiz; a drawn one is an exam by the weights of its domains."""
    seed = new_seed()
    questions = bank.questions_of(course, quiz)
    if quiz.is_drawn and course.exam:
        drawn = drawing.exam(questions, course.exam, seed, unscored=unscored)
    else:
        drawn = drawing.shuffled(questions, seed)
    return Paper(course.slug, quiz.slug, drawn, seed)


def of_missed(course: Course, attempt: Attempt) -> Paper:
    """Return a paper over what was not fully right in an attempt, as the course asks it today."""
    ids = (
        Answer.objects.filter(attempt=attempt)
        .exclude(credit=1)
        .values_list("version__question", flat=True)
    )
    return _of_ids(course, attempt.quiz, ids)


def of_due(course: Course, user_id: int, now: datetime, limit: int) -> Paper:
    """Return a paper over the cards that are due, the most overdue first, at most `limit`."""
    return _of_ids(course, REVIEW, reviews.due_questions(user_id, course, now)[:limit])


def _of_ids(course: Course, quiz: str, ids: Iterable[str]) -> Paper:
    seed = new_seed()
    questions = [course.questions[one] for one in ids if one in course.questions]
    return Paper(course.slug, quiz, drawing.shuffled(questions, seed), seed)
