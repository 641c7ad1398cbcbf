"""Turns columns and rows of a drawing into points of the picture."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from content.rendering.diagrams.boxes import Picture
from content.rendering.diagrams.grid import Kind

COLUMN: Final = 8  # width of a column, in user units (pixels at full size)
TALL: Final = 20  # height of a row with words or arrow heads
LOW: Final = 14  # height of a row of lines only
MARGIN: Final = 6
RADIUS: Final = 6


@dataclass(frozen=True, slots=True)
class Frame:
    """Where rows begin. Halves count half cells, so that 2 * n + 1 is the middle of cell n."""

    columns: int
    tops: tuple[int, ...]  # one more than there are rows

    @property
    def width(self) -> int:
        return self.columns * COLUMN + 2 * MARGIN

    @property
    def height(self) -> int:
        return self.tops[-1] + MARGIN

    def x(self, half: int) -> float:
        return half * COLUMN / 2 + MARGIN

    def y(self, half: int) -> float:
        last = len(self.tops) - 1
        return (self.tops[min(half // 2, last)] + self.tops[min((half + 1) // 2, last)]) / 2

    def row_height(self, row: int) -> int:
        """The height of a row; 0 outside the drawing."""
        inside = 0 <= row < len(self.tops) - 1
        return self.tops[row + 1] - self.tops[row] if inside else 0


def frame_of(picture: Picture) -> Frame:
    """The frame of a drawing: rows that hold only lines are lower."""
    tall = {Kind.TEXT, Kind.HEAD}
    heights = [TALL if any(run.kind in tall for run in row) else LOW for row in picture.grid.rows]
    return Frame(picture.grid.columns, tuple(accumulate(heights, initial=MARGIN)))


def middle(cell: int) -> int:
    """The half in the middle of a column or row."""
    return 2 * cell + 1


def number(value: float) -> str:
    """A coordinate as short as SVG allows, to a tenth."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
