"""A chapter in one language as it was read: taken apart and rendered, not yet compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from content.catalog.decode import decode, key_lines, line_of
from content.catalog.problems import Problem, of_shape
from content.catalog.schema import ChapterTable
from content.rendering.model import Page

FENCE = "+++"


class Render(Protocol):
    """What turns a chapter's Markdown into a page; it never raises."""

    def __call__(self, source: str, *, language: str, prefix: str = "d") -> Page: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """`path` is told to people; `body_at` is how many lines stand above the body.

    `front` is None when the front matter cannot be used, `page` when the body cannot be found.
    """

    language: str
    stem: str
    path: str
    source: str
    body_at: int
    front: ChapterTable | None
    page: Page | None
    problems: tuple[Problem, ...]

    def problem(self, body_line: int | None, what: str, mend: str) -> Problem:
        """Return a problem at a line of the body, counted from the top of the file."""
        line = None if body_line is None else body_line + self.body_at
        return Problem(self.path, line, what, mend)

    def front_line(self, key: str) -> int | None:
        """Return the line of the file where a key of the front matter stands."""
        above = "\n".join(self.source.split("\n")[: self.body_at])
        return line_of((key,), key_lines(above))

    def heading_line(self, anchor: str) -> int | None:
        """Return the body line of the heading that carries the id."""
        heading = re.compile(rf"#{{2,3}}\s.*\{{[^}}]*#{re.escape(anchor)}[\s}}]")
        for number, line in enumerate(self.source.split("\n")[self.body_at :], start=1):
            if heading.match(line):
                return number
        return None


def read_draft(source: str, *, language: str, stem: str, path: str, render: Render) -> Draft:
    """Take a chapter apart and render it; what is wrong is in the draft's `problems`."""
    lines = source.split("\n")
    if lines[0].rstrip() != FENCE:
        problem = _no_front_matter(path, lines[0])
        page = render(source, language=language)
        problems = (problem, *_told(page, path, 0))
        return Draft(language, stem, path, source, 0, None, page, problems)
    close = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if close is None:
        problem = Problem(
            path, 1, "the front matter is not closed", "add a line +++ between it and the text"
        )
        return Draft(language, stem, path, source, 0, None, None, (problem,))
    decoded = decode("\n".join(lines[1:close]), ChapterTable)
    faults = of_shape(path, decoded.faults, above=1)
    page = render("\n".join(lines[close + 1 :]), language=language)
    problems = (*faults, *_told(page, path, close + 1))
    return Draft(language, stem, path, source, close + 1, decoded.table, page, problems)


def _no_front_matter(path: str, first: str) -> Problem:
    if first.startswith("---"):
        mend = "write it as TOML between two lines +++, with title, summary and checked"
    else:
        mend = "begin with a line +++, then title, summary and checked, then a line +++"
    return Problem(path, 1, "the front matter is missing", mend)


def _told(page: Page, path: str, body_at: int) -> Iterator[Problem]:
    """Yield the renderer's problems with lines counted from the top of the file."""
    for one in page.problems:
        yield Problem(path, one.line + body_at, one.what, one.mend)
