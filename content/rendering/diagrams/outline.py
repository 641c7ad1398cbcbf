"""Tells a drawing as nested lists: boxes in boxes, branches under their roots, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import Final

from content.rendering.diagrams.boxes import Box, Picture
from content.rendering.diagrams.grid import Grid, Kind, Run

BRANCHES: Final = frozenset("├└")
SENTENCE_GAP: Final = 3  # blank columns within one line of words


@dataclass(slots=True)
class _Entry:
    """An item of the list: its lines, and the items under it."""

    row: int
    column: int
    lines: list[str] = field(default_factory=list)
    entries: list[_Entry] = field(default_factory=list)
    branch: int | None = None  # the column of the ├ or └ it hangs on
    is_box: bool = False

    def html(self) -> str:
        said = "<br>".join(escape(line, quote=False) for line in self.lines)
        return f"<li>{said}{_list(self.entries)}</li>"


def outline(picture: Picture) -> str:
    """A nested <ul> of everything the drawing says; empty when it says nothing."""
    return _list(_entries(picture.grid, picture.words, picture.boxes))


def _list(entries: Sequence[_Entry]) -> str:
    return f"<ul>{''.join(entry.html() for entry in entries)}</ul>" if entries else ""


def _entries(grid: Grid, words: Sequence[Run], boxes: Iterable[Box]) -> list[_Entry]:
    """Lines and boxes that stand beside each other, in reading order, branches hung in."""
    found = [_box_entry(grid, box) for box in boxes if box.words or box.boxes]
    ordered = sorted(words, key=lambda word: (word.row, word.column))
    for row, said in groupby(ordered, key=lambda word: word.row):
        found.extend(_line_entries(grid, row, list(said)))
    return _hung(sorted(found, key=lambda entry: (entry.row, entry.column)))


def _line_entries(grid: Grid, row: int, words: list[Run]) -> list[_Entry]:
    """The words of a row are one line, unless a border or much blank keeps them apart."""
    found: list[_Entry] = []
    joints = [run.column for run in grid.rows[row] if run.kind is Kind.JOINT]
    last: Run | None = None
    for word in words:
        apart = (
            last is None
            or word.column - last.end > SENTENCE_GAP
            or any(last.column < joint < word.column for joint in joints)
        )
        if apart:
            found.append(_Entry(row, word.column, [word.text], branch=_branch(grid, word)))
        else:
            found[-1].lines[0] += " " + word.text
        last = word
    return found


def _branch(grid: Grid, word: Run) -> int | None:
    """The column of the ├─ or └─ right before a word."""
    before = [run for run in grid.rows[word.row] if run.end <= word.column][-2:]
    if [run.kind for run in before] != [Kind.JOINT, Kind.LINE]:
        return None
    joint, line = before
    is_branch = joint.text in BRANCHES and joint.end == line.column and word.column - line.end <= 1
    return joint.column if is_branch else None


def _box_entry(grid: Grid, box: Box) -> _Entry:
    """A box is called by the lines above its first inner box; what follows hangs under it."""
    entries = _entries(grid, box.words, box.boxes)
    entry = _Entry(box.top, box.left, is_box=True)
    while entries and entries[0].branch is None and not entries[0].is_box:
        first = entries.pop(0)
        entry.lines += first.lines
        if first.entries:
            entries = [*first.entries, *entries]
            break
    entry.entries = entries
    return entry


def _hung(entries: Iterable[_Entry]) -> list[_Entry]:
    """Hang every branch under the line whose trunk it grows from."""
    top: list[_Entry] = []
    trunk: list[_Entry] = []  # the lines that a branch may hang under, outermost first
    for entry in entries:
        if entry.branch is None:
            trunk = []
        while trunk and trunk[-1].branch is not None and trunk[-1].branch >= (entry.branch or 0):
            trunk.pop()
        (trunk[-1].entries if trunk else top).append(entry)
        if not entry.is_box:
            trunk.append(entry)
    return top
