"""Turns the lines of a drawing that no box draws into merged strokes, bends and arrow heads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from content.rendering.diagrams.boxes import Box, Picture
from content.rendering.diagrams.frame import COLUMN, RADIUS, Frame, middle, number
from content.rendering.diagrams.grid import ARMS, BACK, HEADS, STEP, Cell

HEAD_LENGTH: Final = 8
HEAD_HALF: Final = 4.5
CORNERS: Final = frozenset("┌┐└┘")

Arm = tuple[int, int, str]  # column, row, direction


@dataclass(frozen=True, slots=True)
class Strokes:
    """Path data: `lines` connect things, `rules` divide a box, `heads` are filled triangles."""

    lines: str
    rules: str
    heads: str


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of half cells in one row (across) or one column."""

    across: bool
    track: int  # the row, or the column
    start: int
    stop: int

    def ends(self) -> tuple[Cell, Cell]:
        """The first and the last cell, where the span begins and stops in their middles."""
        first, last = (self.start - 1) // 2, (self.stop - 1) // 2
        if self.across:
            return (first, self.track), (last, self.track)
        return (self.track, first), (self.track, last)


@dataclass(slots=True)
class _Plan:
    """Half cells that lines cover, by row and by column, while they are being collected."""

    across: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    down: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    bends: list[tuple[int, int, str]] = field(default_factory=list)  # column, row, character

    def cover(self, column: int, row: int, arm: str) -> None:
        if arm in "LR":
            self.across[row].add(2 * column + (arm == "R"))
        else:
            self.down[column].add(2 * row + (arm == "D"))

    def spans(self) -> Iterator[_Span]:
        """Neighbouring half cells joined: first the rows, then the columns."""
        for across, tracks in ((True, self.across), (False, self.down)):
            for track, halves in sorted(tracks.items()):
                for start, stop in stretches(halves):
                    yield _Span(across, track, start, stop)


