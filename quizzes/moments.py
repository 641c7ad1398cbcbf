"""Means, spreads and shapes of numbers that are counted, not listed. Pure.

Sums are exact (fsum), so that the order of the counts, and with it the database, does not matter.
What is not defined (too few numbers, nothing varies) is None.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

Counts = Mapping[float, int]  # how often each number occurs, at least one of them
Joint = Mapping[tuple[float, float], int]  # how often two numbers occur together
CLOSE = 1e-9  # forgives the rounding of sums: what varies by less does not vary


def first(joint: Joint) -> Counts:
    """Return the counts of the first numbers alone."""
    found: Counter[float] = Counter()
    for (number, _), count in joint.items():
        found[number] += count
    return found


def second(joint: Joint) -> Counts:
    """Return the counts of the second numbers alone."""
    found: Counter[float] = Counter()
    for (_, number), count in joint.items():
        found[number] += count
    return found


def mean(counts: Counts) -> float:
    """Return the mean."""
    return math.fsum(one * count for one, count in counts.items()) / sum(counts.values())


def variance(counts: Counts) -> float | None:
    """Return the variance of the sample, over n - 1."""
    n, middle = sum(counts.values()), mean(counts)
    if n <= 1:
        return None
    return math.fsum(count * (one - middle) ** 2 for one, count in counts.items()) / (n - 1)


def covariance(joint: Joint) -> float | None:
    """Return the covariance of the sample, over n - 1."""
    n, x, y = sum(joint.values()), mean(first(joint)), mean(second(joint))
    if n <= 1:
        return None
    parts = (count * (one - x) * (other - y) for (one, other), count in joint.items())
    return math.fsum(parts) / (n - 1)


def aligned(joint: Joint) -> Joint:
    """Return the pairs there would be were both lists sorted: the most they could go together."""
    left = sorted(first(joint).items(), reverse=True)
    right = sorted(second(joint).items(), reverse=True)
    found: dict[tuple[float, float], int] = {}
    while left:
        (one, ones), (other, others) = left.pop(), right.pop()
        found[one, other] = count = min(ones, others)
        if ones > count:
            left.append((one, ones - count))
        if others > count:
            right.append((other, others - count))
    return found


def median(counts: Counts) -> float:
    """Return the middle number, or the mean of the two in the middle."""
    n, below, middle = sum(counts.values()), 0, []
    for one in sorted(counts):
        ranks = range(below, below + counts[one])
        middle += [one for rank in ((n - 1) // 2, n // 2) if rank in ranks]
        below += counts[one]
    return sum(middle) / 2


def skewness(counts: Counts) -> float | None:
    """Return k3 / k2^1.5 (Fisher's k-statistics): below 0 the low numbers reach further."""
    n, k2 = sum(counts.values()), variance(counts)
    if n <= 2 or k2 is None or k2 < CLOSE:  # noqa: PLR2004 - n - 2 divides
        return None
    k3 = n * n * _central(counts, 3) / ((n - 1) * (n - 2))
    return float(k3 / k2**1.5)


def kurtosis(counts: Counts) -> float | None:
    """Return k4 / k2² (Fisher's k-statistics): above 0 there are more far out than in a normal."""
    n, k2 = sum(counts.values()), variance(counts)
    if n <= 3 or k2 is None or k2 < CLOSE:  # noqa: PLR2004 - n - 3 divides
        return None
    m2, m4 = _central(counts, 2), _central(counts, 4)
    k4 = n * n * ((n + 1) * m4 - 3 * (n - 1) * m2 * m2) / ((n - 1) * (n - 2) * (n - 3))
    return k4 / k2**2


def _central(counts: Counts, power: int) -> float:
    n, middle = sum(counts.values()), mean(counts)
    return math.fsum(count * (one - middle) ** power for one, count in counts.items()) / n


def thirds(counts: Counts) -> dict[float, int]:
    """Return the third in which each number lies: 0 lower, 1 middle, 2 upper.

    Equal numbers stay together, by the middle of their ranks, so thirds may differ in size; on the
    edge of the middle third they lie outside.
    """
    n, below, found = sum(counts.values()), 0, {}
    for one in sorted(counts):
        middle = 2 * below + counts[one]  # of the ranks, twice
        found[one] = 0 if 3 * middle <= 2 * n else 2 if 3 * middle >= 4 * n else 1
        below += counts[one]
    return found
