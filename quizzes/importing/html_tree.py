"""Parses HTML of strangers into a tree of the few tags that can be said in Markdown."""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

import nh3

DEEPEST = 100
_VOID = frozenset({"br", "hr", "img"})
_INLINE = frozenset({"a", "b", "strong", "i", "em", "code", "tt", "kbd", "sub", "sup", "br", "img"})
_BLOCKS = frozenset({"p", "div", "ul", "ol", "li", "pre", "blockquote", "hr"})
_TABLE = frozenset({"table", "thead", "tbody", "tr", "td", "th"})
KEPT = _INLINE | _BLOCKS | _TABLE
# Tags that only group or colour words: nothing is lost with them.
SILENT = frozenset({"span", "font", "html", "body", "section", "u", "small", "colgroup", "col"})
_ATTRIBUTES = {"*": {"class"}, "a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}}


def tree(text: str) -> tuple[Element, list[str]]:
    """Return the tree below a `div`, and the names of tags that were taken out of it."""
    if "<" not in text and "&" not in text:  # most choices: nothing to parse
        root = Element("div")
        root.text = text
        return root, []
    seen = _Names()
    seen.feed(text)
    seen.close()
    clean = nh3.clean(text, tags=set(KEPT), attributes=_ATTRIBUTES, link_rel=None)
    builder = _Builder()
    builder.feed(clean)
    builder.close()
    return builder.root, sorted(seen.names - KEPT - SILENT)


class _Names(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)


class _Builder(HTMLParser):
    """Builds from clean HTML, in which every tag is closed; what lies too deep is laid flat."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("div")
        self._open = [self.root]
        self._too_deep = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(self._open) >= DEEPEST and tag not in _VOID:
            self._too_deep += 1
            return
        made = SubElement(self._open[-1], tag, {name: value or "" for name, value in attrs})
        if tag not in _VOID:
            self._open.append(made)

    def handle_endtag(self, tag: str) -> None:
        if self._too_deep:
            self._too_deep -= 1
        elif tag not in _VOID and len(self._open) > 1:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        parent = self._open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + data
        else:
            parent.text = (parent.text or "") + data
