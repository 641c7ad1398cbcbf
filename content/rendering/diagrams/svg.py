"""Draws a clean box drawing as one inline <svg> that takes its colours from the page.

The classes, all coloured by static/css/diagram.css:

dg            the <svg>; with dg-fit-1 … dg-fit-6 when it is broad and must not shrink below reading
dg-box        a box, a <rect>, with dg-depth-0 … dg-depth-4 for how deep it stands in other boxes
dg-gap        the piece of border that a title in it interrupts, with the dg-depth-… of its box
dg-rule       lines that divide a box
dg-line       lines that connect
dg-arrow      arrow heads
dg-text       the group of all words; inside it
dg-heading    … the heading of a box
dg-wide       … Japanese, in runs between Latin letters
dg-emoji      … an emoji or a letter with accents, centred in its cell
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import dropwhile
from typing import Final

from content.rendering.diagrams.boxes import Box, Picture, understand
from content.rendering.diagrams.frame import COLUMN, RADIUS, Frame, frame_of, middle, number
from content.rendering.diagrams.grid import DrawingError, visible
from content.rendering.diagrams.lettering import text_elements
from content.rendering.diagrams.outline import outline
from content.rendering.diagrams.strokes import stretches, strokes

# Up to so many columns the picture needs the minimum width that diagram.css gives dg-fit-1, 2, …;
# narrower pictures shrink into any phone.
FITS: Final = (46, 58, 73, 100, 130, 165, 200)
DEEPEST: Final = 4  # deeper boxes share the last colour
GAP_HEIGHT: Final = 18
NAMELESS: Final = {"ja": "図", "en": "Diagram"}

_CAPTION: Final = re.compile(r"\s*【([^\n]+)】\s*\Z")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing ready for a page: the picture, its words as a nested list, and its width."""

    svg: str
    outline: str
    columns: int


def split_caption(text: str) -> tuple[str, str]:
    """The caption that a first line 【…】 gives, and the drawing below it without empty edges."""
    lines = text.strip("\n").split("\n")
    found = _CAPTION.match(lines[0])
    if found:
        lines = lines[1:]
    drawn = "\n".join(dropwhile(lambda line: not line.strip(), lines)).rstrip()
    return (found[1].strip() if found else ""), drawn


def name_of(title: str, caption: str, language: str) -> str:
    """What the drawing is called: its title, else its caption, else "diagram"."""
    said = one_line(title) or one_line(caption)
    return said or NAMELESS.get(language, NAMELESS["en"])


def one_line(text: str) -> str:
    """A caption or description without control characters and line breaks."""
    return " ".join(visible(text).split())


def draw(
    text: str, *, uid: str, title: str, description: str = "", language: str = "ja"
) -> Drawing:
    """Draw a clean drawing.

    `uid` begins the ids of the picture and must be unique in the page. Raises DrawingError when
    the text is too large, has too many boxes, or has no line or box in it.
    """
    caption, body = split_caption(text)
    picture = understand(body)
    frame = frame_of(picture)
    shapes = "".join(_shapes(picture, frame))
    if not shapes:
        raise DrawingError(
            "This cannot be drawn: it has no box and no line. Draw with ┌─┐ │ └─┘, or make it text."
        )
    svg = "".join(
        (
            _opening(frame, uid, has_description=bool(one_line(description))),
            _names(uid, name_of(title, caption, language), one_line(description)),
            shapes,
            '<g class="dg-text">',
            "\n".join(filter(None, text_elements(picture, frame))),
            "</g></svg>",
        )
    )
    return Drawing(svg, outline(picture), picture.grid.columns)


def _opening(frame: Frame, uid: str, *, has_description: bool) -> str:
    step = sum(frame.columns > columns for columns in FITS)
    fit = f" dg-fit-{step}" if step else ""
    prefix = escape(uid)
    labels = f"{prefix}-title {prefix}-desc" if has_description else f"{prefix}-title"
    return (
        f'<svg class="dg{fit}" role="img" aria-labelledby="{labels}" '
        f'viewBox="0 0 {frame.width} {frame.height}" '
        f'width="{frame.width}" height="{frame.height}">'
    )


def _names(uid: str, title: str, description: str) -> str:
    names = f'<title id="{escape(uid)}-title">{escape(title)}</title>'
    if description:
        names += f'<desc id="{escape(uid)}-desc">{escape(description)}</desc>'
    return names


def _shapes(picture: Picture, frame: Frame) -> Iterator[str]:
    yield from (_rect(box, frame) for box in picture.all_boxes())
    yield from _gaps(picture, frame)
    drawn = strokes(picture, frame)
    for name, path in (("rule", drawn.rules), ("line", drawn.lines), ("arrow", drawn.heads)):
        if path:
            yield f'<path class="dg-{name}" d="{path}"/>'


def _rect(box: Box, frame: Frame) -> str:
    x, y = frame.x(middle(box.left)), frame.y(middle(box.top))
    width, height = frame.x(middle(box.right)) - x, frame.y(middle(box.bottom)) - y
    return (
        f'<rect class="dg-box dg-depth-{min(box.depth, DEEPEST)}" x="{number(x)}" y="{number(y)}" '
        f'width="{number(width)}" height="{number(height)}" rx="{RADIUS}"/>'
    )


def _gaps(picture: Picture, frame: Frame) -> Iterator[str]:
    """A patch under each title in a border, so that the border does not strike it through."""
    for box in picture.all_boxes():
        for row in (box.top, box.bottom):
            inside = range(box.left + 1, box.right)
            columns = [column for column in inside if (column, row) in picture.labels]
            for start, stop in stretches(columns):
                yield (
                    f'<rect class="dg-gap dg-depth-{min(box.depth, DEEPEST)}" '
                    f'x="{number(frame.x(2 * start))}" '
                    f'y="{number(frame.y(middle(row)) - GAP_HEIGHT / 2)}" '
                    f'width="{(stop - start) * COLUMN}" height="{GAP_HEIGHT}"/>'
                )
