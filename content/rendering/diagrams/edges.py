"""Tells which boxes and dividers begin and end on a row of a torn drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from content.rendering.diagrams.grid import Kind
from content.rendering.diagrams.match import Budget
from content.rendering.diagrams.pieces import Edge, OpenBox, Piece, Sheet, Side

NEAR: Final = 2  # columns that a left border may wander from row to row
MOST_MISSING: Final = 1  # rows of a box that may lack its left border
FAR: Final = 4  # the same, where the top row can only be that of a box


def opened(sheet: Sheet, number: int, budget: Budget) -> list[Edge]:
    """The edges of the boxes whose top is on this row."""
    found: list[Edge] = []
    row = sheet.rows[number]
    for k, corner in enumerate(row):
        end = _top_end(row, k) if corner.text == "┌" else None
        if end is None:
            continue
        if not _goes_down(sheet.rows[number + 1 :], row[k : end + 1], budget):
            continue
        box = OpenBox(corner.column, row[end].column, number, number)
        sheet.boxes.append(box)
        corner.edge = Edge(corner.column, Side.LEFT, box)
        row[end].edge = Edge(row[end].column, Side.RIGHT, box)
        for piece in row[k + 1 : end]:
            if piece.text == "┬":
                piece.edge = Edge(piece.column, Side.DIVIDER, box)
        found += [piece.edge for piece in row[k : end + 1] if piece.edge is not None]
    return found


def _top_end(row: Sequence[Piece], start: int) -> int | None:
    """Where the ┐ of a ┌ is; a title may interrupt the line between them."""
    for k in range(start + 1, len(row)):
        piece = row[k]
        if piece.text == "┐":
            return k
        is_title = (
            piece.kind is Kind.TEXT
            and k + 1 < len(row)
            and row[k - 1].kind is Kind.LINE
            and row[k + 1].kind is Kind.LINE
        )
        if not (is_title or piece.kind in {Kind.LINE, Kind.HEAD} or piece.text in "┬┴"):
            return None
    return None


def _goes_down(rows: Sequence[Sequence[Piece]], top: Sequence[Piece], budget: Budget) -> bool:
    """Whether a left side runs from ┌ down to └; a ┌──┴──┐ may also be a branching line."""
    reach = NEAR if any(piece.text in "┴┼" for piece in top) else FAR
    column = top[0].column
    missing = 0
    for row in rows:
        budget.spend(len(row))
        sides = [p for p in row if p.kind is Kind.JOINT and p.text in Side.LEFT.value]
        near = [side for side in sides if abs(side.column - column) <= reach]
        if _is_bottom(row, near, top):
            return True
        if not near and not any(p.kind is Kind.LINE and p.column <= column < p.end for p in row):
            missing += 1
        if missing > MOST_MISSING:
            return False
    return False


def _is_bottom(row: Sequence[Piece], near: Sequence[Piece], top: Sequence[Piece]) -> bool:
    """Whether the joints near the left side of a box have its └ among them."""
    if any(side.text == "└" and _is_as_wide(row, side, top) for side in near):
        return True
    left = top[0].column
    return bool(near) and min(near, key=lambda side: abs(side.column - left)).text == "└"


def _is_as_wide(row: Sequence[Piece], corner: Piece, top: Sequence[Piece]) -> bool:
    """Whether a └ has its ┘ as far away as the ┐ is from the ┌."""
    width = top[-1].column - top[0].column
    return any(p.text == "┘" and p.column - corner.column == width for p in row)


def divided(row: Sequence[Piece]) -> list[Edge]:
    """The dividers that begin at a ├──┬──┤, under which headings may stand again."""
    found: list[Edge] = []
    box: OpenBox | None = None
    for piece in row:
        if piece.text == "├" and piece.edge is not None:
            box = piece.edge.box
            _expect_heading(piece.edge)
        elif piece.text in "┤│" and piece.kind is Kind.JOINT:
            box = None
        elif piece.text == "┬" and box is not None and piece.edge is None:
            piece.edge = Edge(piece.column, Side.DIVIDER, box)
            found.append(piece.edge)
        if piece.text == "┼" and piece.edge is not None and piece.edge.side is Side.DIVIDER:
            _expect_heading(piece.edge)
    return found


def _expect_heading(edge: Edge) -> None:
    edge.headings, edge.may_head = 0, True


def still_open(row: Sequence[Piece], edges: Sequence[Edge], number: int) -> list[Edge]:
    """The edges that the next row must have as well, from left to right."""
    closed = {id(p.edge.box) for p in row if p.edge is not None and p.text in "└┘"}
    ended = {
        id(p.edge)
        for p in row
        if p.edge is not None and p.text == "┴" and p.edge.side is Side.DIVIDER
    }
    for edge in edges:
        if id(edge.box) in closed:
            edge.box.bottom = number
    return sorted(
        (edge for edge in edges if id(edge.box) not in closed and id(edge) not in ended),
        key=lambda edge: edge.column,
    )
