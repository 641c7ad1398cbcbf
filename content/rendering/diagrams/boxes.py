"""Finds the boxes of a drawing, which box stands in which, and whose words are whose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from content.rendering.diagrams.grid import Cell, DrawingError, Grid, Kind, Run, read

# Boxes are compared with each other and with every word; real drawings need a hundredth of this.
WORK_LIMIT: Final = 400_000
TOP_AND_BOTTOM: Final = frozenset("─┬┴┼▼▲")
SIDES: Final = frozenset("│├┤┼▶◀►◄")


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """A closed rectangle; its edges are columns and rows of the grid, both ends included."""

    left: int
    top: int
    right: int
    bottom: int
    depth: int = 0
    boxes: tuple[Box, ...] = ()
    words: tuple[Run, ...] = ()

    @property
    def area(self) -> int:
        return (self.right - self.left) * (self.bottom - self.top)

    def holds(self, column: int, row: int) -> bool:
        """Whether a cell lies inside, not on the border."""
        return self.left < column < self.right and self.top < row < self.bottom


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing that has been understood: its grid, its outermost boxes and the words outside."""

    grid: Grid
    boxes: tuple[Box, ...]
    words: tuple[Run, ...]
    labels: frozenset[Cell]  # cells of words that sit in a border: ──── title ────

    def all_boxes(self) -> Iterator[Box]:
        """Every box, a parent before the boxes in it."""
        waiting = list(reversed(self.boxes))
        while waiting:
            box = waiting.pop()
            yield box
            waiting.extend(reversed(box.boxes))


def understand(text: str) -> Picture:
    """Read a drawing; raises DrawingError when it is too large or has too many boxes."""
    grid = read(text)
    labels = border_labels(grid)
    found = sorted(closed_boxes(grid, labels), key=lambda box: box.area, reverse=True)
    words = list(grid.runs(Kind.TEXT))
    if len(found) * (len(found) + len(words)) > WORK_LIMIT:
        raise DrawingError(
            f"This cannot be drawn: {len(found)} boxes and {len(words)} texts are too many for "
            "one drawing: split it."
        )
    return _nested(grid, found, words, labels)


def border_labels(grid: Grid) -> frozenset[Cell]:
    """The cells of words that interrupt a line."""
    return frozenset(
        (column, word.row)
        for row in grid.rows
        for before, word, after in zip(row, row[1:], row[2:], strict=False)
        if word.kind is Kind.TEXT and before.kind is Kind.LINE and after.kind is Kind.LINE
        for column in range(before.end, after.column)
    )


def closed_boxes(grid: Grid, labels: frozenset[Cell]) -> Iterator[Box]:
    """Every ┌ whose four sides meet again."""
    for (left, top), character in grid.cells.items():
        if character == "┌":
            box = _box_from(grid, labels, left, top)
            if box is not None:
                yield box


def _box_from(grid: Grid, labels: frozenset[Cell], left: int, top: int) -> Box | None:
    def lies(column: int, row: int) -> bool:
        return grid.cells.get((column, row)) in TOP_AND_BOTTOM or (column, row) in labels

    right, bottom = left + 1, top + 1
    while lies(right, top):
        right += 1
    while grid.cells.get((left, bottom)) in SIDES:
        bottom += 1
    corners = ((right, top, "┐"), (left, bottom, "└"), (right, bottom, "┘"))
    if any(grid.cells.get((column, row)) != corner for column, row, corner in corners):
        return None
    stands = all(grid.cells.get((right, row)) in SIDES for row in range(top + 1, bottom))
    if stands and all(lies(column, bottom) for column in range(left + 1, right)):
        return Box(left, top, right, bottom)
    return None


def _nested(
    grid: Grid, found: Sequence[Box], words: Sequence[Run], labels: frozenset[Cell]
) -> Picture:
    """Put boxes into boxes; `found` goes from large to small, so the last fit is the tightest."""
    inside: list[list[int]] = [[] for _ in range(len(found) + 1)]  # the last is the paper itself
    said: list[list[Run]] = [[] for _ in range(len(found) + 1)]
    for k, box in enumerate(found):
        parents = [p for p in range(k) if _surrounds(found[p], box)]
        inside[parents[-1] if parents else -1].append(k)
    for word in words:
        owners = [p for p, box in enumerate(found) if box.holds(word.column, word.row)]
        said[owners[-1] if owners else -1].append(word)

    def build(k: int, depth: int) -> Box:
        box = found[k]
        kids = tuple(build(kid, depth + 1) for kid in sorted(inside[k], key=place))
        return Box(box.left, box.top, box.right, box.bottom, depth, kids, tuple(said[k]))

    def place(k: int) -> Cell:
        return found[k].top, found[k].left

    outer = tuple(build(k, 0) for k in sorted(inside[-1], key=place))
    return Picture(grid, outer, tuple(said[-1]), labels)


def _surrounds(outer: Box, inner: Box) -> bool:
    return (
        outer.left < inner.left
        and inner.right < outer.right
        and outer.top < inner.top
        and inner.bottom < outer.bottom
    )
