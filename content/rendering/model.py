"""The values that rendering hands out: pages, sections, references and problems."""

from __future__ import annotations

from dataclasses import dataclass


class Html(str):
    """Sanitised HTML. Template engines that know `__html__` do not escape it again."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class Heading:
    """A `###` inside a section."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Section:
    """One `##` of a chapter: `html` holds its `<h2>` and body, `text` its words for search."""

    id: str
    title: str
    html: Html
    text: str
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A link or an image as written in the source, such as `02-ecr.md#push` or `images/x.png`."""

    line: int
    target: str


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong at a line of the source (from 1) and how the author mends it."""

    line: int
    what: str
    mend: str


@dataclass(frozen=True, slots=True)
class Page:
    """A rendered chapter; `characters` counts prose without white space, code and drawings."""

    intro: Html
    intro_text: str
    sections: tuple[Section, ...]
    links: tuple[Reference, ...]
    images: tuple[Reference, ...]
    problems: tuple[Problem, ...]
    characters: int
