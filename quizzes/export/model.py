"""The neutral form of a question, in one language: what every format is written from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from content.catalog.questions import Kind

Keys = Literal["inline", "apart", "none"]  # where a text to read has its answers


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Styled:
    """Words that HTML marks with one of the tags strong, em, kbd, sub, sup."""

    tag: Literal["strong", "em", "kbd", "sub", "sup"]
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """`url` begins with http://, https:// or mailto:."""

    url: str
    inlines: tuple[Inline, ...]


Inline = Text | Code | Break | Styled | Link


@dataclass(frozen=True, slots=True)
class Paragraph:
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; `start` is its first number, None without numbers."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row names the columns."""

    rows: tuple[tuple[tuple[Inline, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Code as it stands; `language` as Pygments names it, `title` a file name or empty."""

    text: str
    language: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of a course, which no question may show: files say its words."""

    url: str
    words: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """A box drawing: its text, and the same as SVG of its own, None when it cannot be drawn."""

    text: str
    title: str
    description: str
    svg: str | None


Block = Paragraph | Bullets | Quote | Table | Listing | Image | Diagram


@dataclass(frozen=True, slots=True)
class Rich:
    """A text: the Markdown its author wrote, and what that says."""

    markdown: str = ""
    blocks: tuple[Block, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.markdown)


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice, in the order of its author; `letter` is A, B, C, …

    Steps of an ordering question stand in their right order, a matching choice has its `match`.
    A choice of a short question has `forms`, spellings of which the first is shown, or a `number`
    in a `unit` ("" for a count).
    """

    letter: str
    is_right: bool
    text: Rich
    reason: Rich
    match: str = ""
    forms: tuple[str, ...] = ()
    number: Decimal | None = None
    unit: str = ""

    @property
    def shown(self) -> str:
        """Return the answer of a short question as it is written on AWS."""
        return self.forms[0] if self.forms else f"{self.number} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Given:
    """What a learner answered, in words one can read, and whether it was right."""

    words: tuple[Rich, ...]
    is_right: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A question in one language.

    `place` is the heading that answers it as an author writes it ("02-ecr.md#push"), `link` the
    address of that place on the site, or "". `digest` is that of all languages together.
    """

    id: str
    digest: str
    kind: Kind
    language: str
    prompt: Rich
    choices: tuple[Choice, ...]
    explanation: Rich
    trap: Rich
    task: str
    difficulty: int
    place: str
    sources: tuple[str, ...]
    domain: str = ""
    chapter: str = ""
    link: str = ""
    given: Given | None = None

    @property
    def right(self) -> tuple[Choice, ...]:
        """Return the right choices; of kinds without wrong ones, all."""
        if self.kind in ("ordering", "matching"):
            return self.choices
        return tuple(one for one in self.choices if one.is_right)

    @property
    def chapter_slug(self) -> str:
        return self.place.partition("#")[0].removesuffix(".md").partition("-")[2]

    @property
    def section(self) -> str:
        return self.place.partition("#")[2]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Questions that are exported together.

    `name` is a slug for file names, `revised` when any of the texts last changed (aware).
    """

    course: str
    course_title: str
    title: str
    name: str
    language: str
    revised: datetime
    items: Sequence[Item]
    keys: Keys = "inline"
    is_review: bool = False
