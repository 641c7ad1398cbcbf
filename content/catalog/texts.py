"""Markdown texts that belong together, rendered in one go and taken apart again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from content.catalog.decode import Found, Key, in_words
from content.catalog.draft import Render
from content.rendering.model import Html, Page

HEADING = re.compile(r"\A<h2.*?</h2>\s*", re.DOTALL)
BLOCK = re.compile(r"<(?:p|figure|ul|ol|dl|table|blockquote|details|div|pre|h[1-6])\b")
PARAGRAPH = re.compile(r"\A<p>((?:(?!</?p>).)*)</p>\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Written:
    """The Markdown of one thing in one language, by key, in reading order.

    `noun` is what faults call the thing. Texts whose key ends with a name of `inline` are one line
    without blocks. `prefix` begins the ids of drawings, for pages that show many such things.
    """

    noun: str
    language: str
    prefix: str
    sources: Mapping[Key, str]
    inline: frozenset[str]


@dataclass(frozen=True, slots=True)
class RenderedTexts:
    """What was written, as one page; a heading before each text divides it."""

    written: Written
    page: Page

    @classmethod
    def render(cls, written: Written, render: Render) -> RenderedTexts:
        """Render the texts; the renderer never raises."""
        joined = "".join(
            f"## . {{#p{place}}}\n\n{text}\n\n"
            for place, text in enumerate(written.sources.values())
        )
        page = render(joined, language=written.language, prefix=written.prefix)
        return cls(written, page)

    @property
    def is_divided(self) -> bool:
        """Tell whether no text broke the division by a heading or an open fence."""
        sections = self.page.sections
        has_headings = any(one.headings for one in sections)
        return len(sections) == len(self.written.sources) and not has_headings

    def htmls(self) -> dict[Key, Html]:
        """Return every text as HTML by its key; inline ones without a paragraph around them."""
        parts = [HEADING.sub("", section.html) for section in self.page.sections]
        return {
            key: Html(PARAGRAPH.sub(r"\1", part) if key[-1] in self.written.inline else part)
            for key, part in zip(self.written.sources, parts, strict=False)
        }

    def faults(self) -> Iterator[Found]:
        """Yield what cannot be shown as its author meant it."""
        noun, language = self.written.noun, self.written.language
        for one in self.page.problems:
            yield Found((*self._key_at(one.line), language), one.what, one.mend)
        if not self.is_divided:
            what = f"a text of this {noun} has a heading or an open fence in {language}"
            first = next(iter(self.written.sources))
            yield Found((*first, language), what, "use no headings, close every fence")
            return
        yield from self._blocks()
        for link in (*self.page.links, *self.page.images):
            if not link.target.startswith("https://"):
                what = f"a {noun} cannot show {link.target}"
                mend = "name the place in section, draw a diagram"
                yield Found((*self._key_at(link.line), language), what, mend)

    def _blocks(self) -> Iterator[Found]:
        for key, part in self.htmls().items():
            if key[-1] in self.written.inline and BLOCK.search(part):
                what = f"{in_words(key)} is more than one line of text"
                mend = "write one line without blocks"
                yield Found((*key, self.written.language), what, mend)

    def _key_at(self, line: int) -> Key:
        """Return the key of the text that holds a line of the joined source."""
        last = 0
        for key, text in self.written.sources.items():
            last += text.count("\n") + 4
            if line <= last:
                return key
        return next(iter(self.written.sources))
