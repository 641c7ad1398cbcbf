"""Adds the columns that a mended sheet lacks, and takes blank ones back where a box grew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from content.rendering.diagrams.grid import HEADS, Kind
from content.rendering.diagrams.pieces import OpenBox, Piece, Sheet

KEPT_AIR: Final = 2  # blank columns that stay inside a right border
BESIDE_HEADING: Final = 2  # one blank column on each side of a heading


def widen(sheet: Sheet) -> None:
    """Move every piece to its last column.

    Lines and arrow heads move with their column, so that they stay over each other. Words move
    with it when they label a line or a box above or below them; else they keep their distance to
    what stands left of them.
    """
    _give_back(sheet)
    final = _final_columns(sheet)
    labels = _labels(sheet)
    for row in sheet.rows:
        gaps = [_distance(row, k) for k in range(len(row))]
        heads = _heads_at_borders(row)
        for piece in row:
            piece.column = final[piece.column]
        for head, border, gap in heads:
            head.column = border.column + gap
        for k, piece in enumerate(row):
            if piece.kind is Kind.TEXT and id(piece) not in labels:
                piece.column = (row[k - 1].end if k else 0) + gaps[k]
        _centre_headings(row)


def _distance(row: Sequence[Piece], k: int) -> int:
    """Blank columns left of a piece, with those that will keep it off its border."""
    if k == 0:
        return row[k].column
    before = row[k - 1]
    return row[k].column - before.end + (before.edge.padding if before.edge else 0)


def _labels(sheet: Sheet) -> set[int]:
    """The ids of words that stand right above or below a line or box, or such words."""
    words = [
        (number, piece)
        for number, row in enumerate(sheet.rows)
        for piece in row
        if piece.kind is Kind.TEXT
    ]
    waiting = [(number, word) for number, word in words if _labels_a_line(sheet, number, word)]
    found = {id(word) for _, word in waiting}
    while waiting:
        number, word = waiting.pop()
        for other in (number - 1, number + 1):
            for piece in _over(sheet, other, word):
                if piece.kind is Kind.TEXT and id(piece) not in found:
                    found.add(id(piece))
                    waiting.append((other, piece))
    return found


def _labels_a_line(sheet: Sheet, number: int, word: Piece) -> bool:
    for other in (number - 1, number + 1):
        for piece in _over(sheet, other, word):
            if piece.kind is Kind.HEAD or (piece.kind is Kind.JOINT and piece.edge is None):
                return True
    return any(
        number in {box.top - 1, box.bottom + 1} and box.left < word.end and word.column <= box.right
        for box in sheet.boxes
    )


def _over(sheet: Sheet, number: int, word: Piece) -> list[Piece]:
    """The pieces of a row in the columns of a word."""
    if not 0 <= number < len(sheet.rows):
        return []
    return [p for p in sheet.rows[number] if p.column < word.end and word.column < p.end]


def _final_columns(sheet: Sheet) -> list[int]:
    last = max((piece.column for row in sheet.rows for piece in row), default=0)
    final: list[int] = []
    added = 0
    for column in range(last + 1):
        added += sheet.lacking.get(column, 0)
        final.append(column + added)
    return final


def _give_back(sheet: Sheet) -> None:
    """A box that grew inside needs not grow outside as long as it has blank columns."""
    for box in sorted(sheet.boxes, key=lambda box: box.right - box.left):
        inside = range(box.left + 1, box.right + 1)
        grown = sum(count for column, count in sheet.lacking.items() if column in inside)
        if grown > 0 and box.right not in sheet.lacking:
            spare = min(_spare(row, box) for row in sheet.rows)
            if spare > 0:
                sheet.lacking[box.right] = -min(spare, grown)


def _spare(row: Sequence[Piece], box: OpenBox) -> int:
    """How many columns a row can do without right before the right edge of a box."""
    used = box.left + 1
    for piece in row:
        if piece.column >= box.right:
            break
        if piece.kind is Kind.LINE and piece.end >= box.right:
            used = piece.column + 1
        elif piece.is_heading:
            used = box.left + 1 + piece.width + BESIDE_HEADING
        else:
            used = piece.end
    return box.right - used - KEPT_AIR


def _heads_at_borders(row: Sequence[Piece]) -> list[tuple[Piece, Piece, int]]:
    """Arrow heads that touch a border, with the border and their distance to it."""
    found: list[tuple[Piece, Piece, int]] = []
    for k, head in enumerate(row):
        if head.kind is not Kind.HEAD:
            continue
        beside = {"R": k + 1, "L": k - 1}.get(HEADS[head.text], -1)
        if 0 <= beside < len(row) and row[beside].edge is not None:
            gap = head.column - row[beside].column
            if abs(gap) <= BESIDE_HEADING:
                found.append((head, row[beside], gap))
    return found


def _centre_headings(row: Sequence[Piece]) -> None:
    for before, heading, after in zip(row, row[1:], row[2:], strict=False):
        if heading.is_heading:
            room = after.column - before.end - heading.width
            heading.column = before.end + room // 2
