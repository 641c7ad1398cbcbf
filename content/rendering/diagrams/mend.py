"""Goes through a torn drawing row by row and gives every open box its edges back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from content.rendering.diagrams.edges import divided, opened, still_open
from content.rendering.diagrams.grid import HEADS, UPRIGHTS, Kind, Run
from content.rendering.diagrams.match import Budget, match
from content.rendering.diagrams.pieces import Edge, Piece, Sheet, Side

HEADING_INDENT: Final = 4  # blank columns on both sides that make words a heading
HEADING_SLANT: Final = 0.35  # of the box: how far a heading may be off centre
MOST_HEADINGS: Final = 2  # lines
RIGHT_HEADS: Final = frozenset(head for head, arm in HEADS.items() if arm == "R")
AIR: Final = 2  # columns between a box and the border of its parent


def mend(rows: Sequence[Sequence[Run]], budget: Budget) -> Sheet:
    """Put the uprights of all rows on the edges of the open boxes; raises TooMuchWorkError."""
    sheet = Sheet([[Piece.of(run) for run in row] for row in rows])
    edges: list[Edge] = []
    for number, row in enumerate(sheet.rows):
        match([piece for piece in row if piece.kind is Kind.JOINT], edges, budget)
        _slide(row)
        _insert_missing(row, edges, budget)
        _lead_to_inner_border(row)
        _ask_for_room(row, sheet)
        _find_headings(row)
        edges += opened(sheet, number, budget)
        edges += divided(row)
        edges = still_open(row, edges, number)
    budget.spend(len(sheet.boxes) ** 2)
    _keep_borders_apart(sheet)
    return sheet


def _slide(row: Sequence[Piece]) -> None:
    """Matched uprights go to their edge; what follows keeps its distance to them."""
    shift = 0
    for piece in row:
        if piece.edge is not None:
            shift = piece.edge.column - piece.column
        piece.column += shift


def _insert_missing(row: list[Piece], edges: Sequence[Edge], budget: Budget) -> None:
    """Draw the edges that the row left out."""
    drawn = {id(piece.edge) for piece in row}
    for edge in edges:
        if id(edge) in drawn:
            continue
        budget.spend(len(row))
        line = next((p for p in row if p.kind is Kind.LINE and _runs_through(p, edge)), None)
        if line is None:
            _insert_upright(row, edge)
        else:
            _cross(row, line, edge)


def _runs_through(line: Piece, edge: Edge) -> bool:
    return line.column <= edge.column < line.end


def _cross(row: list[Piece], line: Piece, edge: Edge) -> None:
    """Cut a line in two at an edge; the parts know that they belong together."""
    at = row.index(line) + 1
    before = edge.column - line.column
    joint = Piece("┼", 1, Kind.JOINT, edge.column, edge=edge, drawn_width=1)
    after = Piece("─", line.width - before - 1, Kind.LINE, edge.column + 1)
    if line.source is not None:
        joint.source = line.source + before
        after.source = joint.source + 1
    after.drawn_width = line.drawn_width - before - 1
    line.width = line.drawn_width = before
    row[at:at] = [joint, after]


def _insert_upright(row: list[Piece], edge: Edge) -> None:
    """Insert │ where it overlaps least, and push what stands in its way to the right."""
    at = min(_places(row, edge), key=lambda k: _overlap(row, k, edge))
    row.insert(at, Piece("│", 1, Kind.JOINT, edge.column, edge=edge))
    push = 0
    for piece in row[at + 1 :]:
        if piece.edge is not None:
            break
        push = max(push, edge.column + 1 - piece.column)
        piece.column += push


def _places(row: Sequence[Piece], edge: Edge) -> Iterator[int]:
    """The gaps of a row that lie between the edges left and right of one."""
    for k in range(len(row) + 1):
        before, after = (row[k - 1].edge if k else None), (row[k].edge if k < len(row) else None)
        if (before is None or before.column <= edge.column) and (
            after is None or after.column >= edge.column
        ):
            yield k


def _overlap(row: Sequence[Piece], k: int, edge: Edge) -> int:
    left = max(0, row[k - 1].end - edge.column) if k else 0
    right = max(0, edge.column + 1 - row[k].column) if k < len(row) else 0
    return left + right


def _lead_to_inner_border(row: list[Piece]) -> None:
    """An arrow at the one border that a row drew of two, ──▶│ │, leads to the inner: ──┼▶│."""
    for k in range(len(row) - 3):
        line, head, outer, inner = row[k : k + 4]
        if line.kind is not Kind.LINE or head.text not in RIGHT_HEADS:
            continue
        if outer.edge is None or inner.edge is None or inner.edge.side is not Side.LEFT:
            continue
        if inner.source is None and head.end == outer.column and outer.end + 1 == inner.column:
            line.width += head.width
            line.drawn_width += head.width
            outer.text, head.column = "┼", outer.end
            row[k + 1], row[k + 2] = outer, head


def _ask_for_room(row: Sequence[Piece], sheet: Sheet) -> None:
    """Words want a space to the borders beside them; other pieces only want not to overlap."""
    for before, after in pairwise(row):
        if after.edge is not None and before.kind is not Kind.LINE:
            air = 1 if before.kind is Kind.TEXT else 0
            sheet.lack(after.edge.column, before.end + air - after.edge.column)
        if before.edge is not None and before.text in UPRIGHTS and _touches(before, after):
            before.edge.padding = 1
            sheet.lack(before.end, 1)


def _touches(border: Piece, piece: Piece) -> bool:
    return piece.kind is Kind.TEXT and piece.column == border.end


def _find_headings(row: Sequence[Piece]) -> None:
    """Words that stand alone and roughly centred in the first rows of a box are its heading."""
    for before, piece, after in zip(row, row[1:], row[2:], strict=False):
        edge = before.edge
        if piece.kind is not Kind.TEXT or edge is None or after.edge is None:
            continue
        if edge.side is Side.RIGHT or before.text not in "│┼" or not edge.may_head:
            continue
        left, right = piece.column - before.end, after.column - piece.end
        is_centred = abs(left - right) <= HEADING_SLANT * (after.column - before.end)
        if left >= HEADING_INDENT and is_centred and edge.headings < MOST_HEADINGS:
            piece.is_heading = True
            edge.headings += 1
        else:
            edge.may_head = False


def _keep_borders_apart(sheet: Sheet) -> None:
    """A box in a box has as much air on its right as on its left, but two columns will do."""
    for outer in sheet.boxes:
        for inner in sheet.boxes:
            if outer.surrounds(inner):
                air = min(inner.left - outer.left - 1, AIR)
                sheet.lack(outer.right, air - (outer.right - inner.right - 1))
