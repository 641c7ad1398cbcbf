"""Reads the Markdown of a question into blocks, by the parser that draws it on the site."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Hashable, Iterator, Mapping
from typing import TypeVar
from xml.etree.ElementTree import Element

from content.rendering import callouts, details, diagrams, headings, limits, raw_html, tree
from content.rendering.draft import Draft
from content.rendering.fences import Fence, extract
from content.rendering.plain import spelled
from quizzes.export import model
from quizzes.export.inlines import inlines_of, is_blank

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_NAME = re.compile(r"[^\s{}]*")
_OPTION = re.compile(r"""([\w-]+)=(?:"([^"]*)"|'([^']*)'|([^\s"'{}]+))""")
_BLOCKS = frozenset(
    {"p", "ul", "ol", "dl", "blockquote", "div", "aside", "details", "pre", "table", "hr"}
)

Key = TypeVar("Key", bound=Hashable)


def tidy(text: str) -> str:
    """Return the text without characters that XML and pages may not hold, lines ended by LF."""
    whole = text.encode("utf-8", "replace").decode()
    return _CONTROLS.sub("", whole.replace("\r\n", "\n").replace("\r", "\n"))


def read(markdown: str, language: str) -> model.Rich:
    """Return one text."""
    return read_all({0: markdown}, language)[0]


def read_all(sources: Mapping[Key, str], language: str) -> dict[Key, model.Rich]:
    """Return texts by key; empty ones are empty. They are parsed in one go, which is faster."""
    written = {key: tidy(text).strip() for key, text in sources.items()}
    filled = [key for key, text in written.items() if text]
    joined = "".join(f"## . {{#p{n}}}\n\n{written[key]}\n\n" for n, key in enumerate(filled))
    parts = _Reader(joined, language).parts()
    if len(parts) != len(filled):  # an open fence or a heading in a text broke the division
        parts = [_Reader(written[key], language).whole() for key in filled]
    read = dict(zip(filled, parts, strict=True))
    return {key: model.Rich(text, read.get(key, ())) for key, text in written.items()}


class _Reader:
    """Parses one Markdown text; its fences are kept by the marks that stand for them."""

    def __init__(self, markdown: str, language: str) -> None:
        self.language = language
        self.draft = Draft(markdown, language)
        self.fences: dict[str, Fence] = {}

    def parts(self) -> list[tuple[model.Block, ...]]:
        """Return the blocks below each heading of the text."""
        found: list[list[model.Block]] = []
        for child in self._root():
            if child.tag == "h2":
                found.append([])
            elif found:
                found[-1] += self._blocks(child)
        return [tuple(one) for one in found]

    def whole(self) -> tuple[model.Block, ...]:
        return tuple(self._inside(self._root()))

    def _root(self) -> Element:
        lines = extract(self.draft.source, self.draft, self._keep)
        lines = details.mark(raw_html.strip(lines, self.draft), self.draft)
        lines = callouts.mark(headings.mark(lines, self.draft), self.draft)
        return tree.to_tree(limits.keep_paragraphs_short(lines, self.draft), self.draft)

    def _keep(self, fence: Fence, draft: Draft) -> str:
        mark = draft.block(fence.line, "", fence.body)
        self.fences[mark] = fence
        return mark

    def _inside(self, element: Element) -> Iterator[model.Block]:
        """Yield the blocks in an element that may also hold words of its own."""
        if not any(child.tag in _BLOCKS or child.tag[0] == "h" for child in element):
            yield from self._paragraph(element)
            return
        own = inlines_of(element) if (element.text or "").strip() else ()
        if not is_blank(own):
            lead = Element("p")
            lead.text = element.text
            lead.extend(child for child in element if child.tag not in _BLOCKS)
            yield from self._paragraph(lead)
        for child in element:
            if child.tag in _BLOCKS or child.tag[0] == "h":
                yield from self._blocks(child)

    def _blocks(self, element: Element) -> Iterator[model.Block]:
        if element.tag in ("ul", "ol"):
            start = int(element.get("start", "1")) if element.tag == "ol" else None
            yield model.Bullets(tuple(tuple(self._inside(one)) for one in element), start)
        elif element.tag == "blockquote":
            yield model.Quote(tuple(self._inside(element)))
        elif element.tag == "table":
            yield model.Table(
                tuple(tuple(inlines_of(cell) for cell in row) for row in element.iter("tr"))
            )
        elif element.tag in ("p", "dt") or element.tag[0] == "h":
            yield from self._paragraph(element)
        else:
            yield from self._inside(element)

    def _paragraph(self, element: Element) -> Iterator[model.Block]:
        marks = list(self.draft.pattern.finditer("".join(element.itertext())))
        if marks:
            yield from (block for mark in marks for block in self._block_of(mark))
            return
        for image in element.iter("img"):
            yield model.Image(spelled(image.get("src", "")), spelled(image.get("alt", "")))
        inlines = inlines_of(element)
        if not is_blank(inlines):
            yield model.Paragraph(inlines)

    def _block_of(self, mark: re.Match[str]) -> Iterator[model.Block]:
        fence = self.fences.get(mark[0])
        if fence is None:
            block = self.draft.block_of(mark)
            if block is not None:  # code by indentation
                yield model.Listing(block.text)
            return
        name = _NAME.match(fence.info)
        language = name[0].lower() if name else ""
        options = {one[1]: one[2] or one[3] or one[4] or "" for one in _OPTION.finditer(fence.info)}
        if language == "diagram":
            yield self._diagram(fence.body, options)
        else:
            yield model.Listing(fence.body, language, options.get("title", ""))

    def _diagram(self, text: str, options: Mapping[str, str]) -> model.Diagram:
        title, description = options.get("title", ""), options.get("desc", "")
        uid = f"d{hashlib.sha256(text.encode()).hexdigest()[:10]}"
        svg: str | None = None
        with contextlib.suppress(diagrams.DrawingError):
            svg = diagrams.draw(
                text, uid=uid, title=title, description=description, language=self.language
            ).svg
        return model.Diagram(text, title or self.draft.words.diagram, description, svg)
