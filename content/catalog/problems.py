"""What is wrong with a course: where, what, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `path` begins with the course's folder; lines count from 1."""

    path: str
    line: int | None
    what: str
    mend: str

    @property
    def place(self) -> str:
        """`path:line`, or the path alone."""
        return self.path if self.line is None else f"{self.path}:{self.line}"

    def __str__(self) -> str:
        return f"{self.place}: {self.what} — {self.mend}"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems by file and line, each told once."""
    return tuple(sorted(set(problems), key=lambda one: (one.path, one.line or 0, one.what)))
