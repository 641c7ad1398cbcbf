"""What changes while reading: a section is marked, the place is kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import LearnerRequest
from content import navigation, progress
from content.catalog.model import Chapter, Course
from content.forms import MarkForm, SectionForm
from content.pieces import of_chapter
from content.views import get_chapter, get_course, language_for


@require_POST
def mark(request: LearnerRequest, course: str, chapter: str) -> HttpResponse:
    found = get_course(course)
    here = get_chapter(found, chapter)
    form = MarkForm(request.POST)
    if not form.is_valid():
        return refused(request, found, here)
    read, unread = form.cleaned_data["read"], form.cleaned_data["unread"]
    try:
        if read:
            progress.mark_read(request.user.pk, found, here, read, timezone.now())
        else:
            progress.mark_unread(request.user.pk, found, here, unread)
    except progress.UnknownSectionError:
        return refused(request, found, here)
    if request.htmx:
        return marked(request, found, here, read or unread)
    return redirect(navigation.chapter_url(found, here, read or unread))


def marked(request: LearnerRequest, course: Course, chapter: Chapter, section: str) -> HttpResponse:
    """Answer htmx with the mark of the section and the chapter's progress."""
    language = language_for(course, request)
    read, again = progress.read_and_again(request.user.pk, course, [chapter])
    state = progress.mark_state(section, read.get(chapter.slug, ()), again.get(chapter.slug, ()))
    pieces = of_chapter(course, chapter, language, request.LANGUAGE_CODE)
    (piece,) = (piece for piece in pieces.sections if piece.section.id == section)
    context = {
        "mark": piece.marks[state],
        "progress": progress.of_chapter(chapter, read),
        "oob": True,
    }
    return render(request, "content/_marked.html", context)


def refused(request: LearnerRequest, course: Course, chapter: Chapter) -> HttpResponse:
    """Say that the section has gone; the page is loaded anew, nothing else is lost."""
    messages.warning(
        request, _("That section is not in this chapter any more. The page shows it as it is now.")
    )
    return redirect(navigation.chapter_url(course, chapter))


@require_POST
def place(request: LearnerRequest, course: str, chapter: str) -> HttpResponse:
    found = get_course(course)
    here = get_chapter(found, chapter)
    form = SectionForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    try:
        progress.keep_place(
            request.user.pk, found, here, form.cleaned_data["section"], timezone.now()
        )
    except progress.UnknownSectionError:
        return HttpResponse(status=422)
    return HttpResponse(status=204)
