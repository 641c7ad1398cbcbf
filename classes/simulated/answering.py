"""What simulated learners pick: harder questions are missed more, some wrong choices lure. Pure."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from functools import lru_cache

from classes.simulated.people import chance
from content.catalog.questions import Question
from quizzes import grading
from quizzes.grading import Picked

HARDNESS = {1: -1.1, 2: 0.0, 3: 0.8}  # logits, of the author's three steps
ODD_ONES = 0.04  # of questions are answered better by the weaker, as a wrong key would make it
SLIP = 0.02  # of answers stay blank
SECONDS = (25, 110)  # at a question


@dataclass(frozen=True, slots=True)
class Item:
    """How a question behaves: the chance to be right is guess + (1 - guess) * logistic.

    Three-parameter logistic model; `lures` weigh the choices when somebody is wrong.
    """

    hardness: float
    steepness: float
    guess: float
    lures: tuple[float, ...]

    def chance_at(self, ability: float) -> float:
        rise = 1 / (1 + math.exp(-self.steepness * (ability - self.hardness)))
        return self.guess + (1 - self.guess) * rise


@lru_cache(maxsize=4096)
def item(question: Question, seed: int) -> Item:
    """Return how a question behaves in the class of a seed."""
    drawn = chance(seed, "item", question.id)
    steepness = drawn.lognormvariate(0.15, 0.3)
    if drawn.random() < ODD_ONES:
        steepness = -0.6
    return Item(
        hardness=HARDNESS.get(question.difficulty, 0.0) + drawn.gauss(0, 0.7),
        steepness=steepness,
        guess=1 / len(question.choices) if question.kind == "single" else 0.05,
        lures=tuple(drawn.random() ** 2 + 0.02 for _ in question.choices),
    )


def pick(question: Question, behaviour: Item, ability: float, drawn: random.Random) -> Picked:
    """Return an answer in the shape that belongs to the question's kind."""
    if drawn.random() < SLIP:
        return None
    if drawn.random() < behaviour.chance_at(ability):
        return right(question)
    return _wrong(question, behaviour, drawn)


def right(question: Question) -> Picked:
    if question.kind == "short":
        return next(one.shown for one in question.choices if one.is_right)
    if question.kind in ("ordering", "matching"):
        return list(range(len(question.choices)))
    return [place for place, one in enumerate(question.choices) if one.is_right]


def _wrong(question: Question, behaviour: Item, drawn: random.Random) -> Picked:
    places = range(len(question.choices))
    if question.kind == "short":
        foreseen = [one.shown for one in question.choices if not one.is_right]
        return drawn.choice([*foreseen, "?"])
    if question.kind in ("ordering", "matching"):
        moved = list(places)
        one = drawn.randrange(len(moved))
        other = (one + 1) % len(moved)
        moved[one], moved[other] = moved[other], moved[one]
        return moved
    keys = [place for place in places if question.choices[place].is_right]
    baits = [place for place in places if place not in keys]
    if not baits:
        return keys[1:]
    bait = drawn.choices(baits, [behaviour.lures[one] for one in baits])[0]
    keys.remove(drawn.choice(keys))
    return sorted([*keys, bait])


def credit(question: Question, picked: Picked) -> float:
    """Return what the answer is worth, as the site marks it."""
    return _credit(question, tuple(picked) if isinstance(picked, list) else picked)


@lru_cache(maxsize=65536)
def _credit(question: Question, picked: tuple[int, ...] | str | None) -> float:
    return grading.mark(question, list(picked) if isinstance(picked, tuple) else picked).credit
