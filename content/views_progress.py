"""What changes while reading: a section is marked, the place is kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import LearnerRequest
from content import navigation, progress
from content.catalog.model import Chapter, Course
from content.forms import MarkForm, SectionForm
from content.views import get_chapter, get_course, language_for, section_views


@require_POST
def mark(request: LearnerRequest, course: str, chapter: str) -> HttpResponse:
    found = get_course(course)
    here = get_chapter(found, chapter)
    form = MarkForm(request.POST)
    if not form.is_valid():
        return refused(request, found, here)
    section, read, user_id = (
        form.cleaned_data["section"],
        form.cleaned_data["read"],
        request.user.pk,
    )
    try:
        if read:
            progress.mark_read(user_id, found, here, section, timezone.now())
        else:
            progress.mark_unread(user_id, found, here, section)
    except progress.UnknownSectionError:
        return refused(request, found, here)
    if request.htmx:
        return marked(request, found, here, section)
    return redirect(navigation.chapter_url(found, here, section))


def marked(request: LearnerRequest, course: Course, chapter: Chapter, section: str) -> HttpResponse:
    """Answer htmx with the mark of the section and the chapter's progress."""
    language = language_for(course, request)
    read = progress.read_sections(request.user.pk, course, [chapter])
    views = section_views(chapter.text(language).page, read.get(chapter.slug, frozenset()))
    context = {
        "section": next(view for view in views if view.id == section),
        "mark_url": reverse("content:mark", args=[course.slug, chapter.slug]),
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
