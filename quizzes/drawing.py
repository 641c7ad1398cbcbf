"""Draws questions and puts them and their choices in an order. Pure: the seed decides."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from content.catalog.model import Exam
from content.catalog.questions import EXAM_KINDS, Question


@dataclass(frozen=True, slots=True)
class Drawn:
    """A question as it is asked: `order` are its choices as they stand on the screen."""

    question: Question
    order: tuple[int, ...]
    is_scored: bool = True


class TooFewQuestionsError(ValueError):
    """The bank has fewer questions of a domain than the exam has."""


def shuffled(questions: Collection[Question], seed: int) -> list[Drawn]:
    """Return the questions, and the choices of each, in an order drawn from the seed."""
    ordered = sorted(questions, key=lambda one: one.id)
    _chance(seed, "questions").shuffle(ordered)
    return [Drawn(one, choice_order(one, seed)) for one in ordered]


def choice_order(question: Question, seed: int) -> tuple[int, ...]:
    """Return the choices as they stand on the screen; steps to order never stand solved."""
    places = list(range(len(question.choices)))
    if question.kind == "short":
        return ()
    chance = _chance(seed, question.id)
    chance.shuffle(places)
    if question.kind == "ordering" and places == sorted(places):
        places.append(places.pop(0))
    return tuple(places)


def exam(questions: Collection[Question], exam: Exam, seed: int, *, unscored: bool) -> list[Drawn]:
    """Return an exam: its count of questions by the weights of the domains, exam kinds only.

    With `unscored`, as many of them as in the real exam do not count (DOP-C02: 10 of 75).
    Raises TooFewQuestionsError.
    """
    chosen: list[Question] = []
    for domain, count in exam.question_counts().items():
        pool = [one for one in questions if one.domain == domain and one.kind in EXAM_KINDS]
        if len(pool) < count:
            raise TooFewQuestionsError(f"domain {domain}: {len(pool)} of {count}")
        pool.sort(key=lambda one: one.id)
        chosen += _chance(seed, f"domain {domain}").sample(pool, count)
    drawn = shuffled(chosen, seed)
    return _with_unscored(drawn, exam.questions - exam.scored, seed) if unscored else drawn


def _with_unscored(drawn: Sequence[Drawn], count: int, seed: int) -> list[Drawn]:
    unscored = set(_chance(seed, "unscored").sample(range(len(drawn)), count))
    return [
        Drawn(one.question, one.order, is_scored=place not in unscored)
        for place, one in enumerate(drawn)
    ]


def _chance(seed: int, subject: str) -> random.Random:
    return random.Random(f"{seed} {subject}")  # noqa: S311 - shuffles questions, keeps no secret
