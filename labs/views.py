"""Pages of labs: which there are, and one with its button."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from accounts.guests import open_to_guests
from accounts.requests import LearnerRequest
from content import library
from content.catalog.labs_model import Lab
from content.catalog.model import Course, UnknownLab, in_language
from content.views import get_course, language_for
from labs import connections, reporting, runs
from labs.aws.roles import RoleError
from labs.connections import NotConnectedError, NotOfferedError
from labs.forms import KeysForm
from labs.models import Run
from labs.runs import TooManyRunsError
from labs.sandbox_client import SandboxError
from labs.words import of_outcome, of_sandbox

LEFT = re.compile(r"[0-9]{1,4}")  # what the page itself posts
MOST_LOOKS = 15  # by itself, twenty seconds apart: five minutes, the time a service takes to settle


@dataclass(frozen=True, slots=True)
class LabRow:
    title: str
    summary: str
    url: str
    minutes: int
    is_done: bool


@dataclass(frozen=True, slots=True)
class CourseLabs:
    title: str
    language: str
    rows: Sequence[LabRow]
    done_count: int


def get_lab(course: Course, slug: str) -> Lab:
    try:
        return course.lab(slug)
    except UnknownLab as error:
        raise Http404(_("This course has no lab of that name.")) from error


@require_safe
@open_to_guests
def index(request: HttpRequest) -> HttpResponse:
    courses = [course_labs(one, request) for one in library.courses().values() if one.labs]
    user = request.user
    known = {one.slug: [lab.slug for lab in one.labs] for one in library.courses().values()}
    context = {
        "courses": courses,
        "connection": connections.of(user) if user.is_authenticated else None,
        "lost": runs.of_lost_labs(user.pk, known) if user.is_authenticated else [],
    }
    return render(request, "labs/index.html", context)


def course_labs(course: Course, request: HttpRequest) -> CourseLabs:
    language = language_for(course, request)
    done = runs.done(request.user.pk, course.slug)
    rows = [
        LabRow(
            lab.title(language),
            lab.summary(language),
            reverse("labs:lab", args=[course.slug, lab.slug]),
            lab.minutes,
            lab.slug in done,
        )
        for lab in course.labs
    ]
    return CourseLabs(course.title(language), language, rows, sum(one.is_done for one in rows))


@require_safe
@open_to_guests
@never_cache
def lab(request: HttpRequest, course: str, lab: str) -> HttpResponse:
    found = get_course(course)
    here = get_lab(found, lab)
    return render(request, "labs/lab.html", page_context(request, found, here))


@require_POST
@never_cache
def verify(request: LearnerRequest, course: str, lab: str) -> HttpResponse:
    """Look at the learner's account by its connection, and answer with what was found."""
    found = get_course(course)
    here = get_lab(found, lab)
    try:
        run = runs.verify(request.user, course, here, timezone.now())
    except RefusedErrors as error:
        return refused(request, found, here, reason(error))
    return verified(request, found, here, run)


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
@never_cache
def verify_with_keys(request: LearnerRequest, course: str, lab: str) -> HttpResponse:
    """Look at an account by keys that are used now and then forgotten."""
    found = get_course(course)
    here = get_lab(found, lab)
    form = KeysForm(request.POST)
    if not form.is_valid():
        context = page_context(request, found, here) | {"keys_form": form}
        return render(request, "labs/lab.html", context, status=422)
    try:
        run = runs.verify_with_keys(request.user, course, here, form.access(), timezone.now())
    except TooManyRunsError as error:
        return refused(request, found, here, reason(error))
    return verified(request, found, here, run)


RefusedErrors = (
    TooManyRunsError,
    NotConnectedError,
    NotOfferedError,
    RoleError,
    SandboxError,
)


def reason(error: Exception) -> str:
    """Return why nothing could be looked at, and what to do next."""
    if isinstance(error, TooManyRunsError):
        return _("That was often within a minute. Wait a moment, then verify again.")
    if isinstance(error, NotConnectedError):
        return _("First choose how this site reaches your account.")
    if isinstance(error, NotOfferedError):
        return _("This way is no longer offered here. Choose another one.")
    if isinstance(error, RoleError):
        words = of_outcome(error.outcome)
        return f"{words.what} {words.next}"
    if isinstance(error, SandboxError):
        return of_sandbox(error)
    raise error


def verified(request: LearnerRequest, course: Course, lab: Lab, run: Run) -> HttpResponse:
    if not request.htmx:
        return redirect(lab_url(course, lab) + "#report")
    return render(request, "labs/_report.html", report_context(request, course, lab, run))


def refused(request: LearnerRequest, course: Course, lab: Lab, why: str) -> HttpResponse:
    if request.htmx:  # what was found before stays on the page; nothing more is asked by itself
        context = page_context(request, course, lab) | {"why": why, "looks_again": 0}
        return render(request, "labs/_report.html", context, status=422)
    messages.warning(request, why)
    return redirect(lab_url(course, lab))


def lab_url(course: Course, lab: Lab) -> str:
    return reverse("labs:lab", args=[course.slug, lab.slug])


def page_context(
    request: HttpRequest, course: Course, lab: Lab
) -> dict[str, Any]:  # Any: what templates show
    language = language_for(course, request)
    user = request.user
    latest = runs.latest(user.pk, course.slug, lab.slug) if user.is_authenticated else None
    shown = report_context(request, course, lab, latest)
    connection = connections.of(user) if user.is_authenticated else None
    return shown | {
        "course_title": course.title(language),
        "title": lab.title(language),
        "summary": lab.summary(language),
        "cost": in_language(lab.costs, language),
        "minutes": lab.minutes,
        "steps": reporting.place_of(lab.paragraph, course, language),
        "steps_html": reporting.steps(lab, course, language),
        "needs": [
            (course.lab(one).title(language), reverse("labs:lab", args=[course.slug, one]))
            for one in lab.needs
        ],
        "checks": reporting.checks(lab, course, language),
        "connection": connection,
        "offer": connections.offer(),
        "history": runs.history(user.pk, course.slug, lab.slug) if user.is_authenticated else [],
        "keys_form": KeysForm() if user.is_authenticated else None,
        "looks_again": shown["looks_again"] if connection and connection.way else 0,
    }


def report_context(
    request: HttpRequest, course: Course, lab: Lab, run: Run | None
) -> dict[str, Any]:  # Any: what templates show
    language = language_for(course, request)
    return {
        "course": course,
        "lab": lab,
        "language": language,
        "run": run,
        "report": reporting.report(run, lab, course, language) if run else None,
        "verify_url": reverse("labs:verify", args=[course.slug, lab.slug]),
        "looks_again": looks_again(run, request),
        "why": "",
    }


def looks_again(run: Run | None, request: HttpRequest) -> int:
    """Return how often a page that waits may still look by itself; 0 when it should not.

    Pasted keys are gone after their run, so nothing can be looked at again with them.
    """
    if run is None or run.way == runs.KEYS or run.status == Run.Status.PASS:
        return 0
    left = LEFT.fullmatch(request.POST.get("left", ""))
    return max(min(int(left[0]), MOST_LOOKS) - 1, 0) if left else MOST_LOOKS
