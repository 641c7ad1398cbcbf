"""Words and lines of diagrams can be read on every fill, in light and in dark."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from content.rendering.diagrams.frame import COLUMN, MARGIN
from content.rendering.diagrams.lettering import WIDE_SIZE
from content.rendering.diagrams.svg import DEEPEST, FITS

CSS = Path(__file__).parents[3].joinpath("static/css/diagram.css").read_text()
LIGHT = ":root {"
DARK_BY_SYSTEM = ':root:not([data-theme="light"]) {'
DARK_BY_CHOICE = ':root[data-theme="dark"] {'
FILLS = ("paper", *(f"depth-{depth}" for depth in range(DEEPEST + 1)))
LATIN_SIZE = 13.3
SMALLEST_LATIN = 9.6
REM = 16


def colours(block: str) -> dict[str, tuple[float, ...]]:
    body = CSS.split(block, 1)[1].split("}", 1)[0]
    found = re.findall(r"--dg-([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);", body)
    return {name: tuple(map(float, numbers)) for name, *numbers in found}


def luminance(oklch: tuple[float, ...]) -> float:
    lightness, chroma, hue = oklch[0], oklch[1], math.radians(oklch[2])
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    clipped = [min(max(part, 0.0), 1.0) for part in (red, green, blue)]
    return sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), clipped, strict=True))


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("block", [LIGHT, DARK_BY_SYSTEM, DARK_BY_CHOICE])
@pytest.mark.parametrize(
    ("ink", "least"), [("text", 7), ("heading", 7), ("box", 3), ("line", 3), ("arrow", 3)]
)
def test_ink_stands_out_from_every_fill(block, ink, least):
    palette = colours(block)

    worst = min(contrast(palette[ink], palette[fill]) for fill in FILLS)

    assert worst >= least


def test_dark_by_choice_is_dark_by_system():
    assert colours(DARK_BY_CHOICE) == colours(DARK_BY_SYSTEM) != {}


def test_broad_drawings_stay_readable_when_they_shrink():
    widths = {int(k): float(v) for k, v in re.findall(r"dg-fit-(\d) { min-width: ([\d.]+)rem", CSS)}

    for step, columns in enumerate(FITS[1:], start=1):
        full = columns * COLUMN + 2 * MARGIN
        assert LATIN_SIZE * widths[step] * REM / full >= SMALLEST_LATIN


def test_the_sizes_in_the_stylesheet_are_those_the_columns_were_made_for():
    assert f"font: {LATIN_SIZE}px" in CSS
    assert f"font-size: {WIDE_SIZE}px" in CSS
