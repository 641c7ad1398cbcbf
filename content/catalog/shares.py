"""Divides a whole number by weights."""

from __future__ import annotations

from collections.abc import Mapping


def shares(total: int, weights: Mapping[int, int]) -> dict[int, int]:
    """Return how many of `total` fall to each key, by the method of largest remainders.

    The shares add up to `total`; equal remainders go to the smaller key. Weights are positive
    whole numbers of any sum.
    """
    whole = sum(weights.values())
    exact = {key: divmod(total * weight, whole) for key, weight in weights.items()}
    found = {key: quotient for key, (quotient, _) in exact.items()}
    by_remainder = sorted(exact, key=lambda key: (-exact[key][1], key))
    for key in by_remainder[: total - sum(found.values())]:
        found[key] += 1
    return found
