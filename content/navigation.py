"""Where a chapter stands: its neighbours, the chapters beside it, and where a section is found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from content.catalog.model import Chapter, Course, UnknownChapter

WINDOW = 25  # chapters beside the text: a page must not grow with its course


@dataclass(frozen=True, slots=True)
class Link:
    chapter: Chapter
    label: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Place:
    """A heading of the course, to be led to."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    previous: Link | None
    next: Link | None
    window: tuple[Link, ...]
    course_url: str
    mark_url: str
    place_url: str
    glossary_url: str | None


def chapter_url(course: Course, chapter: Chapter, section: str = "") -> str:
    url = reverse("content:chapter", args=[course.slug, chapter.slug])
    return f"{url}#{section}" if section else url


def glossary_url(course: Course) -> str | None:
    """Return the URL of the course's glossary; None when it has none."""
    return reverse("content:glossary", args=[course.slug]) if course.terms else None


def place(course: Course, chapter: str, section: str, language: str) -> Place | None:
    """Return where a heading is, by the chapter's slug and its id; None when it has gone."""
    try:
        found = course.chapter(chapter)
    except UnknownChapter:
        return None
    sections = found.text(language).page.sections
    titles = {heading.id: heading.title for one in sections for heading in one.headings}
    titles |= {one.id: one.title for one in sections}
    title = titles.get(section)
    return None if title is None else Place(chapter_url(course, found, section), title)


def link(course: Course, chapter: Chapter, language: str) -> Link:
    title = chapter.text(language).title
    return Link(chapter, chapter.label, title, chapter_url(course, chapter))


@lru_cache(maxsize=4096)
def surroundings(course: Course, chapter: Chapter, language: str) -> Surroundings:
    """Return the links around a chapter; they are the same for every reader."""
    at = course.chapters.index(chapter)
    start = max(0, min(at - WINDOW // 2, len(course.chapters) - WINDOW))
    before, after = course.neighbours(chapter)
    return Surroundings(
        link(course, before, language) if before else None,
        link(course, after, language) if after else None,
        tuple(link(course, one, language) for one in course.chapters[start : start + WINDOW]),
        reverse("content:course", args=[course.slug]),
        reverse("content:mark", args=[course.slug, chapter.slug]),
        reverse("content:place", args=[course.slug, chapter.slug]),
        glossary_url(course),
    )
