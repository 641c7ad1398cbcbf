"""The files of labs as blocks of a script, so that their commands are read like a chapter's."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.course.blocks import COURSE, Block, ChapterFile, chapters
from tests.course.exercises.chapter import hands_on

FOLDER = COURSE / "labs"


@dataclass(frozen=True, slots=True)
class LabText:
    """A file of a lab as it was written; `lab` and `checks` are its tables."""

    name: str
    text: str
    lab: dict[str, Any]  # Any: what TOML holds
    checks: tuple[dict[str, Any], ...]

    @property
    def script(self) -> ChapterFile:
        """Return its commands as blocks; each stands for itself, with the id for a title."""
        blocks = tuple(
            Block(f"labs/{self.name}", self.line_of(one), "bash", one["id"], one["command"])
            for one in self.checks
            if "command" in one
        )
        return ChapterFile(f"labs/{self.name}", "", self.name, self.text, blocks)

    def line_of(self, check: dict[str, Any]) -> int:
        """Return the line of `command =`, above the first line of the check's command."""
        before = self.text.partition(f'id = "{check["id"]}"')[0]
        rest = self.text[len(before) :].partition("command = ")[0]
        return (before + rest).count("\n") + 1


def read_lab(text: str, name: str) -> LabText:
    """Return the lab that `text` holds."""
    table = tomllib.loads(text)
    return LabText(name, text, table["lab"], tuple(table.get("check", ())))


@cache
def labs() -> tuple[LabText, ...]:
    """Return every file of labs/, by name."""
    return tuple(
        read_lab(path.read_text(encoding="utf-8"), path.name)
        for path in sorted(FOLDER.glob("*.toml"))
    )


@cache
def session() -> ChapterFile:
    """Return the hands-on chapter: what a learner has run before a command of a lab."""
    path = hands_on("en").file.path
    return next(one for one in chapters() if one.path == path)
