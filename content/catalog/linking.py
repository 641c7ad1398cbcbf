"""Links the terms of the glossary in the chapters of a course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from content.catalog.model import Chapter, ChapterText, Term
from content.rendering.model import Page
from content.rendering.terms import Word, link_terms


def link_chapters(chapters: Sequence[Chapter], terms: Sequence[Term]) -> tuple[Chapter, ...]:
    """Return the chapters, in reading order, with terms linked in each of their languages.

    Pages are kept on disk without these links: a new glossary renders no chapter anew.
    """
    if not terms:
        return tuple(chapters)
    pages = {language: _linked(chapters, terms, language) for language in chapters[0].texts}
    return tuple(
        replace(chapter, texts=MappingProxyType(_texts(chapter, number, pages)))
        for number, chapter in enumerate(chapters)
    )


def _linked(chapters: Sequence[Chapter], terms: Sequence[Term], language: str) -> tuple[Page, ...]:
    numbers = {chapter.slug: number for number, chapter in enumerate(chapters)}
    words = [
        Word(one.id, one.name(language), one.meaning(language), numbers.get(one.chapter or ""))
        for one in terms
    ]
    return link_terms([chapter.text(language).page for chapter in chapters], words)


def _texts(
    chapter: Chapter, number: int, pages: dict[str, tuple[Page, ...]]
) -> dict[str, ChapterText]:
    return {
        language: replace(text, page=pages[language][number])
        for language, text in chapter.texts.items()
    }
