"""Drawings as files of their own: SVG with its colours inside."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from xml.etree.ElementTree import Element, fromstring

from quizzes.export.elements import Picture, as_text, element
from quizzes.export.model import Diagram

# The colours of static/css/diagram.css as a light page has them, in the form every viewer reads.
STYLE = """\
svg{background:#fafbfd}
.dg-box{stroke:#6b7f9b;stroke-width:1.25}
.dg-depth-0{fill:#f1f5fb}.dg-depth-1{fill:#dfecff}.dg-depth-2{fill:#f4fbfc}
.dg-depth-3{fill:#d9f1f3}.dg-depth-4{fill:#f0faf3}
.dg-gap{stroke:none}
.dg-rule{fill:none;stroke:#6b7f9b;stroke-width:1.25}
.dg-line{fill:none;stroke:#566a85;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.dg-arrow{fill:#2f62d8;stroke:#2f62d8;stroke-linejoin:round}
.dg-text{fill:#1d2636;font:13.3px Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",\
"Hiragino Sans","Noto Sans CJK JP","Noto Sans JP","Yu Gothic",Meiryo,monospace}
.dg-heading{fill:#1e3f7c;font-weight:700}
.dg-wide{font-size:14.5px}
.dg-emoji{font-size:12.5px;text-anchor:middle}
"""


def file_of(diagram: Diagram) -> bytes:
    """Return the drawing as an SVG file; it must be one that can be drawn."""
    assert diagram.svg is not None
    opening, rest = diagram.svg.split(">", 1)
    spaced = opening.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f"{spaced}><style>{STYLE}</style>{rest}\n".encode()


def inline(diagram: Diagram) -> Element:
    """Return the drawing as an element of a page."""
    if diagram.svg is None:
        return as_text(diagram)
    svg = fromstring(diagram.svg)  # noqa: S314 - drawn by our own renderer
    svg.insert(0, element("style", STYLE))
    return svg


class Files:
    """The picture files of an export: pass `picture` where blocks are written, then take `all`.

    `address` makes the src of a name. Names are flat and the same for the same drawing.
    """

    def __init__(self, address: Callable[[str], str]) -> None:
        self.all: dict[str, bytes] = {}
        self._address = address

    @property
    def picture(self) -> Picture:
        return self._picture

    def _picture(self, diagram: Diagram) -> Element:
        if diagram.svg is None:
            return as_text(diagram)
        data = file_of(diagram)
        name = f"gantry-{hashlib.sha256(data).hexdigest()[:16]}.svg"
        self.all[name] = data
        said = f"{diagram.title}: {diagram.description}".rstrip(": ")
        return element("p", element("img", src=self._address(name), alt=said))
