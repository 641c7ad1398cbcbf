"""What is wrong with a course: where, what, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from content.catalog.decode import Fault, Found, key_lines, line_of


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


def of_shape(path: str, faults: Iterable[Fault], *, above: int = 0) -> Iterator[Problem]:
    """Yield the faults of a TOML text as problems; `above` counts the file's lines before it."""
    for one in faults:
        yield Problem(path, None if one.line is None else one.line + above, one.what, one.mend)


def of_content(path: str, text: str, found: Iterable[Found]) -> Iterator[Problem]:
    """Yield what was found in a TOML text as problems at the lines of their keys."""
    lines = key_lines(text)
    for one in found:
        yield Problem(path, line_of(one.key, lines), one.what, one.mend)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems by file and line, each told once."""
    return tuple(sorted(set(problems), key=lambda one: (one.path, one.line or 0, one.what)))
