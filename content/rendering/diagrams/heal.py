"""Straightens a torn drawing without touching a word of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from content.rendering.diagrams.check import FaultKind, faults
from content.rendering.diagrams.grid import DrawingError, Kind, Run, read_lines
from content.rendering.diagrams.match import Budget, TooMuchWorkError
from content.rendering.diagrams.mend import mend
from content.rendering.diagrams.paint import paint
from content.rendering.diagrams.widen import widen

WORK_LIMIT: Final = 100_000  # steps; the torn drawings we met take a fifth at most
MOST_ROUNDS: Final = 4


def heal(text: str) -> str:
    """The drawing with its borders straight and its boxes closed.

    Words stay as they are and keep the blank columns on their left, except that words which touch
    a border are moved off it, that headings are centred again, and that a box which was too narrow
    for its words makes everything right of it move. A clean drawing, and one that cannot be mended
    in this way, comes back unchanged; so does the result when it is healed again.
    """
    best, count = text, _torn_places(text)
    for _ in range(MOST_ROUNDS):
        mended = _mended(best) if count else best
        torn = _torn_places(mended)
        if torn >= count:
            return best
        best, count = mended, torn
    return text


def _torn_places(text: str) -> int:
    return sum(fault.kind is not FaultKind.WIDE for fault in faults(text))


def _mended(text: str) -> str:
    try:
        rows = read_lines(text)
        sheet = mend(rows, Budget(WORK_LIMIT))
        widen(sheet)
        mended = paint(sheet)
        is_same = _words(rows) == _words(read_lines(mended))
    except (DrawingError, TooMuchWorkError):
        return text
    # Never trade a crooked line for a lost word.
    return mended if is_same else text


def _words(rows: Sequence[Sequence[Run]]) -> list[list[str]]:
    """The words and arrow heads of each line, in order."""
    said = {Kind.TEXT, Kind.HEAD}
    return [[run.text for run in row if run.kind in said] for row in rows]
