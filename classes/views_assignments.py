"""Pages of those who teach about assignments: which are set, set one, change it, take it back."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit import Act, audit
from accounts.requests import LearnerRequest
from classes import assignments
from classes.access import Seat, get_course, get_reading_seat, get_teaching_seat
from classes.assignments import AlreadySetError
from classes.forms import AssignForm, TermsForm
from classes.frame import frame
from classes.models import Assignment, Kind


@dataclass(frozen=True, slots=True)
class Row:
    assignment: Assignment
    title: str
    url: str
    is_gone: bool


def get_assignment(seat: Seat, assignment_id: int) -> Assignment:
    try:
        return Assignment.objects.get(pk=assignment_id, classroom=seat.classroom)
    except Assignment.DoesNotExist as error:
        raise Http404(_("This class has no such assignment.")) from error


@require_safe
def index(request: LearnerRequest, classroom_id: int) -> HttpResponse:
    seat = get_reading_seat(request.user, classroom_id)
    course = get_course(seat)
    around = frame(request, seat, "assignments")
    found = assignments.of_classroom(seat.classroom)
    known = {one.key for one in assignments.set_columns(course, found)}
    rows = [
        Row(
            one,
            assignments.title(course, one.kind, one.slug, around["language"]),
            assignments.url(course.slug, one.kind, one.slug),
            (one.kind, one.slug) not in known,
        )
        for one in found
    ]
    return render(request, "classes/assignments.html", around | {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: LearnerRequest, classroom_id: int) -> HttpResponse:
    """Set a piece of work."""
    seat = get_teaching_seat(request.user, classroom_id)
    course = get_course(seat)
    around = frame(request, seat, "assignments")
    data = request.POST if request.method == "POST" else None
    form = AssignForm(
        data,
        course=course,
        time_zone=seat.classroom.time_zone,
        language=around["language"],
        initial={"work": request.GET.get("work", ""), "mode": Assignment.Mode.PRACTICE},
    )
    if request.method == "POST" and (made := save_new(seat, form)):
        audit(Act.WORK_SET, by=request.user, about=about_work(made))
        return redirect("classes:assignments", classroom_id)
    status = 422 if form.errors else 200
    return render(request, "classes/assign.html", around | {"form": form}, status=status)


def save_new(seat: Seat, form: AssignForm) -> Assignment | None:
    """Set what the form says; where that cannot be, the form says why."""
    if not form.is_valid():
        return None
    kind, _colon, slug = form.cleaned_data["work"].partition(":")
    terms = form.terms_of(kind, slug)
    if terms is None:
        return None
    due_at, now = form.cleaned_data["due_at"], timezone.now()
    try:
        return assignments.assign(
            seat.classroom, Kind(kind), slug, terms=terms, due_at=due_at, at=now
        )
    except AlreadySetError:
        form.add_error("work", _("This is set already. Change the assignment that is there."))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def assignment(request: LearnerRequest, classroom_id: int, assignment_id: int) -> HttpResponse:
    """Change the terms or the due date of an assignment."""
    seat = get_teaching_seat(request.user, classroom_id)
    course = get_course(seat)
    found = get_assignment(seat, assignment_id)
    around = frame(request, seat, "assignments")
    zone = seat.classroom.time_zone
    if request.method == "POST":
        form = TermsForm(request.POST, course=course, time_zone=zone)
        terms = form.terms_of(found.kind, found.slug) if form.is_valid() else None
        if terms is not None:
            assignments.change(found, terms=terms, due_at=form.cleaned_data["due_at"])
            audit(Act.WORK_CHANGED, by=request.user, about=about_work(found))
            return redirect("classes:assignments", classroom_id)
    else:
        form = TermsForm(course=course, time_zone=zone, initial=initial_of(found, zone))
    context = around | {
        "form": form,
        "assignment": found,
        "is_quiz": found.kind == Kind.QUIZ,
        "title": assignments.title(course, found.kind, found.slug, around["language"]),
    }
    status = 422 if form.errors else 200
    return render(request, "classes/assignment.html", context, status=status)


def about_work(found: Assignment) -> str:
    return f"class {found.classroom_id}, {found.kind} {found.slug}"


def initial_of(found: Assignment, zone: str) -> dict[str, object]:
    return {
        "mode": found.mode,
        "feedback": found.feedback,
        "minutes": found.minutes,
        "attempts": found.attempts,
        "due_at": found.due_at and found.due_at.astimezone(ZoneInfo(zone)),
    }


@require_POST
def take_back(request: LearnerRequest, classroom_id: int, assignment_id: int) -> HttpResponse:
    """Set the work no more; what learners did stays theirs."""
    seat = get_teaching_seat(request.user, classroom_id)
    found = get_assignment(seat, assignment_id)
    found.delete()
    audit(Act.WORK_TAKEN_BACK, by=request.user, about=about_work(found))
    return redirect("classes:assignments", classroom_id)
