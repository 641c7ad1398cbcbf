"""Why a guide cannot become a course."""

from __future__ import annotations


class GuideError(Exception):
    """A guide cannot be imported: `line` counts from 1, None when it is about the whole file."""

    def __init__(self, line: int | None, what: str, mend: str) -> None:
        super().__init__(line, what, mend)
        self.line = line
        self.what = what
        self.mend = mend

    def __str__(self) -> str:
        place = "" if self.line is None else f"line {self.line}: "
        return f"{place}{self.what} — {self.mend}"
