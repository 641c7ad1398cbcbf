"""Run with the site's own settings: makes learners, and reads what the database holds.

python -m tests.faults.rows make PREFIX COUNT    learners with a session and an open attempt
python -m tests.faults.rows answers              what was picked, for each answered question
python -m tests.faults.rows attempt ID           who closed it, and its points
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

import django
from django.conf import settings
from django.utils import timezone

Rows = list[Any]  # Any: JSON


def make(prefix: str, count: str) -> Rows:
    from accounts.models import User  # noqa: PLC0415 - the apps must be ready first

    names = [f"{prefix}-{n}" for n in range(int(count))]
    User.objects.bulk_create([User(username=one, password="!") for one in names])
    people = User.objects.filter(username__in=names).order_by("pk")
    return [[session_of(one), open_attempt(one)] for one in people]


def session_of(person: Any) -> str:
    """Sign in without the slow part, and return the value of the cookie."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def open_attempt(person: Any) -> int:
    from content import library  # noqa: PLC0415 - the apps must be ready first
    from quizzes import attempts, papers  # noqa: PLC0415 - the same
    from quizzes.models import Attempt  # noqa: PLC0415 - the same

    course = library.course("demo")
    terms = attempts.Terms(Attempt.Mode.PRACTICE, Attempt.Feedback.END, "en")
    paper = papers.of_quiz(course, course.quiz("long"))
    begun = timezone.now() - timedelta(minutes=1)
    return attempts.start(person.pk, paper, terms, begun).pk


def answers() -> Rows:
    from quizzes.models import Answer  # noqa: PLC0415 - the apps must be ready first

    saved = Answer.objects.exclude(picked=None)
    return [list(row) for row in saved.values_list("attempt_id", "position", "picked")]


def attempt(pk: str) -> Rows:
    from quizzes.models import Attempt  # noqa: PLC0415 - the apps must be ready first

    found = Attempt.objects.get(pk=pk)
    return [found.closed_by, found.points]


if __name__ == "__main__":
    django.setup()
    COMMANDS: dict[str, Callable[..., Rows]]
    COMMANDS = {"make": make, "answers": answers, "attempt": attempt}
    json.dump(COMMANDS[sys.argv[1]](*sys.argv[2:]), sys.stdout)
