"""Search over the chapters: a page, and its results alone while the reader types."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.guests import open_to_guests
from accounts.requests import SiteRequest
from content import library, navigation
from content import search as searching
from content.catalog.model import Course
from content.views import get_course, language_for


@dataclass(frozen=True, slots=True)
class Result:
    url: str
    chapter_label: str
    chapter_title: str
    section_title: str
    snippet: tuple[tuple[str, bool], ...]


@require_safe
@open_to_guests
def search(request: SiteRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    slug = request.GET.get("course", "")
    courses = [get_course(slug)] if slug else list(library.courses().values())
    hits: list[searching.Hit] = []
    error = None
    try:
        hits = [hit for one in courses for hit in hits_in(one, request, query)]
    except searching.QueryTooLongError:
        error = _("Search for at most %(words)d words and %(characters)d characters.") % {
            "words": searching.MOST_WORDS,
            "characters": searching.LONGEST_QUERY,
        }
    hits.sort(key=lambda hit: -hit.score)
    context = {
        "query": query[: searching.LONGEST_QUERY],
        "results": [result(hit, request) for hit in hits[: searching.MOST_RESULTS]],
        "total": len(hits),
        "error": error,
        "course_title": courses[0].title(language_for(courses[0], request)) if slug else None,
        "course_slug": slug,
    }
    template = "content/_results.html" if request.htmx else "content/search.html"
    return render(request, template, context, status=422 if error else 200)


def hits_in(course: Course, request: HttpRequest, query: str) -> list[searching.Hit]:
    return searching.search([course], language_for(course, request), query)


def result(hit: searching.Hit, request: HttpRequest) -> Result:
    language = language_for(hit.course, request)
    return Result(
        navigation.chapter_url(hit.course, hit.document.chapter, hit.document.section),
        hit.document.chapter.label,
        hit.document.chapter.text(language).title,
        hit.document.title,
        hit.snippet(),
    )
