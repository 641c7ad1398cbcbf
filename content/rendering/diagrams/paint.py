"""Writes the pieces of a mended drawing as text again."""

from __future__ import annotations

from collections.abc import Sequence

from content.rendering.diagrams.grid import Kind
from content.rendering.diagrams.pieces import Piece, Sheet


def paint(sheet: Sheet) -> str:
    """The sheet as text, without blanks at the ends of lines."""
    return "\n".join(_line(row) for row in sheet.rows)


def _line(row: Sequence[Piece]) -> str:
    cells: dict[int, str] = {}
    for piece in row:
        if piece.kind is not Kind.LINE:
            cells.update((piece.column + k, "") for k in range(piece.width))
            cells[piece.column] = piece.text
    for k, piece in enumerate(row):
        if piece.kind is Kind.LINE:
            for column in _reach(row, k):
                cells.setdefault(column, piece.text)
    return "".join(cells.get(column, " ") for column in range(max(cells, default=-1) + 1))


def _reach(row: Sequence[Piece], k: int) -> range:
    """The columns of a line: it stretches to the neighbours that it touched in the source."""
    line = row[k]
    before, after = (row[k - 1] if k else None), (row[k + 1] if k + 1 < len(row) else None)
    start = before.end if before is not None and before.touched(line) else line.column
    end = line.end
    if after is not None:
        overlaps = after.edge is not None and line.end > after.column
        if overlaps or line.touched(after):
            end = after.column
    return range(start, end)
