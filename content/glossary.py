"""The glossary of a course as its page shows it: in the order of the reader's language."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from content import navigation
from content.catalog.model import Chapter, Course, Term

EXAM = "en"  # the language whose terms the exam uses, also in Japanese


@dataclass(frozen=True, slots=True)
class Entry:
    """A term; `exam_name` is its English name, when it differs from the one in the language."""

    id: str
    name: str
    exam_name: str | None
    meaning: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the course explains a term."""

    label: str
    title: str
    url: str


@lru_cache(maxsize=64)
def entries(course: Course, language: str) -> tuple[Entry, ...]:
    """Return the terms of a course by name; they are the same for every reader."""
    found = [_entry(course, term, language) for term in course.terms]
    return tuple(sorted(found, key=lambda entry: _sorting(entry.name)))


def _sorting(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _entry(course: Course, term: Term, language: str) -> Entry:
    name, exam_name = term.name(language), term.names.get(EXAM)
    if exam_name is not None and _sorting(exam_name) == _sorting(name):
        exam_name = None
    place = _place(course, term, language)
    return Entry(term.id, name, exam_name, term.meaning(language), place)


def _place(course: Course, term: Term, language: str) -> Place | None:
    if term.chapter is None:
        return None
    chapter = course.chapter(term.chapter)
    url = navigation.chapter_url(course, chapter, term.section or "")
    return Place(chapter.label, _title(chapter, term.section, language), url)


def _title(chapter: Chapter, section: str | None, language: str) -> str:
    text = chapter.text(language)
    titles = {part.id: part.title for part in text.page.sections}
    titles |= {one.id: one.title for part in text.page.sections for one in part.headings}
    return text.title if section is None else titles[section]
