"""What is noted while a guide becomes a course."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from content.catalog.guide.ledger import Change

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """Something the author should look at; `line` of the guide, 0 when it is about all of it."""

    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with a folded answer."""

    line: int
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image the guide shows: its path beside the guide and its name in the course."""

    line: int
    source: str
    name: str


@dataclass(slots=True)
class Log:
    """Grows during one import."""

    changes: list[Change] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    made: Counter[str] = field(default_factory=Counter)
    code: Counter[str] = field(default_factory=Counter)
    questions: list[Question] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)
    _stems: Counter[str] = field(default_factory=Counter)

    def change(self, line: int, kind: str, before: str, after: str = "") -> None:
        """Account for text that was replaced."""
        if before != after:
            self.changes.append(Change(line, kind, before, after))

    def note(self, line: int, what: str) -> None:
        """Tell the author something."""
        self.notes.append(Note(line, what))

    def picture(self, line: int, source: str) -> str:
        """Keep an image of the guide and return its name in the course."""
        known = self.pictures.get(source)
        if known is not None:
            return known.name
        path = PurePosixPath(source)
        stem = _UNSAFE.sub("-", path.stem).strip("-.") or "image"
        self._stems[stem + path.suffix] += 1
        count = self._stems[stem + path.suffix]
        # Two dots keep a numbered name apart from one that its author numbered.
        name = f"{stem}..{count}{path.suffix}" if count > 1 else f"{stem}{path.suffix}"
        self.pictures[source] = Picture(line, source, name)
        return name
