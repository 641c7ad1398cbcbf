"""Estimates how ready a learner is for the exam, with how sure that is. Pure: answers in, odds out.

The method, its assumptions and why they were chosen: docs/readiness.md. Each domain has a belief,
a tuple of GRID weights that add up to 1: how probable it is that the share of the domain's exam
questions which the learner would get right lies in each of GRID equal cells from 0 to 1.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import pairwise
from operator import mul

HALF_LIFE = 60.0  # days until an answer is worth half of one given today
STEP = 2.0  # a step of difficulty divides the odds of a right answer by this
MIX = {1: 0.15, 2: 0.50, 3: 0.35}  # of difficulties in the exam: as the bank has them, rounded
LOW, MIDDLE, HIGH = 0.05, 0.50, 0.95  # an interval of 90 percent and its median
ENOUGH_IN_DOMAIN = 8.0  # answers of today: fewer leave more than half of the scale open
ENOUGH = 30.0  # answers of today, before anything is said about the whole
ENOUGH_OF_EXAM = 0.5  # share of the scored questions that lie in domains with enough answers
PRIOR = 2.0  # answers: how much the prior weighs, whose mean is the pass mark
GRID = 200  # cells from 0 to 1
SHARES = tuple((cell + 0.5) / GRID for cell in range(GRID))  # the middles of the cells
CLOSE = 1e-9  # forgives the rounding of sums

Belief = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One answer. `difficulty` is 1, 2 or 3, `age_days` counts from the answer to now."""

    domain: int
    question: str
    difficulty: int
    is_right: bool
    age_days: float


