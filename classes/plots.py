"""Lays out the plots of a class: bars and columns. Pure: figures in, places out.

A drawing is as wide as it is many columns, in its own units; the page scales it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 100
SLOT = 40  # from one column to the next
BAR = 28


@dataclass(frozen=True, slots=True)
class Bar:
    """A column: where it stands, the figure on it, and what stands below it."""

    x: int
    y: int
    width: int
    height: int
    middle: int
    value: int
    label: str


@dataclass(frozen=True, slots=True)
class Columns:
    """A plot of columns; `is_empty` when there is nothing to see."""

    bars: Sequence[Bar]
    width: int
    height: int
    most: int

    @property
    def is_empty(self) -> bool:
        return self.most == 0


def columns(values: Sequence[int], labels: Sequence[str]) -> Columns:
    """Return columns as high as their share of the highest; what is not 0 can be seen."""
    most = max(values, default=0)
    bars = []
    for place, (value, label) in enumerate(zip(values, labels, strict=True)):
        height = max(2, round(HEIGHT * value / most)) if value else 0
        x = place * SLOT + (SLOT - BAR) // 2
        bars.append(Bar(x, HEIGHT - height, BAR, height, x + BAR // 2, value, label))
    return Columns(bars, SLOT * len(bars), HEIGHT, most)
