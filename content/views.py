"""Pages for reading: a course, a chapter, its pictures, the glossary."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.guests import open_to_guests
from accounts.requests import SiteRequest
from content import library, navigation, progress
from content.catalog.model import Chapter, Course, UnknownChapter
from content.glossary import entries
from content.pieces import ChapterPieces, of_chapter
from content.rendering.model import Html


@dataclass(frozen=True, slots=True)
class ChapterRow:
    label: str
    title: str
    summary: str
    url: str
    minutes: int
    section_count: int
    read_count: int
    state: progress.State


@dataclass(frozen=True, slots=True)
class SectionView:
    id: str
    html: Html
    mark: Html
    is_read: bool


@dataclass(frozen=True, slots=True)
class Resume:
    kind: str
    course_title: str
    chapter_title: str
    section_title: str
    url: str


def get_course(slug: str) -> Course:
    try:
        return library.course(slug)
    except library.UnknownCourse as error:
        raise Http404(_("There is no course of that name here.")) from error


def get_chapter(course: Course, slug: str) -> Chapter:
    try:
        return course.chapter(slug)
    except UnknownChapter as error:
        raise Http404(_("This course has no chapter of that name.")) from error


def language_for(course: Course, request: HttpRequest) -> str:
    asked = request.LANGUAGE_CODE
    return asked if asked in course.languages else course.languages[0]


def resume(course: Course, language: str, stop: progress.Stop | None) -> Resume | None:
    if stop is None:
        return None
    text = stop.chapter.text(language)
    title = next(part.title for part in text.page.sections if part.id == stop.section)
    url = navigation.chapter_url(course, stop.chapter, stop.section)
    return Resume(stop.kind, course.title(language), text.title, title, url)


@require_safe
@open_to_guests
def course(request: HttpRequest, course: str) -> HttpResponse:
    found = get_course(course)
    language = language_for(found, request)
    user_id = request.user.pk
    read = progress.read_sections(user_id, found)
    stop = progress.stop(found, read, progress.place(user_id, found))
    rows = [chapter_row(found, chapter, language, read) for chapter in found.chapters]
    exam = found.exam
    context = {
        "course": found,
        "language": language,
        "title": found.title(language),
        "summary": found.summary(language),
        "exam": exam,
        "exam_title": exam.titles[language] if exam else None,
        "domains": [(d.number, d.titles[language], d.weight) for d in exam.domains] if exam else [],
        "checked": found.checked,
        "licence": found.licence,
        "chapters": rows,
        "glossary_url": navigation.glossary_url(found),
        "minutes": sum(row.minutes for row in rows),
        "progress": progress.of_course(found, read) if user_id else None,
        "resume": resume(found, language, stop),
    }
    return render(request, "content/course.html", context)


def chapter_row(
    course: Course, chapter: Chapter, language: str, read: progress.ReadSections
) -> ChapterRow:
    text = chapter.text(language)
    done = progress.of_chapter(chapter, read)
    url = navigation.chapter_url(course, chapter)
    return ChapterRow(
        chapter.label,
        text.title,
        text.summary,
        url,
        text.minutes,
        done.total,
        done.read,
        done.state,
    )


@require_safe
@open_to_guests
def chapter(request: SiteRequest, course: str, chapter: str) -> HttpResponse:
    found = get_course(course)
    here = get_chapter(found, chapter)
    language = language_for(found, request)
    around = navigation.surroundings(found, here, language)
    pieces = of_chapter(found, here, language, request.LANGUAGE_CODE)
    user_id = request.user.pk
    near = [link.chapter for link in around.window]
    read, again = progress.read_and_again(user_id, found, near)
    here_read, here_again = (one.get(here.slug, frozenset()) for one in (read, again))
    context = {
        "course_title": found.title(language),
        "label": here.label,
        "text": here.text(language),
        "around": around,
        "pieces": pieces,
        "nav": joined(nav_rows(pieces, read, is_guest=user_id is None)),
        "contents": joined(one.entries[one.section.id in here_read] for one in pieces.sections),
        "sections": section_views(pieces, here_read, here_again, is_guest=user_id is None),
        "progress": progress.of_chapter(here, read) if user_id else None,
        "oob": False,
    }
    return render(request, "content/chapter.html", context)


def section_views(
    pieces: ChapterPieces, read: Collection[str], again: Collection[str], *, is_guest: bool
) -> list[SectionView]:
    """Return the sections, with their marks for those who have an account."""
    return [
        SectionView(
            piece.section.id,
            piece.section.html,
            Html("")
            if is_guest
            else piece.marks[progress.mark_state(piece.section.id, read, again)],
            piece.section.id in read,
        )
        for piece in pieces.sections
    ]


def nav_rows(
    pieces: ChapterPieces, read: progress.ReadSections, *, is_guest: bool
) -> Iterator[Html]:
    for piece in pieces.nav:
        yield piece.rows[None if is_guest else progress.of_chapter(piece.chapter, read).state]


def joined(pieces: Iterable[Html]) -> Html:
    return Html("".join(pieces))


@require_safe
@open_to_guests
def glossary(request: HttpRequest, course: str) -> HttpResponse:
    found = get_course(course)
    if not found.terms:
        raise Http404(_("This course has no glossary."))
    language = language_for(found, request)
    context = {
        "course_title": found.title(language),
        "course_url": reverse("content:course", args=[found.slug]),
        "language": language,
        "entries": entries(found, language),
    }
    return render(request, "content/glossary.html", context)


@require_safe
@open_to_guests
def media(request: HttpRequest, course: str, name: str) -> HttpResponseBase:
    """Send a picture of the course: only those its chapters show."""
    found = get_course(course)
    if f"images/{name}" not in found.images:
        raise Http404(_("This course has no picture of that name."))
    response = FileResponse((found.folder / "images" / name).open("rb"))
    response["Cache-Control"] = "public, max-age=3600"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
