"""The settings of a class: its name, who gets in by its link, and putting it away."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit import Act, audit
from accounts.requests import LearnerRequest
from classes import classrooms
from classes.access import get_teaching_seat
from classes.forms import SettingsForm
from classes.frame import frame


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: LearnerRequest, classroom_id: int) -> HttpResponse:
    seat = get_teaching_seat(request.user, classroom_id)
    room = seat.classroom
    language = request.LANGUAGE_CODE
    if request.method != "POST":
        initial = {"name": room.name, "time_zone": room.time_zone}
        form = SettingsForm(language=language, initial=initial)
        context = frame(request, seat, "settings") | {"form": form}
        return render(request, "classes/settings.html", context)
    form = SettingsForm(request.POST, language=language)
    if not form.is_valid():
        context = frame(request, seat, "settings") | {"form": form}
        return render(request, "classes/settings.html", context, status=422)
    classrooms.change(room, **form.cleaned_data)
    audit(Act.CLASS_CHANGED, by=request.user, about=f"class {classroom_id}")
    return redirect("classes:settings", classroom_id)


@require_POST
def rotate(request: LearnerRequest, classroom_id: int) -> HttpResponse:
    """Replace the code: the old link leads nowhere from now on."""
    seat = get_teaching_seat(request.user, classroom_id)
    classrooms.rotate_code(seat.classroom)
    audit(Act.CLASS_CODE, by=request.user, about=f"class {classroom_id}")
    return redirect("classes:people", classroom_id)


@require_POST
def door(request: LearnerRequest, classroom_id: int) -> HttpResponse:
    """Let people in by the link, or nobody."""
    seat = get_teaching_seat(request.user, classroom_id)
    is_open = request.POST.get("open") == "1"
    classrooms.set_open(seat.classroom, is_open=is_open)
    act = Act.CLASS_OPENED if is_open else Act.CLASS_CLOSED
    audit(act, by=request.user, about=f"class {classroom_id}")
    return redirect("classes:people", classroom_id)


@require_POST
def archive(request: LearnerRequest, classroom_id: int) -> HttpResponse:
    """Put the class away, or take it back."""
    seat = get_teaching_seat(request.user, classroom_id)
    if request.POST.get("archived") == "1":
        classrooms.archive(seat.classroom, timezone.now())
        act = Act.CLASS_ARCHIVED
    else:
        classrooms.restore(seat.classroom)
        act = Act.CLASS_RESTORED
    audit(act, by=request.user, about=f"class {classroom_id}")
    return redirect("classes:settings", classroom_id)
