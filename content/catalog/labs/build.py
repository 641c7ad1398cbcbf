"""Makes a lab and its checks from what their author wrote."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from content.catalog.decode import Key
from content.catalog.draft import Render
from content.catalog.labs.schema import CheckTable, LabFile, LabTable
from content.catalog.labs_model import Lab, LabCheck, Level, Paragraph
from content.catalog.quiz.build import words
from content.catalog.texts import RenderedTexts, Written
from content.catalog.validate import Links
from content.rendering.model import Html

NUMBER = re.compile(r"\A[0-9]{2}-")
Pages = Mapping[str, Mapping[Key, Html]]  # by language


def slug_of(stem: str) -> str:
    """Return the part of a lab's file name that stands in its URL."""
    return NUMBER.sub("", stem)


def check_texts(table: CheckTable, language: str, render: Render) -> RenderedTexts:
    """Render the texts of a check in one language, its command among them."""
    sources: dict[Key, str] = {
        (name,): getattr(table, name).get(language, "").strip() for name in ("title", "why", "mend")
    }
    if table.command is not None:
        sources[("command",)] = f"```bash\n{table.command.strip()}\n```"
    prefix = f"check-{table.id}-{language.lower()}-"
    written = Written("check", language, prefix, sources, frozenset({"title"}))
    return RenderedTexts.render(written, render)


def lab_texts(table: LabTable, language: str, render: Render) -> RenderedTexts:
    """Render what a lab says of its cost in one language: one line, which may hold links."""
    sources: dict[Key, str] = {("cost",): table.cost.get(language, "").strip()}
    written = Written("lab", language, f"lab-{language.lower()}-", sources, frozenset({"cost"}))
    return RenderedTexts.render(written, render)


def build(stem: str, file: LabFile, links: Links, render: Render) -> Lab:
    """Return the lab of a file without faults."""
    table, languages = file.lab, links.manifest.languages
    costs = {one: lab_texts(table, one, render).htmls()[("cost",)] for one in languages}
    return Lab(
        slug=slug_of(stem),
        stem=stem,
        titles=MappingProxyType({one: table.title[one] for one in languages}),
        summaries=MappingProxyType({one: table.summary[one] for one in languages}),
        costs=MappingProxyType(costs),
        minutes=table.minutes,
        paragraph=_paragraph(table.section, links),
        needs=tuple(slug_of(one) for one in table.needs),
        checks=tuple(_check(one, links, render) for one in file.check),
    )


def _check(table: CheckTable, links: Links, render: Render) -> LabCheck:
    languages = links.manifest.languages
    pages = {one: check_texts(table, one, render).htmls() for one in languages}
    titles = _texts(pages, "title")
    return LabCheck(
        id=table.id,
        level=msgspec.convert(table.level, Level),
        paragraph=_paragraph(table.section, links),
        titles=titles,
        labels=MappingProxyType({one: words(text) for one, text in titles.items()}),
        whys=_texts(pages, "why"),
        mends=_texts(pages, "mend"),
        command=(table.command or "").strip(),
        listing=pages[languages[0]].get(("command",), Html("")),
    )


def _texts(pages: Pages, name: str) -> Mapping[str, Html]:
    return MappingProxyType({one: texts[name,] for one, texts in pages.items()})


def _paragraph(section: str, links: Links) -> Paragraph:
    file, _, anchor = section.partition("#")
    chapter = file.removesuffix(".md").partition("-")[2]
    return Paragraph(chapter, anchor, links.part_of(section))
