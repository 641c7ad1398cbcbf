"""Makes what overviews are read from: answers to quizzes, runs with verdicts."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from content import library
from labs.models import Run
from quizzes import bank
from quizzes.models import Answer, Attempt
from tests.classes.rows import make_attempt, make_run


def make_answers(user: User, quiz: str, at: datetime, right: int) -> Attempt:
    """Make a closed attempt at a quiz of the course demo, with the first `right` answers right."""
    questions = library.course("demo").quiz(quiz).questions
    bank.keep("demo", questions)
    attempt = make_attempt(user, quiz, at, points=right, out_of=len(questions))
    Answer.objects.bulk_create(
        Answer(
            attempt=attempt,
            position=place + 1,
            version_id=one.digest,
            order=[],
            picked=[0],
            credit=float(place < right),
            answered_at=at,
        )
        for place, one in enumerate(questions)
    )
    return attempt


def fail(user: User, lab: str, at: datetime, *checks: str) -> Run:
    """Make a run of a lab in which these checks failed."""
    verdicts = [
        {"check": one, "status": "fail", "found": "", "expected": "", "cause": ""} for one in checks
    ]
    return make_run(user, lab, at, "fail", verdicts=verdicts)
