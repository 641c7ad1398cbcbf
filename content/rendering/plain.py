"""The plain words of HTML, for search, labels and reading time."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_INLINE = frozenset(
    {"a", "abbr", "code", "em", "kbd", "label", "span", "strong", "sub", "sup", "text", "tspan"}
)
_CELLS = frozenset({"td", "th"})
# Not the author's words: our own links.
_UNREAD_CLASSES = frozenset({"anchor", "footnote-backref", "footnote-ref"})
_AMPERSAND = re.compile(r"&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\f\v]+")
_BREAKS = re.compile(r" *\n[ \n]*")

WIDE = "[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60]"
_TAGS = "(?:</?(?:a|code|em|kbd|strong|sub|sup)(?: [^<>]*)?>)*"
_SOFT_BREAK = re.compile(f"(?<={WIDE})({_TAGS})\n({_TAGS})(?={WIDE})")


def spelled(text: str) -> str:
    """What a browser reads where Python-Markdown writes this text into HTML."""
    return unescape(_AMPERSAND.sub("&amp;", text))


def spelled_words(element: Element) -> str:
    """The words in an element of Python-Markdown's tree, on one line."""
    return " ".join(spelled("".join(element.itertext())).split())


def join_wide_lines(markup: str) -> str:
    """Take out line breaks between Japanese characters, which browsers would show as spaces."""
    return _SOFT_BREAK.sub(r"\1\2", markup)


def words_of(markup: str, *, leaving_out: Collection[str] = ()) -> str:
    """The words a reader finds in HTML, but in the elements left out; a block ends its line."""
    reader = _Reader(leaving_out)
    reader.feed(markup)
    reader.close()
    return _BREAKS.sub("\n", _SPACES.sub(" ", "".join(reader.pieces))).strip()


class _Reader(HTMLParser):
    def __init__(self, leaving_out: Collection[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.leaving_out = leaving_out
        self.pieces: list[str] = []
        self.unread: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag in self.leaving_out or not _UNREAD_CLASSES.isdisjoint(classes) or tag in self.unread:
            self.unread.append(tag)
        elif tag in _CELLS:
            self.pieces.append(" ")
        elif tag not in _INLINE:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self.unread:
            if self.unread[-1] == tag:
                self.unread.pop()
        elif tag not in _INLINE and tag not in _CELLS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.pieces.append(data if "\n" not in data else data.replace("\n", " "))
