"""Sets lists in by four columns a level, as the renderer reads them; GitHub takes two or three."""

from __future__ import annotations

import re

STEP = 4  # columns a level

_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<marker>[-*+]|\d{1,9}[.)])(?P<gap>[ \t]+)(?=\S)")
_INDENT = re.compile(r"[ \t]*")


class Lists:
    """Knows which list items are open while the lines of a chapter go by."""

    def __init__(self) -> None:
        self._open: list[int] = []  # the column where the text of each open item begins
        self._after_blank = False

    def close(self) -> None:
        """End all lists: a heading does."""
        self._open = []

    def set_in(self, line: str) -> str:
        """Return a line of prose with the indent of its level."""
        if not line.strip():
            self._after_blank = True
            return line
        indent = _INDENT.match(line)
        text = line.lstrip(" \t")
        column = len(indent[0].expandtabs(STEP)) if indent else 0
        item = _ITEM.match(line)
        if item is None:
            return self._continued(line, text, column)
        self._leave(column)
        if column >= STEP and not self._open:
            return line  # code by its indent
        level = len(self._open)
        self._open.append(column + len(item["marker"]) + min(len(item["gap"]), STEP))
        self._after_blank = False
        return f"{' ' * (STEP * level)}{text}"

    def fence_indent(self, indent: str) -> str:
        """Return the indent of a fence that stands at `indent`."""
        self._after_blank = False
        column = len(indent.expandtabs(STEP))
        self._leave(column)
        return " " * (STEP * len(self._open)) if self._open else indent

    def _continued(self, line: str, text: str, column: int) -> str:
        """Return a line that is no item: it goes on with one, or ends the list."""
        if self._open and column < self._open[-1] and not self._after_blank:
            return line  # a paragraph that runs on, however it is set in
        self._leave(column)
        self._after_blank = False
        if not self._open:
            return line
        return f"{' ' * (STEP * len(self._open) + column - self._open[-1])}{text}"

    def _leave(self, column: int) -> None:
        while self._open and column < self._open[-1]:
            self._open.pop()
