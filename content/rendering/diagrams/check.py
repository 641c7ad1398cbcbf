"""Says why a drawing is not clean, so that its author can mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from content.rendering.diagrams.boxes import (
    SIDES,
    TOP_AND_BOTTOM,
    Picture,
    understand,
)
from content.rendering.diagrams.grid import ARMS, JOINTS, STEP, UPRIGHTS, Cell, DrawingError, Kind
from content.rendering.diagrams.svg import split_caption

PHONE_LIMIT: Final = 58  # columns that fit a phone without scrolling
SIDE_NAMES: Final = {"L": "left", "R": "right", "U": "above", "D": "below"}


class FaultKind(StrEnum):
    """How a drawing fails; WIDE alone may be left as it is."""

    SIZE = "size"  # too large to be drawn
    EMPTY = "empty"  # no line in it
    UNCLOSED = "unclosed"  # a box whose four sides do not meet
    TORN = "torn"  # a line that ends in nothing
    TIGHT = "tight"  # words or borders that touch a border
    WIDE = "wide"  # scrolls on a phone


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why a drawing is not clean; lines count from 1, columns in `what` as well."""

    line: int
    what: str
    kind: FaultKind


def faults(text: str) -> tuple[Fault, ...]:
    """Everything that is not clean, from top to bottom; empty for a clean drawing."""
    body = split_caption(text)[1]
    above = text[: len(text.rstrip()) - len(body)].count("\n")
    try:
        picture = understand(body)
    except DrawingError as error:
        return (Fault(above + 1, str(error), FaultKind.SIZE),)
    if not picture.grid.cells:
        return (Fault(above + 1, "There is no box and no line to draw.", FaultKind.EMPTY),)
    found = [*_unclosed(picture), *_torn(picture), *_tight(picture), *_wide(picture)]
    found.sort(key=lambda fault: (fault.line, fault.kind))
    return tuple(Fault(fault.line + above, fault.what, fault.kind) for fault in found)


def _fault(picture: Picture, cell: Cell, what: str, kind: FaultKind) -> Fault:
    return Fault(cell[1] + 1, f"Column {cell[0] + picture.grid.indent + 1}: {what}", kind)


def _unclosed(picture: Picture) -> Iterator[Fault]:
    """Every ┌───┐ that begins neither a box nor a branching line."""
    closed = {(box.left, box.top) for box in picture.all_boxes()}
    for (column, row), character in picture.grid.cells.items():
        if character != "┌" or (column, row) in closed:
            continue
        right = _top_right(picture, column, row)
        if right is not None and _means_box(picture, (column, row), right):
            what = "this box is not closed: " + _tear(picture, (column, row), right)
            yield _fault(picture, (column, row), what, FaultKind.UNCLOSED)


def _top_right(picture: Picture, left: int, row: int) -> int | None:
    cells = picture.grid.cells
    column = left + 1
    while cells.get((column, row)) in TOP_AND_BOTTOM or (column, row) in picture.labels:
        column += 1
    return column if cells.get((column, row)) == "┐" else None


def _means_box(picture: Picture, corner: Cell, right: int) -> bool:
    """A line from above that branches to both sides, ┌──┴──┐, means no box unless it has a └."""
    cells = picture.grid.cells
    is_branching = any(cells.get((c, corner[1])) in {"┴", "┼"} for c in range(corner[0], right))
    if not is_branching:
        return True
    return cells.get((corner[0], _side_end(picture, corner))) == "└"


def _side_end(picture: Picture, corner: Cell) -> int:
    """The first row below a corner that is not a side."""
    column, row = corner[0], corner[1] + 1
    while picture.grid.cells.get((column, row)) in SIDES:
        row += 1
    return row


def _tear(picture: Picture, corner: Cell, right: int) -> str:
    cells = picture.grid.cells
    bottom = _side_end(picture, corner)
    if cells.get((corner[0], bottom)) != "└":
        return f"its left border ends at line {bottom + 1}."
    other = _side_end(picture, (right, corner[1]))
    if other < bottom or cells.get((right, bottom)) in SIDES:
        return (
            f"its right border leaves column {right + picture.grid.indent + 1} at line {other + 1}."
        )
    return f"its bottom border on line {bottom + 1} does not reach from corner to corner."


def _torn(picture: Picture) -> Iterator[Fault]:
    """Every arm of a corner, branch or upright that has nothing beside it."""
    grid = picture.grid
    written = {
        (word.column + k, word.row) for word in grid.runs(Kind.TEXT) for k in range(word.width)
    }
    for (column, row), character in grid.cells.items():
        if character not in JOINTS:
            continue
        for arm in sorted(ARMS[character]):
            beside = column + STEP[arm][0], row + STEP[arm][1]
            if beside not in grid.cells and beside not in written:
                what = f"{character} meets nothing {SIDE_NAMES[arm]}."
                yield _fault(picture, (column, row), what, FaultKind.TORN)


def _tight(picture: Picture) -> Iterator[Fault]:
    cells = picture.grid.cells
    for word in picture.grid.runs(Kind.TEXT):
        beside = (word.column - 1, word.row), (word.end, word.row)
        if any(cells.get(cell) in UPRIGHTS for cell in beside):
            what = f"“{word.text}” touches a border; leave a space."
            yield _fault(picture, (word.column, word.row), what, FaultKind.TIGHT)
    seen: set[int] = set()
    for (column, row), character in sorted(cells.items(), key=lambda item: item[0][1]):
        touches = character in UPRIGHTS and cells.get((column + 1, row)) in UPRIGHTS
        if touches and column not in seen:
            seen.add(column)
            what = "two borders touch; leave a space between them."
            yield _fault(picture, (column, row), what, FaultKind.TIGHT)


def _wide(picture: Picture) -> Iterator[Fault]:
    grid = picture.grid
    if grid.columns > PHONE_LIMIT:
        row = next(r for r, runs in enumerate(grid.rows) if runs and runs[-1].end == grid.columns)
        what = (
            f"The drawing is {grid.columns} columns wide and scrolls on a phone; "
            f"{PHONE_LIMIT} columns fit."
        )
        yield Fault(row + 1, what, FaultKind.WIDE)
