"""What the answers of many learners say about questions and quizzes. Pure: counts in, figures out.

Formulas are Moodle's, the field's standard (question/classes/statistics/questions/calculator.php,
mod/quiz/report/statistics/classes/calculator.php, docs.moodle.org: Quiz statistics calculations).
Why these, and how to read them: docs/item-analysis.md. Every question is worth one point: M = 1.

S attempts at P questions; x is the credit of a question in an attempt, 0 to 1, an unanswered one 0;
T the points of the attempt, R = T - x its rest. A figure that is not defined (too few attempts,
nothing varies) is None.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from content.catalog.questions import Question
from quizzes import moments
from quizzes.moments import CLOSE, Counts, Joint

Tally = Joint  # how many attempts have a credit x and points T
Flag = Literal["negative", "low", "dubious", "easy", "hard"]

Z = 1.959964  # 95 percent of a normal distribution lie within so many deviations
GOOD = 40.0  # discrimination in percent of a question that tells much
# From here on the 95 % interval of a good discrimination leaves out 0, and that of a facility is at
# most 37 points wide. With fewer attempts a good question and a bad one look alike.
ENOUGH = 25
TOO_EASY = 95.0  # facility in percent: so few miss it that it cannot tell learners apart
LOW = 20.0  # discrimination in percent below which a question tells little (PrairieLearn's rule)
DUBIOUS = 15.0  # efficiency in percent (Moodle's rule)


@dataclass(frozen=True, slots=True)
class Interval:
    """Holds the true value in 95 of 100 cases; in percent."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """A question, in percent, from `n` attempts that asked it.

    facility        100 mean(x): how much of the credit was earned
    sd              100 sqrt(var x)
    discrimination  100 cov(x, R) / sqrt(var x · var R): do those who are right here do better
                    elsewhere? From -100 to 100
    efficiency      100 cov(x, R) / the most it could be, with both lists sorted
    """

    n: int
    facility: float
    facility_interval: Interval
    sd: float | None
    discrimination: float | None
    discrimination_interval: Interval | None
    efficiency: float | None


@dataclass(frozen=True, slots=True)
class Weight:
    """A question's part of the points, in percent: as meant, and of what makes attempts differ.

    intended   100 / P
    effective  100 sqrt(cov(x, T)) / sum of these roots, over questions whose covariance is not
               negative; None where it is (`is_negative`), or where nothing varies
    """

    intended: float
    effective: float | None
    is_negative: bool = False


@dataclass(frozen=True, slots=True)
class QuizFigures:
    """A quiz, from `n` attempts. Mean, median, sd and standard error are in points.

    skewness, kurtosis  k3 / k2^1.5 and k4 / k2², from Fisher's k-statistics; 0 for a normal
                        distribution
    reliability         100 P / (P - 1) · (1 - sum of var x / var T): Cronbach's alpha in percent,
                        Moodle's coefficient of internal consistency
    error_ratio         100 sqrt(1 - reliability / 100)
    standard_error      error_ratio / 100 · sd: by how much points may miss what somebody knows
    """

    n: int
    mean: float
    median: float
    sd: float | None
    skewness: float | None
    kurtosis: float | None
    reliability: float | None
    error_ratio: float | None
    standard_error: float | None


def item(tally: Tally) -> ItemFigures:
    """Return the figures of a question that was asked at least once."""
    earned, rest = moments.first(tally), _against_rest(tally)
    n, share, spread = sum(earned.values()), moments.mean(earned), moments.variance(earned)
    found = _correlation(rest)
    return ItemFigures(
        n=n,
        facility=100 * share,
        facility_interval=wilson(share, n),
        sd=None if spread is None else 100 * math.sqrt(spread),
        discrimination=None if found is None else 100 * found,
        discrimination_interval=None if found is None else fisher(found, n),
        efficiency=_efficiency(rest),
    )


def weights(tallies: Sequence[Tally]) -> list[Weight]:
    """Return the weights of all questions of a quiz, which all the same attempts were asked."""
    found = [moments.covariance(tally) or 0.0 for tally in tallies]
    even = [0.0 if abs(one) < CLOSE else one for one in found]
    roots = [None if one < 0 else math.sqrt(one) for one in even]
    whole = math.fsum(one for one in roots if one is not None)
    return [
        Weight(
            intended=100 / len(tallies),
            effective=100 * one / whole if one is not None and whole else None,
            is_negative=one is None,
        )
        for one in roots
    ]


def quiz(totals: Counts, tallies: Sequence[Tally] = ()) -> QuizFigures:
    """Return the figures of a quiz that was sat at least once.

    `totals` counts the points of the attempts. The reliability needs the `tallies` of all
    questions, and that every attempt was asked each of them.
    """
    spread = moments.variance(totals)
    sd = None if spread is None else math.sqrt(spread)
    reliability = _reliability(totals, tallies)
    ratio = None if reliability is None else 100 * math.sqrt(max(0.0, 1 - reliability / 100))
    return QuizFigures(
        n=sum(totals.values()),
        mean=moments.mean(totals),
        median=moments.median(totals),
        sd=sd,
        skewness=moments.skewness(totals),
        kurtosis=moments.kurtosis(totals),
        reliability=reliability,
        error_ratio=ratio,
        standard_error=None if ratio is None or sd is None else ratio / 100 * sd,
    )


def flags(figures: ItemFigures, guess: float) -> list[Flag]:
    """Return why somebody should look at a question; `guess` in percent. Few attempts: nothing.

    Little discrimination is chance as long as the interval still holds that of a good question.
    """
    if figures.n < ENOUGH:
        return []
    found: list[Flag] = []
    is_easy, inside = figures.facility > TOO_EASY, figures.discrimination_interval
    is_certain = inside is not None and inside.high < GOOD
    if figures.discrimination is not None and figures.discrimination < 0:
        found.append("negative")
    elif is_certain and not is_easy and (figures.discrimination or 0.0) < LOW:
        found.append("low")
    if is_certain and figures.efficiency is not None and 0 <= figures.efficiency < DUBIOUS:
        found.append("dubious")
    if is_easy:
        found.append("easy")
    if figures.facility < guess:
        found.append("hard")
    return found


def random_guess(question: Question) -> float:
    """Return what picking at random earns on average, in percent, by the kind of the question.

    One of n choices: 1/n. Several: one of the sets of as many choices as the question says are
    right (Moodle gives none, since it pays for parts and tells no number; we do neither). Steps
    and matches: one of the arrangements that use each once. Typed: nothing.
    """
    count = len(question.choices)
    if question.kind == "short":
        return 0.0
    if question.kind in ("single", "multiple"):
        return 100 / math.comb(count, question.right_count)
    alike = Counter(tuple(sorted(one.matches.items())) for one in question.choices)
    right = math.prod(map(math.factorial, alike.values())) if question.kind == "matching" else 1
    return 100 * right / math.factorial(count)


def wilson(share: float, n: int) -> Interval:
    """Return the interval of a share of n (Wilson 1927), in percent; holds near 0 and 1 too."""
    square = Z * Z / n
    middle = (share + square / 2) / (1 + square)
    half = Z * math.sqrt(max(0.0, share * (1 - share)) / n + square / (4 * n)) / (1 + square)
    return Interval(100 * max(0.0, middle - half), 100 * min(1.0, middle + half))


def fisher(correlation: float, n: int) -> Interval | None:
    """Return the interval of a correlation of n pairs (Fisher's z, 1921), in percent.

    It supposes a normal distribution, so it is a guide for right-or-wrong. None below four pairs
    and for a perfect correlation.
    """
    if n < 4 or abs(correlation) >= 1 - CLOSE:  # noqa: PLR2004 - it divides by the root of n - 3
        return None
    middle, half = math.atanh(correlation), Z / math.sqrt(n - 3)
    return Interval(100 * math.tanh(middle - half), 100 * math.tanh(middle + half))


def merged(tallies: Iterable[Tally]) -> Tally:
    """Return one tally of several: a question in all its versions."""
    found: Counter[tuple[float, float]] = Counter()
    for tally in tallies:
        found.update(tally)
    return found


def _against_rest(tally: Tally) -> Joint:
    """Return how often each credit came with each rest, the points of the other questions."""
    found: Counter[tuple[float, float]] = Counter()
    for (credit, total), count in tally.items():
        found[credit, total - credit] += count
    return found


def _correlation(rest: Joint) -> float | None:
    together = moments.covariance(rest)
    spreads = [moments.variance(one) for one in (moments.first(rest), moments.second(rest))]
    if together is None or any(one is None or one < CLOSE for one in spreads):
        return None
    whole = math.sqrt(math.prod(one for one in spreads if one is not None))
    return max(-1.0, min(1.0, together / whole))


def _efficiency(rest: Joint) -> float | None:
    together, most = moments.covariance(rest), moments.covariance(moments.aligned(rest))
    if together is None or most is None or most < CLOSE:
        return None
    return 100 * together / most


def _reliability(totals: Counts, tallies: Sequence[Tally]) -> float | None:
    n, p, spread = sum(totals.values()), len(tallies), moments.variance(totals)
    is_whole = p > 1 and all(sum(tally.values()) == n for tally in tallies)
    if not is_whole or spread is None or spread < CLOSE:
        return None
    within = [moments.variance(moments.first(tally)) or 0.0 for tally in tallies]
    return 100 * p / (p - 1) * (1 - math.fsum(within) / spread)
