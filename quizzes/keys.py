"""Which choice of a question is which after its author edited it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from content.catalog.questions import Question
from quizzes.grading import NOTHING, Picked


def same_choices(asked: Question, today: Question) -> list[int] | None:
    """Return the place today of each choice as it was asked; None when they are other choices.

    Choices are known by their words; one whose words were mended is known by its place.
    """
    if asked.kind != today.kind or len(asked.choices) != len(today.choices):
        return None
    if asked.kind == "short":
        return list(range(len(asked.choices)))
    words = [dict(one.labels) for one in today.choices]
    found = [
        words.index(dict(one.labels)) if dict(one.labels) in words else None
        for one in asked.choices
    ]
    mended = [place for place, one in enumerate(found) if one is None]
    if any(place in found for place in mended):
        return None
    return [place if one is None else one for place, one in enumerate(found)]


def moved(picked: Picked, places: Sequence[int], question: Question) -> Picked:
    """Return what was picked in terms of the choices as they stand today."""
    if not isinstance(picked, list):
        return picked
    if question.kind in ("single", "multiple"):
        return [places[one] for one in picked]
    after = [NOTHING] * len(places)
    for old, new in enumerate(places[: len(picked)]):
        chosen = picked[old]
        is_choice = question.kind == "matching" and chosen != NOTHING
        after[new] = places[chosen] if is_choice else chosen
    return after
