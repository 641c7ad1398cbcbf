"""Takes HTML tags out of an author's Markdown; a chapter is written without them.

No raw HTML reaches the page: words in angle brackets that are no HTML, such as `<region>`, are
text, tags of HTML are taken out and reported. `<br>`, `<kbd>`, `<sub>` and `<sup>` stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor

from content.rendering.draft import Draft, Line
from content.rendering.masks import masked

if TYPE_CHECKING:
    from markdown import Markdown

_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)((?:[\s/][^<>]*)?)>")
_KEPT = frozenset({"br", "kbd", "sub", "sup"})
_ELSEWHERE = frozenset({"details", "summary"})
_NAMES = """
a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big
    blink blockquote body br button canvas caption center cite code col colgroup data datalist dd
    del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame
    frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins isindex kbd keygen
    label legend li link listing main map mark marquee math menu menuitem meta meter nav nobr
    noembed noframes noscript object ol optgroup option output p param picture plaintext portal pre
    progress q rb rp rt rtc ruby s samp script search section select slot small source span strike
    strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr
    track tt u ul var video wbr xmp"""
_HTML = frozenset(_NAMES.split())


def strip(lines: list[Line], draft: Draft) -> list[Line]:
    """The lines without HTML tags, each reported; code spans keep theirs."""
    kept = []
    for line, seen in zip(lines, masked(lines), strict=True):
        if "<" not in seen:
            kept.append(line)
            continue
        pieces, done = [], 0
        for tag in _TAG.finditer(seen):
            if not _is_unwanted(tag):
                continue
            draft.report(
                line.number,
                f"the HTML tag {tag[0][:60]} is taken out",
                "write it in Markdown, or between backticks if it is meant as text",
            )
            pieces.append(line.text[done : tag.start()])
            done = tag.end()
        kept.append(Line(line.number, "".join([*pieces, line.text[done:]])))
    return kept


def _is_unwanted(tag: re.Match[str]) -> bool:
    name = tag[1].lower()
    if name in _KEPT:
        return bool(tag[2].strip(" /"))
    return name in _HTML and name not in _ELSEWHERE


class _Pair(InlineProcessor):
    """`<kbd>…</kbd>` and its like, without attributes."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        element = Element(m[1].lower())
        element.text = m[2]
        return element, m.start(0), m.end(0)


class _Break(InlineProcessor):
    """`<br>`, the one way to break a line inside a table cell."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        return Element("br"), m.start(0), m.end(0)


def forbid(md: Markdown) -> None:
    """Take every way for raw HTML out of a Markdown object; let the few kept tags through."""
    md.preprocessors.deregister("html_block")
    for name in ("html", "entity", "automail"):
        md.inlinePatterns.deregister(name)
    # The content is short and holds no tag, so that open tags without end cost no time.
    pair = _Pair(r"(?i)<(kbd|sub|sup)>([^<>]{1,200})</\1>", md)
    md.inlinePatterns.register(pair, "kept_pair", 91)
    md.inlinePatterns.register(_Break(r"(?i)<br ?/?>", md), "kept_break", 90)
