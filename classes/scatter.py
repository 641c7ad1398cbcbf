"""Lays out the plot of difficulty against discrimination. Pure: percents in, places out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 400, 312  # of the drawing, in its own units
LEFT, RIGHT, TOP, BOTTOM = 50, 388, 10, 262  # edges of the field
STEP = 20  # percent from one line to the next
LOWEST = -20  # percent: the field reaches lower only where a question does


@dataclass(frozen=True, slots=True)
class Point:
    """A question: its number in the table, and where it stands."""

    number: int
    x: int
    y: int
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the grid, with what it stands for."""

    percent: int
    at: int


@dataclass(frozen=True, slots=True)
class Scatter:
    """What is drawn, and the edges of the field for what stands beside it."""

    points: Sequence[Point]
    columns: Sequence[Line]
    rows: Sequence[Line]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    bottom: int = BOTTOM

    @property
    def middle(self) -> tuple[int, int]:
        """Return the middle of the field."""
        return (LEFT + RIGHT) // 2, (TOP + BOTTOM) // 2

    @property
    def zero(self) -> int:
        """Return the height of no discrimination."""
        return next(one.at for one in self.rows if one.percent == 0)


@dataclass(frozen=True, slots=True)
class Place:
    """What a question is drawn by, in percent."""

    number: int
    facility: float
    discrimination: float
    is_flagged: bool


def scatter(places: Iterable[Place]) -> Scatter:
    """Return the plot; flagged questions come last, so that they lie on top."""
    found = sorted(places, key=lambda one: (one.is_flagged, one.number))
    lowest = LOWEST
    while any(one.discrimination < lowest for one in found):
        lowest -= STEP
    points = [
        Point(one.number, _across(one.facility), _up(one.discrimination, lowest), one.is_flagged)
        for one in found
    ]
    columns = [Line(percent, _across(percent)) for percent in range(0, 101, STEP)]
    rows = [Line(percent, _up(percent, lowest)) for percent in range(lowest, 101, STEP)]
    return Scatter(points, columns, rows)


def _across(percent: float) -> int:
    return round(LEFT + (RIGHT - LEFT) * percent / 100)


def _up(percent: float, lowest: int) -> int:
    return round(BOTTOM - (BOTTOM - TOP) * (percent - lowest) / (100 - lowest))
