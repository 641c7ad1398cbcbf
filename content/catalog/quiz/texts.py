"""The Markdown of a question in one language, rendered in one go and taken apart again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from content.catalog.decode import Found, Key
from content.catalog.draft import Render
from content.catalog.quiz.schema import QuestionTable
from content.rendering.model import Html, Page

HEADING = re.compile(r"\A<h2.*?</h2>\s*", re.DOTALL)
BLOCK = re.compile(r"<(?:p|figure|ul|ol|dl|table|blockquote|details|div|pre|h[1-6])\b")
PARAGRAPH = re.compile(r"\A<p>((?:(?!</?p>).)*)</p>\Z", re.DOTALL)


def payload_of(table: QuestionTable) -> str:
    """Return the canonical JSON of a question: the same text for the same question, for good."""
    return msgspec.json.encode(table, order="deterministic").decode()


def digest_of(payload: str) -> str:
    """Return the sha256 of a payload as 64 hexadecimal digits."""
    return hashlib.sha256(payload.encode()).hexdigest()


def sources_of(table: QuestionTable, language: str) -> dict[Key, str]:
    """Return the Markdown of every text of a question by its key, in reading order."""
    found: dict[Key, str] = {}
    for name in ("prompt", "explanation", "trap"):
        found[(name,)] = getattr(table, name).get(language, "")
    for place, choice in enumerate(table.choice):
        found["choice", place, "text"] = (choice.text or {}).get(language, "")
        found["choice", place, "reason"] = choice.reason.get(language, "")
    return {key: text.strip() for key, text in found.items() if text.strip()}


@dataclass(frozen=True, slots=True)
class QuestionTexts:
    """All texts of a question in one language; a heading before each divides the page."""

    language: str
    sources: Mapping[Key, str]
    page: Page

    @classmethod
    def render(cls, table: QuestionTable, language: str, render: Render) -> QuestionTexts:
        """Render the texts; ids of drawings begin with the digest, for pages of many questions."""
        sources = sources_of(table, language)
        joined = "".join(
            f"## . {{#p{place}}}\n\n{text}\n\n" for place, text in enumerate(sources.values())
        )
        prefix = f"q{digest_of(payload_of(table))[:10]}-{language.lower()}-"
        return cls(language, sources, render(joined, language=language, prefix=prefix))

    @property
    def is_divided(self) -> bool:
        """Tell whether no text broke the division by a heading or an open fence."""
        sections = self.page.sections
        return len(sections) == len(self.sources) and not any(one.headings for one in sections)

    def htmls(self) -> dict[Key, Html]:
        """Return every text as HTML by its key; choices without a paragraph around them."""
        parts = [HEADING.sub("", section.html) for section in self.page.sections]
        return {
            key: Html(PARAGRAPH.sub(r"\1", part) if key[-1] == "text" else part)
            for key, part in zip(self.sources, parts, strict=False)
        }

    def faults(self) -> Iterator[Found]:
        """Yield what cannot be shown as its author meant it."""
        for one in self.page.problems:
            yield Found((*self._key_at(one.line), self.language), one.what, one.mend)
        if not self.is_divided:
            what = f"a text of this question has a heading or an open fence in {self.language}"
            yield Found(("prompt", self.language), what, "use no headings, close every fence")
            return
        for key, part in self.htmls().items():
            if key[-1] == "text" and BLOCK.search(part):
                what = "this choice is more than one line of text"
                yield Found((*key, self.language), what, "write one line without blocks")
        for link in (*self.page.links, *self.page.images):
            if not link.target.startswith("https://"):
                what = f"a question cannot show {link.target}"
                mend = "name the place in section, draw a diagram"
                yield Found((*self._key_at(link.line), self.language), what, mend)

    def _key_at(self, line: int) -> Key:
        """Return the key of the text that holds a line of the joined source."""
        last = 0
        for key, text in self.sources.items():
            last += text.count("\n") + 4
            if line <= last:
                return key
        return ("prompt",)
