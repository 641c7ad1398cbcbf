"""Cuts a Markdown text into headings, fences, rules and prose, each with its line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.catalog.guide.fault import GuideError

_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})(?P<text>[ \t].*|)$")
_CLOSING_MARKS = re.compile(r"(?:^|[ \t])#+$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r"(?P<indent>[ \t]*)(?P<marker>`{3,}|~{3,})(?P<info>.*)$")
_NOT_A_PARAGRAPH = re.compile(r" {0,3}(?:[-*+][ \t]|[>|<]|!!!|\d+[.)]|[ \t]|$)")
_FOLD = re.compile(r"<(?P<close>/?)details\b[^>]{0,200}>", re.IGNORECASE)
_CODE_INDENT = 4  # columns; text set in by as many is code already
_CODE_SPAN = re.compile(r"`[^`\n]*`")


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` counts from 1; `folded` is true inside `<details>`; `source` as it was written."""

    line: int
    level: int
    text: str
    source: str
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Fence:
    """A code block. `body` has no indent any more; `closing` is the line of the end marker."""

    line: int
    indent: str
    marker: str
    info: str
    body: tuple[str, ...]
    closing: str

    @property
    def text(self) -> str:
        return "\n".join(self.body)


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule."""

    line: int
    source: str


@dataclass(frozen=True, slots=True)
class Prose:
    """Lines of anything else: paragraphs, lists, tables, quotes, HTML."""

    line: int
    lines: tuple[str, ...]


Block = Heading | Fence | Rule | Prose


def blocks(text: str) -> tuple[Block, ...]:
    """Cut `text` (lines end in `\\n`) into blocks.

    Raises GuideError when a fence or `<details>` is opened and never closed.
    """
    return tuple(_Scanner(text.split("\n")).blocks())


class _Scanner:
    """Walks over the lines once."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.reach = _longest_ends(lines)
        self.comment_ends = [n for n, line in enumerate(lines) if "-->" in line]
        self.folds: list[int] = []  # lines of the <details> that are open

    def blocks(self) -> Iterator[Block]:
        place, start = 0, 0  # prose runs from start to place
        while place < len(self.lines):
            block, size = self.block(place, start)
            if block is None:
                self.count_folds(place)
                place = self.after_comment(place)
                continue
            if isinstance(block, Heading) and "\n" in block.source:
                place -= 1  # an underlined heading began on the line before
            if place > start:
                yield Prose(start + 1, tuple(self.lines[start:place]))
            yield block
            place += size
            start = place
        if place > start:
            yield Prose(start + 1, tuple(self.lines[start:place]))
        if self.folds:
            what = "the <details> opened here is never closed"
            raise GuideError(self.folds[0], what, "add a line </details> after the answer")

    def block(self, place: int, start: int) -> tuple[Block | None, int]:
        """Return the block that begins here, if it is not prose, and how many lines it takes."""
        line = self.lines[place]
        fence = self.fence(place)
        if fence is not None:
            if fence.closing == "":
                what = "the code block opened here is never closed"
                raise GuideError(fence.line, what, f"add a line {fence.marker[:80]} after it")
            return fence, len(fence.body) + 2
        heading = self.heading(place, start)
        if heading is not None:
            return heading, 1 + heading.source.count("\n")
        if _RULE.match(line):
            return Rule(place + 1, line), 1
        return None, 1

    def heading(self, place: int, start: int) -> Heading | None:
        line = self.lines[place]
        found = _HEADING.match(line)
        if found is not None:
            text = _CLOSING_MARKS.sub("", found["text"].rstrip()).strip()
            return Heading(place + 1, len(found["marks"]), text, line, bool(self.folds))
        if place > start and _UNDERLINE.match(line):
            above = self.lines[place - 1]
            alone = place - 1 == start or not self.lines[place - 2].strip()
            if alone and not _NOT_A_PARAGRAPH.match(above):
                level = 1 if "=" in line else 2
                source = f"{above}\n{line}"
                return Heading(place, level, above.strip(), source, bool(self.folds))
        return None

    def fence(self, place: int) -> Fence | None:
        """Return the fence opened on this line; without an end its `closing` is empty."""
        opened = _FENCE.match(self.lines[place])
        if opened is None or (opened["marker"][0] == "`" and "`" in opened["info"]):
            return None
        indent, marker = opened["indent"], opened["marker"]
        end = self._fence_end(place, marker)
        if end == len(self.lines):
            deep = len(indent.expandtabs(4)) >= _CODE_INDENT
            return None if deep else Fence(place + 1, indent, marker, opened["info"], (), "")
        body = tuple(_without(indent, line) for line in self.lines[place + 1 : end])
        return Fence(place + 1, indent, marker, opened["info"].strip(), body, self.lines[end])

    def _fence_end(self, place: int, marker: str) -> int:
        if self.reach[marker[0]][place + 1] < len(marker):
            return len(self.lines)
        for end in range(place + 1, len(self.lines)):
            line = self.lines[end].strip()
            if line.startswith(marker) and not line.strip(marker[0]):
                return end
        return len(self.lines)

    def after_comment(self, place: int) -> int:
        """Return the next line to look at: after the comment that this line leaves open, if any."""
        line = self.lines[place]
        if "<!--" not in line:
            return place + 1
        line = _CODE_SPAN.sub("", line)
        if line.rfind("<!--") <= line.rfind("-->"):
            return place + 1
        nth = bisect_right(self.comment_ends, place)
        return self.comment_ends[nth] + 1 if nth < len(self.comment_ends) else place + 1

    def count_folds(self, place: int) -> None:
        line = self.lines[place]
        if "<" not in line:
            return
        for fold in _FOLD.finditer(_CODE_SPAN.sub("", line)):
            if not fold["close"]:
                self.folds.append(place + 1)
            elif self.folds:
                self.folds.pop()


def _longest_ends(lines: Sequence[str]) -> dict[str, list[int]]:
    """For either kind of marker: the length of the longest end marker from each line on.

    Without it, a text of many fences that are never closed would be searched to its end for each.
    """
    reach = {mark: [0] * (len(lines) + 1) for mark in "`~"}
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place].strip()
        for mark, longest in reach.items():
            own = len(line) if line and not line.strip(mark) else 0
            longest[place] = max(own, longest[place + 1])
    return reach


def _without(indent: str, line: str) -> str:
    """Take the fence's own indent from a line of its body, as far as it is there."""
    kept = line.lstrip(" \t")
    spaces = len(line) - len(kept)
    return line[min(len(indent), spaces) :]
