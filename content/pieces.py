"""Parts of a chapter page that are the same for every reader: made once, joined at each request.

A reader's page is chosen from them: a section read or not, a chapter new, started or done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse

from content import navigation
from content.catalog.model import Chapter, ChapterText, Course
from content.progress import MarkState, State
from content.rendering.model import Html, Section

STATES: tuple[State | None, ...] = (None, "new", "started", "done")
MARKS: tuple[MarkState, ...] = ("unread", "read", "again")


@dataclass(frozen=True, slots=True)
class Source:
    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class QuizLink:
    url: str
    question_count: int


@dataclass(frozen=True, slots=True)
class NavPiece:
    """One chapter beside the text, by its state; None is for guests, whose state is unknown."""

    chapter: Chapter
    rows: Mapping[State | None, Html]


@dataclass(frozen=True, slots=True)
class SectionPiece:
    """A section's entry in the contents by whether it is read, and its mark by its state."""

    section: Section
    entries: Mapping[bool, Html]
    marks: Mapping[MarkState, Html]


@dataclass(frozen=True, slots=True)
class ChapterPieces:
    head: Html
    foot: Html
    nav: tuple[NavPiece, ...]
    sections: tuple[SectionPiece, ...]


@lru_cache(maxsize=512)
def of_chapter(course: Course, chapter: Chapter, language: str, interface: str) -> ChapterPieces:
    """Return the pieces of a chapter in a language, for an interface that speaks `interface`."""
    text = chapter.text(language)
    around = navigation.surroundings(course, chapter, language)
    shared: dict[str, object] = {
        "language": language,
        "LANGUAGE_CODE": interface,
        "course_url": around.course_url,
    }
    facts = {"course_title": course.title(language), "label": chapter.label, "text": text}
    ends = {
        "previous": around.previous,
        "next": around.next,
        "sources": sources(text),
        "quiz": quiz(course, chapter),
    }
    return ChapterPieces(
        head=piece("content/_chapter_head.html", shared | facts),
        foot=piece("content/_chapter_foot.html", shared | ends),
        nav=tuple(nav_piece(link, chapter) for link in around.window),
        sections=tuple(
            SectionPiece(
                section,
                {read: entry(section, shared, is_read=read) for read in (True, False)},
                {state: mark(section, around.mark_url, state) for state in MARKS},
            )
            for section in text.page.sections
        ),
    )


def piece(template: str, context: Mapping[str, object]) -> Html:
    return Html(render_to_string(template, dict(context)).strip())


def nav_piece(link: navigation.Link, here: Chapter) -> NavPiece:
    context = {"row": link, "is_current": link.chapter is here}
    rows = {state: piece("content/_nav_row.html", {**context, "state": state}) for state in STATES}
    return NavPiece(link.chapter, rows)


def entry(section: Section, shared: Mapping[str, object], *, is_read: bool) -> Html:
    return piece("content/_contents_entry.html", {**shared, "section": section, "is_read": is_read})


def mark(section: Section, mark_url: str, state: MarkState) -> Html:
    """Return the mark below a section. It belongs to the page's one form for marks."""
    context = {"section": section, "state": state, "mark_url": mark_url}
    return piece("content/_mark.html", context)


def quiz(course: Course, chapter: Chapter) -> QuizLink | None:
    """Return where the chapter's questions are, if it has any."""
    for one in course.quizzes:
        if one.chapter == chapter.slug:
            url = reverse("quizzes:quiz", args=[course.slug, one.slug])
            return QuizLink(url, len(one.questions))
    return None


def sources(text: ChapterText) -> list[Source]:
    return [
        Source(line, line if line.startswith(("https://", "http://")) else None)
        for line in text.sources
    ]
