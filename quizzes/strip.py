"""The strip of numbers above a question: every question of an attempt and how it stands."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes import grading
from quizzes.models import Answer, Attempt


@dataclass(frozen=True, slots=True)
class StripItem:
    """A question in the strip. An exam shows a hundred of them on every page.

    `state` is right, wrong, answered or open; `words` say it, and whether it is flagged.
    """

    position: int
    url: str
    state: str
    words: str
    is_flagged: bool
    is_current: bool

    @property
    def is_answered(self) -> bool:
        return self.state != "open"


def strip(attempt: Attempt, current: int | None = None) -> list[StripItem]:
    """Return every question of an attempt: one query."""
    rows = attempt.answer_set.order_by("position")
    words, url = state_words(), attempt_url(attempt.pk)
    return [
        item(row, url, words, is_current=row.position == current)
        for row in rows.only("position", "picked", "is_flagged", "credit", "attempt_id")
    ]


def current_item(row: Answer) -> StripItem:
    """Return the question that is looked at, alone."""
    return item(row, attempt_url(row.attempt_id), state_words(), is_current=True)


def item(row: Answer, url: str, words: dict[str, str], *, is_current: bool) -> StripItem:
    state = state_of(row)
    said = words[state] + (words["flagged"] if row.is_flagged else "")
    return StripItem(row.position, f"{url}{row.position}/", state, said, row.is_flagged, is_current)


def state_of(row: Answer) -> str:
    if row.credit is not None:
        return "right" if row.credit == 1 else "wrong"
    return "open" if grading.is_blank(row.picked) else "answered"


def state_words() -> dict[str, str]:
    """Return what stands after the number, for those who hear the page."""
    states = {
        "right": _("right"),
        "wrong": _("wrong"),
        "answered": _("answered"),
        "open": _("open"),
    }
    flagged = _("flagged")
    return {state: f": {word}" for state, word in states.items()} | {"flagged": f", {flagged}"}


def attempt_url(attempt_id: int) -> str:
    """Return the address that a question's number is put behind."""
    return reverse("quizzes:attempt", args=[attempt_id])
