"""Parses a draft's Markdown with Python-Markdown and shapes the tree before it is written."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor
from pymdownx.saneheaders import SaneHeadersExtension
from pymdownx.tasklist import TasklistExtension

from content.rendering import callouts, details, footnotes, headings, layout, links, raw_html
from content.rendering.draft import Draft, Line


def to_html(lines: list[Line], draft: Draft) -> str:
    """The HTML of the lines, not yet sanitised, with the marks of the draft in it."""
    return _parser(lines, draft).convert("\n".join(_without_doubled_blanks(lines)))


def to_tree(lines: list[Line], draft: Draft) -> Element:
    """The same as elements, for those who write something else than HTML from it."""
    parser = _parser(lines, draft)
    texts = "\n".join(_without_doubled_blanks(lines)).split("\n")
    for step in parser.preprocessors:
        texts = step.run(texts)
    root = parser.parser.parseDocument(texts).getroot()
    assert root is not None
    for shaper in parser.treeprocessors:
        shaped = shaper.run(root)
        root = root if shaped is None else shaped
    return root


def _parser(lines: list[Line], draft: Draft) -> Markdown:
    notes = FootnoteExtension(
        BACKLINK_TITLE=draft.words.backlink, PLACE_MARKER=draft.mark(footnotes.MARK, 0)
    )
    return Markdown(
        output_format="html",
        extensions=[
            TableExtension(use_align_attribute=True),
            notes,
            DefListExtension(),
            AdmonitionExtension(),
            SaneListExtension(),
            SaneHeadersExtension(),
            TasklistExtension(),
            _Shape(draft, links.Places(lines)),
        ],
    )


def _without_doubled_blanks(lines: list[Line]) -> Iterator[str]:
    """Python-Markdown loses the indentation of what follows two blank lines."""
    before = None
    for line in lines:
        text = line.text if line.text.strip(" \t>") else line.text.strip()
        if text != before or text.strip(">"):
            yield text
        before = text


class _Shape(Extension):
    """Hooks our steps into one Markdown object; one object serves one page."""

    def __init__(self, draft: Draft, places: links.Places) -> None:
        super().__init__()
        self.draft = draft
        self.places = places

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 Python-Markdown's name
        raw_html.forbid(md)
        # Headings need their ids, which only the # form can carry.
        md.parser.blockprocessors.deregister("setextheader")
        # After every other step: below zero comes after the last of Python-Markdown's own.
        md.treeprocessors.register(_Shaper(md, self.draft, self.places), "gantry", -10)


class _Shaper(Treeprocessor):
    def __init__(self, md: Markdown, draft: Draft, places: links.Places) -> None:
        super().__init__(md)
        self.draft = draft
        self.places = places

    def run(self, root: Element) -> None:
        details.fold(root, self.draft)
        callouts.dress(root, self.draft)
        links.settle(root, self.draft, self.places)
        footnotes.name_backlinks(root)
        layout.finish(root, self.draft)
        headings.anchor(root, self.draft)
