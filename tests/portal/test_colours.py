"""The colours of the site can be told apart, in light and in dark (WCAG 2.2 contrast)."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"
COLOUR = r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)"
PAIR = re.compile(rf"--([\w-]+): light-dark\({COLOUR}, {COLOUR}\);")
BODY, WORDS, SIGNS = 7.0, 4.5, 3.0
TINTS = ("accent-soft", "good-soft", "warn-soft", "bad-soft")
RULES = [
    *[("text", under, BODY) for under in ("surface", "surface-2", "surface-3", "found", *TINTS)],
    *[("text-muted", under, WORDS) for under in ("surface", "surface-2", "surface-3", *TINTS)],
    *[("accent", under, WORDS) for under in ("surface", "surface-2", "surface-3", *TINTS)],
    *[("accent-strong", under, BODY) for under in ("surface", "surface-2", "accent-soft")],
    *[("on-accent", under, WORDS) for under in ("accent", "accent-strong")],
    *[(tone, "surface", WORDS) for tone in ("good", "warn", "bad")],
    *[(tone, f"{tone}-soft", WORDS) for tone in ("good", "warn", "bad")],
    *[("line", under, SIGNS) for under in ("surface", "surface-2")],
]


def luminance(lightness: float, chroma: float, hue: float) -> float:
    """Return the relative luminance of an OKLCH colour (Ottosson's matrices, clipped to sRGB)."""
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    weights = zip((red, green, blue), (0.2126, 0.7152, 0.0722), strict=True)
    return sum(min(1.0, max(0.0, part)) * weight for part, weight in weights)


def colours() -> dict[str, tuple[float, float]]:
    """Return the luminance of each token in light and in dark."""
    found = PAIR.findall(TOKENS.read_text("utf-8"))
    return {
        name: (luminance(*map(float, six[:3])), luminance(*map(float, six[3:])))
        for name, *six in found
    }


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("over", "under", "least"), RULES)
def test_a_colour_stands_out_from_what_is_behind_it(over, under, least, theme):
    shades = colours()

    darker, lighter = sorted((shades[over][theme], shades[under][theme]))

    assert (lighter + 0.05) / (darker + 0.05) >= least
