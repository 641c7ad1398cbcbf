"""Box drawings: mended when they are written, drawn as inline SVG when a page is rendered."""

from __future__ import annotations

from content.rendering.diagrams.check import Fault, FaultKind, faults
from content.rendering.diagrams.figure import figure
from content.rendering.diagrams.grid import DrawingError, looks_like_drawing
from content.rendering.diagrams.heal import heal
from content.rendering.diagrams.svg import Drawing, draw

__all__ = [
    "Drawing",
    "DrawingError",
    "Fault",
    "FaultKind",
    "draw",
    "faults",
    "figure",
    "heal",
    "looks_like_drawing",
]
