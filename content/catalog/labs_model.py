"""Labs and their checks as the rest of the site sees them: read, rendered, unchangeable.

Only the words are here. What a check looks at, and when it passes, is Python in `labs/checks`;
the id of a check is all the two share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from content.rendering.model import Html

Level = Literal["required", "recommended", "optional"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading of the course: `chapter` is a slug, `section` its id, `part` the `##` around it."""

    chapter: str
    section: str
    part: str


@dataclass(frozen=True, slots=True)
class LabCheck:
    """What one check says, by language.

    `titles` say what is true when it passes; `labels` are the same words without markup. `whys` and
    `mends` are paragraphs. `command` mends in a terminal with the variables of the exercises, and
    `listing` shows it in colour; both are empty where no command does it.
    """

    id: str
    level: Level
    paragraph: Paragraph
    titles: Mapping[str, Html]
    labels: Mapping[str, str]
    whys: Mapping[str, Html]
    mends: Mapping[str, Html]
    command: str
    listing: Html


@dataclass(frozen=True, slots=True, eq=False)  # compared and hashed as the object it is
class Lab:
    """A lab: steps in the course, then checks. `slug` stands in its URL, `stem` names its file.

    `titles` and `summaries` are plain text, `costs` (what is charged, never how much) are HTML.
    `needs` are the slugs of labs to do first. `paragraph` is where the steps are.
    """

    slug: str
    stem: str
    titles: Mapping[str, str]
    summaries: Mapping[str, str]
    costs: Mapping[str, Html]
    minutes: int
    paragraph: Paragraph
    needs: tuple[str, ...]
    checks: tuple[LabCheck, ...]

    def title(self, language: str) -> str:
        """Return the title in `language`, or in the first language there is."""
        return self.titles.get(language) or next(iter(self.titles.values()))

    def summary(self, language: str) -> str:
        """Return the summary in `language`, or in the first language there is."""
        return self.summaries.get(language) or next(iter(self.summaries.values()))
