"""Takes fenced blocks and comments out of the source, before anything else reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from content.rendering.draft import Draft, Line, alone
from content.rendering.masks import mask

_OPENING = re.compile(r"^(?P<prefix>[ \t>]*)(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)$")
_QUOTE = re.compile(r"[ \t]*>[ ]?")
_COMMENT = re.compile(r"<!--.*?(?:-->|$)")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: the line of its opening, the words after the fence, and what it holds."""

    line: int
    info: str
    body: str


def extract(source: str, draft: Draft, build: Callable[[Fence, Draft], str]) -> list[Line]:
    """The lines of the source; each fence is replaced by the mark that `build` returns for it."""
    return _Reader(source, draft, build).read()


class _Reader:
    """Walks over the lines once, in one of three states: text, fence or comment."""

    def __init__(self, source: str, draft: Draft, build: Callable[[Fence, Draft], str]) -> None:
        self.lines = source.split("\n")
        self.draft = draft
        self.build = build
        self.place = 0
        # A comment that is opened after this line is never closed.
        self.last_comment_end = max(
            (number for number, text in enumerate(self.lines) if "-->" in text), default=-1
        )

    def read(self) -> list[Line]:
        """All lines outside fences and comments, and the marks of the fences."""
        found: list[Line] = []
        while self.place < len(self.lines):
            text = self.lines[self.place]
            opening = _OPENING.match(text)
            if opening:
                found += self._fence(opening)
            elif "<!--" in text and "<!--" in mask(text):
                found.append(self._comment())
            else:
                found.append(Line(self.place + 1, text))
                self.place += 1
        return found

    def _fence(self, opening: re.Match[str]) -> list[Line]:
        line = Line(self.place + 1, opening[0])
        closing = re.compile(rf"^\s{{0,3}}{opening['fence'][0]}{{{len(opening['fence'])},}}\s*$")
        body: list[str] = []
        self.place += 1
        while self.place < len(self.lines):
            text = _without(opening["prefix"], self.lines[self.place])
            if text is None:
                break
            self.place += 1
            if closing.match(text):
                return self._built(line, opening, body)
            body.append(text)
        self.draft.report(
            line.number,
            "this fence is never closed",
            f"end the block with a line of {opening['fence']} at the same indentation",
        )
        return self._built(line, opening, body)

    def _built(self, line: Line, opening: re.Match[str], body: list[str]) -> list[Line]:
        fence = Fence(line.number, opening["info"].strip(), "\n".join(body))
        return alone(Line(line.number, opening["prefix"]), self.build(fence, self.draft))

    def _comment(self) -> Line:
        """The line without its comments; one left open takes the following lines along."""
        text = self.lines[self.place]
        comments = list(_COMMENT.finditer(mask(text)))
        kept, done = [], 0
        for comment in comments:
            kept.append(text[done : comment.start()])
            done = comment.end()
        self.place += 1
        line = Line(self.place, "".join([*kept, text[done:]]))
        if comments[-1][0].endswith("-->"):
            return line
        return self._open_comment(line, text[comments[-1].start() :])

    def _open_comment(self, line: Line, opening: str) -> Line:
        if self.place > self.last_comment_end:
            self.draft.report(line.number, "this comment is never closed", "end it with -->")
            return Line(line.number, line.text + opening)
        while "-->" not in self.lines[self.place]:
            self.place += 1
        # What follows is read again: it may open the next comment or a fence.
        self.lines[self.place] = self.lines[self.place].split("-->", 1)[1]
        return line


def _without(prefix: str, text: str) -> str | None:
    """A line of a fence without the indentation of its opening; None where its quotation ends."""
    if ">" not in prefix:
        width = len(prefix) - len(prefix.lstrip())
        return text[min(width, len(text) - len(text.lstrip(" \t"))) :]
    rest = text
    for _ in range(prefix.count(">")):
        found = _QUOTE.match(rest)
        if not found:
            return None
        rest = rest[found.end() :]
    return rest