@dataclass(frozen=True, slots=True)
class Range:
    """Shares or probabilities from 0 to 1: low <= middle <= high, with 90 percent inside."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class DomainEstimate:
    """The share of the domain's exam questions the learner would get right today.

    `answers` are the questions that count. `share` is None until there are enough; `needed` says
    how many more answers of today that takes, and is 0 when `share` is known.
    """

    domain: int
    answers: int
    needed: int
    share: Range | None


@dataclass(frozen=True, slots=True)
class Gain:
    """What halving the mistakes in a domain would do: the new chance, and `rise` of its middle."""

    domain: int
    passing: Range
    rise: float


@dataclass(frozen=True, slots=True)
class Readiness:
    """All there is to say, the domains in the order they were given.

    `answers` are the questions that count; `repeated` of them had been answered before, so they
    measure memory too. `passing.middle` is the probability to pass, `low` and `high` are what it
    would be at the ends of what the learner's ability may be. Until there are enough answers it is
    None and `gains` is empty; `needed` is how many more answers of today that takes, and when that
    is 0, the known domains are too small a part of the exam. `gains` has the known domains, the
    largest rise first.
    """

    domains: tuple[DomainEstimate, ...]
    answers: int
    repeated: int
    needed: int
    passing: Range | None
    gains: tuple[Gain, ...]


def readiness(
    evidence: Iterable[Evidence], counts: Mapping[int, int], pass_share: float
) -> Readiness:
    """Return what the answers say about the exam, whatever their order.

    `counts` are the scored questions of each domain, `pass_share` is the share of them that
    passes, between 0 and 1. Answers in other domains are left out; the latest of a question counts.
    """
    given = [one for one in evidence if one.domain in counts]
    latest = _latest(given)
    times = Counter(one.question for one in given)
    by_domain = {domain: [one for one in latest if one.domain == domain] for domain in counts}
    domains = tuple(estimate(domain, answers, pass_share) for domain, answers in by_domain.items())
    known = [one.domain for one in domains if one.share]
    needed = _lacking(latest, ENOUGH)
    is_enough = not needed and _is_enough_of_exam(known, counts)
    beliefs = {domain: belief(of, pass_share) for domain, of in by_domain.items()}
    return Readiness(
        domains=domains,
        answers=len(latest),
        repeated=sum(times[one.question] > 1 for one in latest),
        needed=needed,
        passing=passing(beliefs, counts, pass_share) if is_enough else None,
        gains=_gains(known, beliefs, counts, pass_share) if is_enough else (),
    )


def estimate(domain: int, answers: Sequence[Evidence], pass_share: float) -> DomainEstimate:
    """Return the estimate of a domain from its answers, at most one for each question."""
    needed = _lacking(answers, ENOUGH_IN_DOMAIN)
    if needed:
        return DomainEstimate(domain, len(answers), needed, None)
    found = belief(answers, pass_share)
    share = Range(*(quantile(found, level) / GRID for level in (LOW, MIDDLE, HIGH)))
    return DomainEstimate(domain, len(answers), 0, share)


def belief(answers: Iterable[Evidence], pass_share: float, step: float = STEP) -> Belief:
    """Return what to believe of a domain: a weak prior that leans to neither side, and the answers.

    With `step` 1 it is a Beta: (PRIOR * pass_share + aged right answers, PRIOR * (1 - pass_share)
    + aged wrong answers).
    """
    aged: defaultdict[tuple[int, bool], list[float]] = defaultdict(list)
    for one in answers:
        aged[one.difficulty, one.is_right].append(_worth(one))
    logs = [*_prior(pass_share)]
    for kind in sorted(aged):
        worth = math.fsum(aged[kind])  # exact, so the order of the answers does not matter
        logs = [log + worth * more for log, more in zip(logs, _logs(step)[kind], strict=True)]
    most = max(logs)
    weights = [math.exp(log - most) for log in logs]
    whole = math.fsum(weights)
    return tuple(weight / whole for weight in weights)


def quantile(weights: Sequence[float], level: float) -> float:
    """Return the place, in cells from the left, that has `level` of the weight to its left."""
    target = level * math.fsum(weights)
    below = 0.0
    for place, weight in enumerate(weights):
        if below + weight >= target:
            return place + (target - below) / weight
        below += weight
    return float(len(weights))


def passing(beliefs: Mapping[int, Belief], counts: Mapping[int, int], pass_share: float) -> Range:
    """Return the probability to reach the pass mark, and what it is at either end of the ability.

    `beliefs` has each domain of `counts`; there is at least one scored question.
    """
    total = sum(counts.values())
    need = math.ceil(pass_share * total - CLOSE)
    scores = reduce(_convolved, [_scores(beliefs[one], counts[one]) for one in counts])
    abilities = reduce(_convolved, [_spread(beliefs[one], counts[one] / total) for one in counts])
    middle = min(1.0, math.fsum(scores[need:]))
    places = (quantile(abilities, level) - 0.5 for level in (LOW, HIGH))  # they stand at 0, 1, 2...
    low, high = (_chance(min(1.0, max(0.0, one / GRID)), total, need) for one in places)
    return Range(min(low, middle), middle, max(high, middle))


def _latest(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return the latest answer of each question; of two at one moment, the wrong one."""
    found: dict[str, Evidence] = {}
    for one in sorted(evidence, key=_newest_last):
        found[one.question] = one
    return list(found.values())


def _newest_last(one: Evidence) -> tuple[float, bool, int, int]:
    return -one.age_days, not one.is_right, one.domain, one.difficulty


def _worth(one: Evidence) -> float:
    """Return what an answer is worth: 1 today, half after each half-life."""
    return math.exp2(-max(0.0, one.age_days) / HALF_LIFE)


def _lacking(answers: Iterable[Evidence], enough: float) -> int:
    """Return how many answers of today are lacking."""
    return max(0, math.ceil(enough - math.fsum(map(_worth, answers))))


def _is_enough_of_exam(known: Iterable[int], counts: Mapping[int, int]) -> bool:
    total = sum(counts.values())
    return total > 0 and sum(counts[one] for one in known) >= ENOUGH_OF_EXAM * total


