"""Says at every management command what is wrong with the courses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error

from content import library

MOST = 50  # problems told at once: who mends these sees the rest next time


def check_courses(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Load the courses; each problem of theirs is an error. Any: the signature is Django's."""
    try:
        library.load()
    except library.LibraryError as error:
        return _messages(error)
    return []


def _messages(error: library.LibraryError) -> list[CheckMessage]:
    if not error.problems:
        return [Error(str(error), id="content.E001")]
    told: list[CheckMessage] = [
        Error(f"{problem.place}: {problem.what}", hint=problem.mend, id="content.E002")
        for problem in error.problems[:MOST]
    ]
    rest = len(error.problems) - MOST
    if rest > 0:
        hint = "run manage.py validate_courses to see all of them"
        told.append(Error(f"and {rest} more", hint=hint, id="content.E003"))
    return told
