"""Glyphs of diagrams stay in their cells, whatever font the browser finds for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.rendering.diagrams import figure, heal
from tests.content.rendering.torn_drawings import TORN, TREE

pytestmark = pytest.mark.e2e

CSS = Path(__file__).parents[2].joinpath("static/css/diagram.css").read_text()
SIGNS = (
    "┌─────────────────────────┐\n│  ✅ 済 → ★ ① … “ok” e\u0301     │\n└─────────────────────────┘"
)
PHONE = {"width": 390, "height": 800}
# A glyph may fill its cell to the last hundredths: 13.3px DejaVu Sans Mono is 8.007px wide.
HAIR = 0.05

MEASURE = """
() => [...document.querySelectorAll('.dg text')].flatMap(text => {
  const places = text.getAttribute('x').split(' ').map(Number);
  const isAlone = text.classList.contains('dg-emoji');
  const wide = new Set();
  let at = 0;
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const length = walker.currentNode.length;
    const isWide = walker.currentNode.parentElement.classList.contains('dg-wide');
    for (let k = 0; k < length; k++) if (isWide) wide.add(at + k);
    at += length;
  }
  if (isAlone) {
    const box = text.getBBox();
    return [{said: text.textContent, off: box.x + box.width / 2 - places[0],
             width: box.width, cell: /[\\u0300-\\u036f]/.test(text.textContent) ? 8 : 16}];
  }
  return places.map((place, k) => ({
    said: text.textContent[k],
    off: text.getStartPositionOfChar(k).x - place,
    width: text.getExtentOfChar(k).width,
    cell: wide.has(k) ? 16 : 8,
  }));
})
"""


def page_of(*figures: str) -> str:
    return (
        '<!doctype html><html lang="ja"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>diagrams</title><style>body {{ margin: 16px }} {CSS}</style>{''.join(figures)}"
    )


def drawn(number: int, text: str) -> str:
    return figure(heal(text), uid=f"d{number}", title=f"{number}", description="", language="ja")


def test_no_glyph_leaves_its_cell(page):
    page.set_content(page_of(*map(drawn, range(9), [*TORN.values(), TREE, SIGNS])))

    glyphs = page.evaluate(MEASURE)

    assert len(glyphs) > 200
    assert [g for g in glyphs if abs(g["off"]) > HAIR] == []
    assert [g for g in glyphs if g["width"] > g["cell"] + HAIR] == []


def test_a_phone_never_scrolls_sideways_but_a_broad_figure_does(page):
    page.set_viewport_size(PHONE)
    page.set_content(page_of(drawn(0, TORN["overrun"]), drawn(1, TORN["uneven"])))

    overflows = page.evaluate(
        "() => [document.documentElement, ...document.querySelectorAll('.diagram-view')]"
        ".map(box => box.scrollWidth > box.clientWidth)"
    )
    latin = page.evaluate(
        "() => Math.min(...[...document.querySelectorAll('.dg')]"
        ".map(svg => 13.3 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width))"
    )

    assert overflows == [False, True, False]
    assert latin >= 9.6