def _gains(
    known: Iterable[int], beliefs: Mapping[int, Belief], counts: Mapping[int, int], mark: float
) -> tuple[Gain, ...]:
    now, found = passing(beliefs, counts, mark).middle, []
    for domain in known:
        then = passing({**beliefs, domain: _halved(beliefs[domain])}, counts, mark)
        found.append(Gain(domain, then, then.middle - now))
    return tuple(sorted(found, key=lambda one: (-round(one.rise, 9), one.domain)))


def _halved(weights: Belief) -> Belief:
    """Return the belief when half of what would be wrong is right: s becomes (1 + s) / 2."""
    upper = (one + other for one, other in zip(weights[::2], weights[1::2], strict=True))
    return (*[0.0] * (GRID // 2), *upper)


@lru_cache(maxsize=16)
def _prior(mean: float) -> Sequence[float]:
    """Return the logarithm of the weight of each cell in a Beta, but for a constant.

    The two factors of its density are integrated over the cell, since one is infinite at its end.
    """
    right, wrong = PRIOR * mean, PRIOR * (1 - mean)
    edges = [cell / GRID for cell in range(GRID + 1)]
    return [
        math.log(to**right - at**right) + math.log((1 - at) ** wrong - (1 - to) ** wrong)
        for at, to in pairwise(edges)
    ]


@lru_cache(maxsize=4)
def _logs(step: float) -> Mapping[tuple[int, bool], Sequence[float]]:
    """Return the logarithm of the chance of each kind of answer, for each cell's middle."""
    odds = [_odds(share, step) for share in SHARES]
    found = {}
    for level in MIX:
        rates = [_rate(one, level, step) for one in odds]
        found[level, True] = [math.log(rate) for rate in rates]
        found[level, False] = [math.log1p(-rate) for rate in rates]
    return found


def _rate(odds: float, difficulty: int, step: float) -> float:
    """Return the chance to be right, given the odds at difficulty 2."""
    here = odds * step ** (2 - difficulty)
    return here / (1 + here)


def _odds(share: float, step: float) -> float:
    """Return the odds at difficulty 2 of somebody who gets `share` of the exam's mix right."""
    least, most = -20.0, 20.0  # logarithms
    for _ in range(60):
        middle = (least + most) / 2
        mean = sum(part * _rate(math.exp(middle), level, step) for level, part in MIX.items())
        least, most = (middle, most) if mean < share else (least, middle)
    return math.exp(middle)


def _scores(weights: Belief, questions: int) -> list[float]:
    """Return the probability of each number of right answers, from 0 to `questions`."""
    return [sum(map(mul, weights, row)) for row in _binomial(questions)]


@lru_cache(maxsize=64)
def _binomial(questions: int) -> Sequence[Sequence[float]]:
    return [
        [math.comb(questions, n) * one**n * (1 - one) ** (questions - n) for one in SHARES]
        for n in range(questions + 1)
    ]


def _spread(weights: Belief, part: float) -> list[float]:
    """Return a belief on a scale where the whole exam is GRID long, and the domain `part` of it."""
    found = [0.0] * (math.ceil(part * GRID) + 2)
    for cell, weight in enumerate(weights):
        rest, place = math.modf((cell + 0.5) * part)
        found[int(place)] += weight * (1 - rest)
        found[int(place) + 1] += weight * rest
    return found


def _chance(share: float, questions: int, need: int) -> float:
    """Return the probability of at least `need` right answers."""
    return math.fsum(
        math.comb(questions, n) * share**n * (1 - share) ** (questions - n)
        for n in range(need, questions + 1)
    )


def _convolved(one: Sequence[float], other: Sequence[float]) -> list[float]:
    """Return the probabilities of the sum of two independent numbers."""
    size, beside, turned = len(other), [0.0] * (len(other) - 1), other[::-1]
    padded = [*beside, *one, *beside]
    places = range(len(one) + len(beside))
    return [sum(map(mul, padded[place : place + size], turned)) for place in places]
