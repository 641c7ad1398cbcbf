"""A chapter on its way from source to page: its lines, marks, finished blocks and problems."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from content.rendering.model import Problem, Reference
from content.rendering.words import Words, words


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and its number in the source, from 1."""

    number: int
    text: str

    @property
    def prefix(self) -> str:
        """The indentation and quotation marks that stand before the line's own text."""
        return self.text[: len(self.text) - len(self.text.lstrip(" \t>"))]


@dataclass(frozen=True, slots=True)
class Block:
    """HTML that we made ourselves and that no longer passes the sanitiser, and its words."""

    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark in the text stands for: the line it came from, what was there, and a value."""

    line: int
    original: str
    value: str = ""


class Draft:
    """Collects what the steps of one rendering find.

    Marks are words that stand in the Markdown where something of ours belongs. They hold a hash
    of the whole source, so no source can contain its own marks.
    """

    def __init__(self, source: str, language: str, prefix: str = "d") -> None:
        self.source = source
        self.language = language
        self.prefix = prefix
        self.words: Words = words(language)
        self.problems: set[Problem] = set()
        self.blocks: list[Block] = []
        self.links: list[Reference] = []
        self.images: list[Reference] = []
        self.drawing_count = 0
        self._marks: list[Mark] = []
        self._seal = "G" + hashlib.sha256(source.encode()).hexdigest()[:32]
        self.pattern = re.compile(rf"{self._seal}([A-Z])(\d+)Z")

    def report(self, line: int, what: str, mend: str) -> None:
        """Note something the author must mend; the same complaint is kept once."""
        self.problems.add(Problem(line, what, mend))

    def mark(self, kind: str, line: int, original: str = "", value: str = "") -> str:
        """Mint a mark; `kind` is one capital letter that its own module knows."""
        self._marks.append(Mark(line, original, value))
        return f"{self._seal}{kind}{len(self._marks) - 1}Z"

    def block(self, line: int, html: str, text: str) -> str:
        """Keep a finished block and return the mark that stands for it."""
        self.blocks.append(Block(html, text))
        return self.mark("B", line, value=str(len(self.blocks) - 1))

    def read(self, text: str | None, kind: str) -> Mark | None:
        """The first mark of this kind in a text."""
        for found in self.pattern.finditer(text or ""):
            if found[1] == kind:
                return self._marks[int(found[2])]
        return None

    def block_of(self, found: re.Match[str]) -> Block | None:
        """The finished block that a match of `pattern` stands for, if it stands for one."""
        if found[1] != "B":
            return None
        return self.blocks[int(self._marks[int(found[2])].value)]

    def without_marks(self, text: str) -> str:
        """The text with its marks taken out."""
        return self.pattern.sub("", text)

    def as_written(self, text: str) -> str:
        """The text with each mark replaced by what the author had written there."""
        return self.pattern.sub(lambda found: self._marks[int(found[2])].original, text)


def quote_of(prefix: str) -> str:
    """A blank line inside the same quotation."""
    return prefix.rstrip() if ">" in prefix else ""


def alone(line: Line, text: str) -> list[Line]:
    """The text as a block of its own at the depth of a line."""
    blank = Line(line.number, quote_of(line.prefix))
    return [blank, Line(line.number, line.prefix + text), blank]
