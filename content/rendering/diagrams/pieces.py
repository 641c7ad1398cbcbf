"""The movable parts of a drawing while it is being mended: pieces of rows, edges, open boxes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from content.rendering.diagrams.grid import Kind, Run


class Side(Enum):
    """Which edge of a box, and the characters that may stand for it."""

    LEFT = "│├┼└"
    RIGHT = "│┤┼┘"
    DIVIDER = "│┼┴├┤"


@dataclass(slots=True, eq=False)
class OpenBox:
    """A box from its top row on; the bottom grows until its └ ┘ is met."""

    left: int
    right: int
    top: int
    bottom: int

    def surrounds(self, other: OpenBox) -> bool:
        return (
            self.left < other.left
            and other.right < self.right
            and self.top < other.top
            and other.bottom < self.bottom
        )


@dataclass(slots=True, eq=False)
class Edge:
    """A column in which every row must have an upright while the box is open."""

    column: int
    side: Side
    box: OpenBox
    headings: int = 0
    may_head: bool = True  # the rows so far had no words, or headings
    padding: int = 0  # columns that its words are moved off it


@dataclass(slots=True, eq=False)
class Piece:
    """A run that may move: `source` is where it was drawn, `column` where it goes."""

    text: str
    width: int
    kind: Kind
    column: int
    source: int | None = None  # None: it was not drawn
    drawn_width: int = 0
    edge: Edge | None = None
    is_heading: bool = False

    @classmethod
    def of(cls, run: Run) -> Piece:
        return cls(run.text, run.width, run.kind, run.column, run.column, run.width)

    @property
    def end(self) -> int:
        return self.column + self.width

    def touched(self, after: Piece) -> bool:
        """Whether the source had the other piece right after this one."""
        if self.end == after.column:
            return True
        if self.source is None or after.source is None:
            return False
        return self.source + self.drawn_width == after.source


@dataclass(slots=True)
class Sheet:
    """All rows of a drawing, the boxes found in it and the columns that it lacks."""

    rows: list[list[Piece]]
    boxes: list[OpenBox] = field(default_factory=list)
    lacking: dict[int, int] = field(default_factory=dict)  # before this column, so many more

    def lack(self, column: int, columns: int) -> None:
        """Ask for more columns before one; the largest wish is granted."""
        if columns > 0:
            self.lacking[column] = max(self.lacking.get(column, 0), columns)
