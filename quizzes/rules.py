"""What those who teach decide about quizzes: asked by name, so that nothing here imports them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from quizzes.models import Attempt


@dataclass(frozen=True, slots=True)
class Ruling:
    """What somebody decided about a quiz for one learner. Without anything, the quiz is free.

    `mode` is how it was set; `minutes`, `attempts` (counted from the first) and `feedback` hold in
    that mode. While `is_held`, an exam is still to be sat and the quiz cannot be practised.
    """

    mode: Attempt.Mode | None = None
    feedback: Attempt.Feedback | None = None
    minutes: int | None = None
    attempts: int | None = None
    time_factor: Decimal = Decimal(1)
    due_at: datetime | None = None
    time_zone: str = ""
    classroom: str = ""
    is_held: bool = False

    @property
    def own_minutes(self) -> int | None:
        """Return the minutes that are set, as long as this learner has them."""
        return self.minutes and round(self.minutes * self.time_factor)


FREE = Ruling()


class Rules(Protocol):
    """The module that settings.QUIZ_RULES names."""

    def of_quiz(self, user_id: int, course: str, quiz: str) -> Ruling:
        """Return on what terms a learner sits a quiz."""

    def held_quizzes(self, user_id: int, course: str) -> Collection[str]:
        """Return the quizzes whose exam a learner still has to sit: no key of theirs is shown."""

    def teaches(self, user_id: int, course: str) -> bool:
        """Return whether somebody teaches the course to others."""


def rules() -> Rules:
    return cast("Rules", import_module(settings.QUIZ_RULES))
