"""Tells whose recent results lie clearly below their earlier ones. Pure: results in, drops out.

A learner is held against what the class makes of the same quizzes, so that a hard quiz is nobody's
fall. The difference of two shares is tested as usual, with a pooled variance.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

RECENT = timedelta(days=21)  # three weeks hold two or three quizzes at a usual pace
ENOUGH = 15  # questions before and since: with fewer, one lucky guess more moves a share by much
DROP = 0.15  # of all questions: a difference that is worth a talk, however sure it is
SURE = 2.0  # standard errors: of forty learners who do not fall, about one is named by chance
WEIGHT = 5.0  # results the mean of everybody counts for, beside those of the quiz itself


@dataclass(frozen=True, slots=True)
class Result:
    """The first closed attempt of a person at a quiz; of `out_of` questions, `points` right."""

    user: int
    quiz: str
    points: float
    out_of: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Fall:
    """Shares of questions right before and since, and how far it is against the class."""

    before: float
    since: float
    drop: float


def falls(results: Iterable[Result], now: datetime) -> Mapping[int, Fall]:
    """Return the falls by person."""
    given = [one for one in results if one.out_of]
    expected = _expected(given)
    by_user: defaultdict[int, list[Result]] = defaultdict(list)
    for one in given:
        by_user[one.user].append(one)
    found = {user: _fall(mine, expected, now) for user, mine in by_user.items()}
    return {user: fall for user, fall in found.items() if fall}


def _expected(results: Sequence[Result]) -> Mapping[str, float]:
    """Return the share right that is usual in each quiz; few results lean to the mean of all."""
    shares: defaultdict[str, list[float]] = defaultdict(list)
    for one in results:
        shares[one.quiz].append(one.points / one.out_of)
    every = [share for found in shares.values() for share in found]
    mean = math.fsum(every) / len(every) if every else 0.0
    return {
        quiz: (math.fsum(found) + WEIGHT * mean) / (len(found) + WEIGHT)
        for quiz, found in shares.items()
    }


def _fall(results: Sequence[Result], expected: Mapping[str, float], now: datetime) -> Fall | None:
    before = [one for one in results if one.at < now - RECENT]
    since = [one for one in results if one.at >= now - RECENT]
    asked, asked_since = _asked(before), _asked(since)
    if min(asked, asked_since) < ENOUGH:
        return None
    share, share_since = _points(before) / asked, _points(since) / asked_since
    gap = share - _usual(before, expected) / asked
    gap_since = share_since - _usual(since, expected) / asked_since
    drop = gap - gap_since
    pooled = (_points(before) + _points(since)) / (asked + asked_since)
    error = math.sqrt(pooled * (1 - pooled) * (1 / asked + 1 / asked_since))
    is_sure = drop >= SURE * error
    return Fall(share, share_since, drop) if drop >= DROP and is_sure else None


def _asked(results: Iterable[Result]) -> int:
    return sum(one.out_of for one in results)


def _points(results: Iterable[Result]) -> float:
    return math.fsum(one.points for one in results)


def _usual(results: Iterable[Result], expected: Mapping[str, float]) -> float:
    return math.fsum(expected[one.quiz] * one.out_of for one in results)
