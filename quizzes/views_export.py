"""Pages that hand out questions as files: to whom, which, in which format."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import date
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.audit import Act, audit
from accounts.guests import open_to_guests
from accounts.requests import LearnerRequest, SiteRequest
from content.catalog.model import Course
from content.views import language_for
from quizzes import attempts, exporting, own_work, shared_clock
from quizzes.access import get_attempt, get_course, may_export_bank
from quizzes.export import formats, pdf
from quizzes.export.formats import Format
from quizzes.export.model import Bundle
from quizzes.export.page_style import STYLE
from quizzes.export.pictures import STYLE as PICTURE_STYLE
from quizzes.exporting import Wanted
from quizzes.forms_export import OWN, ExportForm
from quizzes.models import Attempt
from quizzes.titles import title_of_attempt

LATEST = 10  # attempts offered in the list


@dataclass(frozen=True, slots=True)
class FormatRow:
    """A format as it is offered: how many of the questions it holds, whether it can be had."""

    format: Format
    count: int
    is_chosen: bool
    is_here: bool
    is_for_these: bool


@require_safe
def page(request: LearnerRequest, course: str) -> HttpResponse:
    found = get_course(course)
    return shown(request, found, form_of(request, found))


@require_safe
def file(request: LearnerRequest, course: str) -> HttpResponse:
    """Hand out the file, or say on the page why there is none."""
    found = get_course(course)
    form = form_of(request, found)
    if not form.is_valid():
        return shown(request, found, form, status=422)
    wanted: Format = form.cleaned_data["format"]
    bundle, left_out = formats.holdable(wanted, bundle_of(request, found, form))
    if not bundle.items:
        form.add_error("what", why_nothing(form, wanted, count=len(left_out)))
        return shown(request, found, form, status=422)
    try:
        data = wanted.write(bundle)
    except formats.MissingExtra:
        form.add_error("format", _("PDF cannot be made here. Choose HTML and print it."))
        return shown(request, found, form, status=422)
    if form.kind_and_value[0] not in OWN and may_export_bank(request.user, found):
        keep(request, found, form, questions=len(bundle.items))
    return answer(wanted, bundle, data)


def keep(request: LearnerRequest, course: Course, form: ExportForm, *, questions: int) -> None:
    """Keep that somebody took questions out whose answers they need not have seen."""
    kind, value = form.kind_and_value
    about = f"course {course.slug}" + (f", {kind} {value}" if value else "")
    name = form.cleaned_data["format"].name
    audit(Act.QUESTIONS_TAKEN, by=request.user, about=about, format=name, questions=questions)


def why_nothing(form: ExportForm, wanted: Format, *, count: int) -> str:
    """Return why there is nothing to export, and what to do about it."""
    if count:
        message = _("%(format)s can hold none of these questions. Choose another format.")
        return message % {"format": wanted.label}
    if form.kind_and_value[0] == "due":
        return _("No card is due now. Come back when the review says so.")
    return _(
        "You have not been shown the answer of any of these yet. Answer them first; "
        "what an open attempt asks follows when it is closed."
    )


def answer(wanted: Format, bundle: Bundle, data: bytes) -> HttpResponse:
    """Return the file. The page to print is opened; all others are saved."""
    response = HttpResponse(data, content_type=wanted.content_type)
    name = f"{bundle.name}-{bundle.language}.{wanted.extension}"
    place = "inline" if wanted.name == "print" else "attachment"
    response["Content-Disposition"] = f'{place}; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    if wanted.name == "print":  # it has its own style and nothing else
        styles = " ".join(f"'sha256-{_digest(one)}'" for one in (f"\n{STYLE}", PICTURE_STYLE))
        response["Content-Security-Policy"] = f"default-src 'none'; style-src {styles}"
    return response


def _digest(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


@require_safe
@open_to_guests
def schema(request: SiteRequest) -> HttpResponse:
    """Show the published schema of the JSON."""
    text = resources.files("quizzes.export").joinpath("questions.schema.json").read_bytes()
    return HttpResponse(text, content_type="application/schema+json")


def form_of(request: LearnerRequest, course: Course) -> ExportForm:
    now = shared_clock.now()
    attempts.close_overdue(now, request.user.pk)
    language = language_for(course, request)
    closed = Attempt.objects.closed().filter(user=request.user, course=course.slug)
    offered = list(closed.order_by("-closed_at", "-pk")[:LATEST])
    kind, _sep, value = request.GET.get("what", "").partition(":")
    if kind == "attempt" and value.isdecimal() and value not in {str(one.pk) for one in offered}:
        asked = get_attempt(request.user, int(value), now)
        offered += [asked] if asked.closed_at and asked.course == course.slug else []
    named = [(f"attempt:{one.pk}", attempt_title(one, course, language)) for one in offered]
    return ExportForm(request.GET, course, language=language, attempts=named)


def attempt_title(attempt: Attempt, course: Course, language: str) -> str:
    moment = date(timezone.localtime(attempt.closed_at), "DATETIME_FORMAT")
    return f"{title_of_attempt(attempt, course, language)}, {moment}"


def bundle_of(request: LearnerRequest, course: Course, form: ExportForm) -> Bundle:
    """Return what is wanted, as far as this person may have it."""
    language = str(form.data["language"])
    wanted = Wanted(
        language if language in course.languages else course.languages[0],
        request.build_absolute_uri("/").rstrip("/"),
        form.cleaned_data.get("keys") or "inline" if form.is_valid() else "inline",
    )
    kind, value = form.kind_and_value
    if kind not in OWN:
        everything = may_export_bank(request.user, course)
        known = None if everything else own_work.shown_to(request.user.pk, course)
        return exporting.of_bank(course, kind, value, wanted, known)  # type: ignore[arg-type] # checked by the form
    if kind == "misses":
        return own_work.of_misses(request.user.pk, course, wanted)
    if kind == "due":
        return own_work.of_due(request.user.pk, course, wanted, shared_clock.now())
    attempt = get_attempt(request.user, int(value), shared_clock.now())
    return own_work.of_attempt(attempt, course, wanted)


def shown(
    request: LearnerRequest, course: Course, form: ExportForm, status: int = 200
) -> HttpResponse:
    language = language_for(course, request)
    bundle = bundle_of(request, course, form)
    context: dict[str, Any] = {  # Any: what templates show
        "course": course,
        "course_title": course.title(language),
        "language": language,
        "form": form,
        "errors": [error for errors in form.errors.values() for error in errors]
        if status != 200  # noqa: PLR2004 - a page that was only opened has nothing wrong
        else [],
        "rows": rows_of(form, bundle),
        "count": len(bundle.items),
        "may_have_all": may_export_bank(request.user, course),
        "how_to_install": pdf.HOW_TO_INSTALL,
        "file_url": reverse("quizzes:export_file", args=[course.slug]),
    }
    return render(request, "quizzes/export.html", context, status=status)


def rows_of(form: ExportForm, bundle: Bundle) -> Sequence[FormatRow]:
    chosen = str(form.data.get("format", "anki"))
    return [
        FormatRow(
            one,
            len(formats.holdable(one, bundle)[0].items),
            one.name == chosen,
            one.name != "pdf" or pdf.is_here(),
            one.is_for_review or not bundle.is_review,
        )
        for one in formats.FORMATS.values()
    ]
