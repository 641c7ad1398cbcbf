"""Places the words of a drawing: every character in its column, headings and labels centred."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Final

from content.rendering.diagrams.boxes import Box, Picture
from content.rendering.diagrams.frame import COLUMN, Frame, middle, number
from content.rendering.diagrams.grid import Kind, Run, clusters, width_of

BASELINE: Final = 4.8  # below the middle of the row
WIDE_SIZE: Final = 14.5  # font size of Japanese, as in static/css/diagram.css
WIDE: Final = 2
BULLETS: Final = frozenset("-•・*→←↑↓:")
SMALL_BOX: Final = 16  # columns; boxes as narrow as this may have their lines centred
OFF_CENTRE: Final = 4  # difference of left and right blank columns that still means "centred"
HEADING_INDENT: Final = 4
BASIC_PLANE: Final = 0xFFFF

Shifts = Mapping[Run, float]  # columns to move a word by; it stays inside its box


def headings(picture: Picture) -> frozenset[Run]:
    """The first words of boxes that hold more than those words."""
    return frozenset(
        word for box in picture.all_boxes() if (word := _heading(picture, box)) is not None
    )


def _heading(picture: Picture, box: Box) -> Run | None:
    words = sorted(box.words, key=lambda word: (word.row, word.column))
    if not words or words[0].row != box.top + 1 or words[0].text[0] in BULLETS:
        return None
    first, rest = words[0], words[1:]
    beside = any(word.row == first.row for word in rest)
    if beside or any(kid.top <= first.row for kid in box.boxes):
        return None
    indent = first.column - box.left
    centred = abs(_off_centre(box, first)) <= 1 and indent > HEADING_INDENT
    if box.boxes or (centred and len({word.row for word in rest}) > 1):
        return first
    return first if _is_list(picture, box, first, rest) else None


def _is_list(picture: Picture, box: Box, first: Run, rest: list[Run]) -> bool:
    if any(word.text.startswith(("- ", "• ", "・")) for word in rest):
        return True
    below = range(box.top + 2, box.bottom)
    return any(picture.grid.cells.get((first.column, row), " ") in "├└" for row in below)


def _off_centre(box: Box, word: Run) -> int:
    """Blank columns on the left minus blank columns on the right."""
    return (word.column - box.left - 1) - (box.right - word.end)


def shifts(picture: Picture, titles: frozenset[Run]) -> Shifts:
    """How far to move the words that are nearly centred, so that they are exactly."""
    found: dict[Run, float] = {}
    for box in picture.all_boxes():
        centred = _reads_as_centred(picture, box)
        for word in box.words:
            off = _off_centre(box, word)
            is_title = word in titles and not any(
                other.column == word.column for other in box.words if other is not word
            )
            if centred or (is_title and abs(off) <= 1):
                found[word] = -off / 2
    return found


def _reads_as_centred(picture: Picture, box: Box) -> bool:
    """Small boxes with one word a row and nothing else inside."""
    if box.boxes or not box.words or box.right - box.left > SMALL_BOX:
        return False
    if len({word.row for word in box.words}) < len(box.words):
        return False
    if any(abs(_off_centre(box, w)) > OFF_CENTRE or w.text[0] in BULLETS for w in box.words):
        return False
    return not any(
        (column, row) in picture.grid.cells
        for row in range(box.top + 1, box.bottom)
        for column in range(box.left + 1, box.right)
    )


def text_elements(picture: Picture, frame: Frame) -> Iterator[str]:
    """The words as SVG, one <text> a word run, in reading order."""
    titles = headings(picture)
    moved = shifts(picture, titles)
    for row in picture.grid.rows:
        for run in row:
            if run.kind is Kind.TEXT:
                yield from _word(run, moved.get(run, 0), frame, is_heading=run in titles)


@dataclass(slots=True)
class _Element:
    """A <text> that is being written: the place of each character, and what it says."""

    baseline: float
    mark: str  # the class attribute, or nothing
    places: list[str] = field(default_factory=list)
    body: str = ""
    is_wide: bool = False

    def add(self, cluster: str, x: float, *, is_wide: bool) -> None:
        if is_wide != self.is_wide and cluster != " ":
            self.body += '<tspan class="dg-wide">' if is_wide else "</tspan>"
            self.is_wide = is_wide
        # An x list has one place for each UTF-16 unit; only single ones come here.
        self.places.append(number(x))
        self.body += escape(cluster, quote=False)

    def close(self) -> str:
        if self.body.endswith(" "):  # browsers drop it, so that it takes no place
            self.body = self.body[:-1]
            self.places.pop()
        if not self.places:
            return ""
        end = "</tspan>" if self.is_wide else ""
        return (
            f'<text x="{" ".join(self.places)}" y="{number(self.baseline)}"{self.mark}>'
            f"{self.body}{end}</text>"
        )


def _word(run: Run, shift: float, frame: Frame, *, is_heading: bool) -> Iterator[str]:
    """One run; emoji, accented and doubtful characters stand in elements of their own."""
    baseline = frame.y(middle(run.row)) + BASELINE
    mark = ' class="dg-heading"' if is_heading else ""
    element = _Element(baseline, mark)
    column = run.column + shift
    for cluster in clusters(run.text):
        width = width_of(cluster)
        x = frame.x(0) + column * COLUMN
        column += width
        if alone := _alone(cluster, width, x, baseline):
            yield element.close() + alone
            element = _Element(baseline, mark)
        elif cluster != " " or element.places:
            inset = COLUMN - WIDE_SIZE / 2 if width == WIDE else 0
            element.add(cluster, x + inset, is_wide=width == WIDE)
    yield element.close()


def _alone(cluster: str, width: int, x: float, baseline: float) -> str:
    """A character that no x list can hold in its cell; empty when an x list can."""
    y, said = number(baseline), escape(cluster, quote=False)
    single = len(cluster) == 1 and ord(cluster) <= BASIC_PLANE
    if not single or (unicodedata.category(cluster) == "So" and width == WIDE):
        middle_x = number(x + width * COLUMN / 2)
        return f'<text x="{middle_x}" y="{y}" class="dg-emoji">{said}</text>'
    if width < WIDE and unicodedata.east_asian_width(cluster) == "A":
        # Japanese fonts make → ★ ① two columns wide: squeeze them into the one they were given.
        return (
            f'<text x="{number(x)}" y="{y}" textLength="{COLUMN}" '
            f'lengthAdjust="spacingAndGlyphs">{said}</text>'
        )
    return ""