def stretches(places: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers that follow each other, as (first, last + 1)."""
    found: list[tuple[int, int]] = []
    for place in sorted(places):
        if found and found[-1][1] == place:
            found[-1] = found[-1][0], place + 1
        else:
            found.append((place, place + 1))
    return found


def strokes(picture: Picture, frame: Frame) -> Strokes:
    """Everything that is drawn beside boxes and words."""
    boxes = list(picture.all_boxes())
    cells = picture.grid.cells
    plan = _plan(cells, _borders(boxes))
    curves = {(column, row, arm): 0.0 for column, row, c in plan.bends for arm in ARMS[c]}
    dividers = _Dividers(boxes)
    lines: list[str] = []
    rules: list[str] = []
    for span in plan.spans():
        path = _straight(span, frame, curves)
        (rules if dividers.take(span) else lines).append(path)
    lines += [_bend(frame, bend, curves) for bend in plan.bends]
    heads = [_head(cells, frame, cell, HEADS[c]) for cell, c in cells.items() if c in HEADS]
    lines += [shaft for shaft, _ in heads]
    return Strokes("".join(lines), "".join(rules), "".join(triangle for _, triangle in heads))


def _borders(boxes: Iterable[Box]) -> set[Arm]:
    """The arms of line characters that the rectangles draw already."""
    done: set[Arm] = set()
    for box in boxes:
        for row in (box.top, box.bottom):
            done.update((c, row, arm) for c in range(box.left, box.right + 1) for arm in "LR")
        for column in (box.left, box.right):
            done.update((column, r, arm) for r in range(box.top, box.bottom + 1) for arm in "UD")
    return done


def _plan(cells: Mapping[Cell, str], drawn: set[Arm]) -> _Plan:
    plan = _Plan()
    for (column, row), character in cells.items():
        if character in HEADS:
            _reach(plan, cells, (column, row), BACK[HEADS[character]])
            continue
        arms = [arm for arm in ARMS[character] if (column, row, arm) not in drawn]
        for arm in arms:
            _reach(plan, cells, (column, row), arm)
        if character in CORNERS and len(arms) == len(ARMS[character]):
            plan.bends.append((column, row, character))
    return plan


def _reach(plan: _Plan, cells: Mapping[Cell, str], cell: Cell, arm: str) -> None:
    """Cover one arm, and the half cell beyond it where the line meets the side of another."""
    plan.cover(*cell, arm)
    beyond = cell[0] + STEP[arm][0], cell[1] + STEP[arm][1]
    neighbour = cells.get(beyond, "")
    if neighbour in ARMS and BACK[arm] not in ARMS[neighbour]:
        plan.cover(*beyond, BACK[arm])


class _Dividers:
    """Tells the lines that divide a box, from border to border, from those that connect."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        self.begins: set[tuple[bool, Cell]] = set()
        self.stops: set[tuple[bool, Cell]] = set()
        for box in boxes:
            for row in range(box.top, box.bottom + 1):
                self.begins.add((True, (box.left, row)))
                self.stops.add((True, (box.right, row)))
            for column in range(box.left, box.right + 1):
                self.begins.add((False, (column, box.top)))
                self.stops.add((False, (column, box.bottom)))

    def take(self, span: _Span) -> bool:
        """Whether the span divides; columns may then begin and stop at that row."""
        first, last = span.ends()
        if not (span.start % 2 and span.stop % 2):
            return False
        if (span.across, first) not in self.begins or (span.across, last) not in self.stops:
            return False
        if span.across:
            cells = {(False, (column, span.track)) for column in range(first[0], last[0])}
            self.begins |= cells
            self.stops |= cells
        return True


def _straight(span: _Span, frame: Frame, curves: dict[Arm, float]) -> str:
    """A line as path data; where it runs into a bend it leaves room for the curve and notes it."""
    place = frame.x if span.across else frame.y
    start, stop = place(span.start), place(span.stop)
    first, last = span.ends()
    bends = [
        arm
        for arm in ((*first, "R" if span.across else "D"), (*last, "L" if span.across else "U"))
        if arm in curves
    ]
    for arm in bends:
        curves[arm] = min(RADIUS, (stop - start) / len(bends))
    begin = start + curves.get((*first, "R" if span.across else "D"), 0)
    end = stop - curves.get((*last, "L" if span.across else "U"), 0)
    if end <= begin:
        return ""
    if span.across:
        return f"M{number(begin)} {number(frame.y(middle(span.track)))}H{number(end)}"
    return f"M{number(frame.x(middle(span.track)))} {number(begin)}V{number(end)}"


def _bend(frame: Frame, bend: tuple[int, int, str], curves: Mapping[Arm, float]) -> str:
    column, row, character = bend
    x, y = frame.x(middle(column)), frame.y(middle(row))
    across = "L" if "L" in ARMS[character] else "R"
    down = "U" if "U" in ARMS[character] else "D"
    x1 = x + STEP[across][0] * curves[column, row, across]
    y1 = y + STEP[down][1] * curves[column, row, down]
    return f"M{number(x1)} {number(y)}Q{number(x)} {number(y)} {number(x)} {number(y1)}"


def _head(cells: Mapping[Cell, str], frame: Frame, cell: Cell, arm: str) -> tuple[str, str]:
    """Path data of the piece of line that leads to an arrow head, and of its triangle."""
    dx, dy = STEP[arm]
    x, y = frame.x(middle(cell[0])), frame.y(middle(cell[1]))
    ahead = cells.get((cell[0] + dx, cell[1] + dy), "")
    reach = (COLUMN if dx else frame.row_height(cell[1])) / 2 - 1
    if ahead in ARMS and BACK[arm] not in ARMS[ahead]:  # up to the border it points at
        reach += (COLUMN if dx else frame.row_height(cell[1] + dy)) / 2
    tip_x, tip_y = x + dx * reach, y + dy * reach
    base_x, base_y = tip_x - dx * HEAD_LENGTH, tip_y - dy * HEAD_LENGTH
    side_x, side_y = abs(dy) * HEAD_HALF, abs(dx) * HEAD_HALF
    triangle = (
        f"M{number(tip_x)} {number(tip_y)}L{number(base_x + side_x)} {number(base_y + side_y)}"
        f"L{number(base_x - side_x)} {number(base_y - side_y)}Z"
    )
    if reach <= HEAD_LENGTH:
        return "", triangle
    shaft = f"M{number(x)} {number(y)}L{number(base_x + dx)} {number(base_y + dy)}"
    return shaft, triangle
