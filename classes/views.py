"""Pages of classes for everybody: those one is in, joining, and one's own page in a class."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit import Act, audit
from accounts.requests import LearnerRequest
from classes import assignments, classrooms, roster
from classes.access import get_course, get_seat, may_create
from classes.classrooms import ClosedClassroomError, UnknownCodeError
from classes.forms import ClassroomForm, JoinForm
from classes.frame import frame
from classes.roster import LastInstructorError


@require_safe
def index(request: LearnerRequest) -> HttpResponse:
    return render(request, "classes/index.html", index_context(request, JoinForm()))


def index_context(request: LearnerRequest, form: JoinForm) -> dict[str, object]:
    return {
        "rows": classrooms.classrooms_of(request.user, request.LANGUAGE_CODE),
        "invitations": roster.invitations_of(request.user),
        "may_create": may_create(request.user),
        "form": form,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: LearnerRequest) -> HttpResponse:
    if not may_create(request.user):
        raise PermissionDenied(_("Only instructors make classes. Ask whoever owns this site."))
    language = request.LANGUAGE_CODE
    if request.method != "POST":
        zone = request.user.time_zone or timezone.get_current_timezone_name()
        form = ClassroomForm(language=language, initial={"time_zone": zone})
        return render(request, "classes/create.html", {"form": form})
    form = ClassroomForm(request.POST, language=language)
    if not form.is_valid():
        return render(request, "classes/create.html", {"form": form}, status=422)
    room = classrooms.create(request.user, **form.cleaned_data, at=timezone.now())
    audit(Act.CLASS_MADE, by=request.user, about=f"class {room.pk}")
    return redirect("classes:people", room.pk)


@require_POST
def find(request: LearnerRequest) -> HttpResponse:
    """Lead from a code somebody typed to the page that asks whether to join."""
    form = JoinForm(request.POST)
    if form.is_valid():
        try:
            room = classrooms.by_code(form.cleaned_data["code"])
        except UnknownCodeError:
            form.add_error("code", unknown_code())
        else:
            return redirect("classes:join", room.join_code)
    return render(request, "classes/index.html", index_context(request, form), status=422)


def unknown_code() -> str:
    return _(
        "No class has this code. It may have been replaced: ask your instructor for today's one."
    )


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: LearnerRequest, code: str) -> HttpResponse:
    """Ask whether to join the class of a link, and join it."""
    try:
        room = classrooms.by_code(code)
        if request.method == "POST":
            roster.join(request.user, code, timezone.now())
            return redirect("classes:room", room.pk)
        classrooms.require_open(room)
    except UnknownCodeError as error:
        raise Http404(unknown_code()) from error
    except ClosedClassroomError:
        return render(request, "classes/closed.html", {"room": room}, status=403)
    title = classrooms.course_title(room, request.LANGUAGE_CODE)
    return render(request, "classes/join.html", {"room": room, "course_title": title})


@require_POST
def accept(request: LearnerRequest, classroom_id: int) -> HttpResponse:
    """Join a class one was invited to."""
    invited = {one.classroom_id: one.classroom for one in roster.invitations_of(request.user)}
    if classroom_id not in invited:
        raise Http404(_("No invitation to that class waits for your address."))
    roster.accept(request.user, invited[classroom_id], timezone.now())
    return redirect("classes:room", classroom_id)


@require_safe
def room(request: LearnerRequest, classroom_id: int) -> HttpResponse:
    """Lead those who teach to the overview; show a learner what is set and how far they are."""
    seat = get_seat(request.user, classroom_id)
    if seat.can_read:
        return redirect("classes:overview", classroom_id)
    course = get_course(seat)
    around = frame(request, seat, "room")
    tasks = assignments.of_member(seat, course, around["language"], timezone.now())
    return render(request, "classes/room.html", around | {"tasks": tasks})


@require_POST
def leave(request: LearnerRequest, classroom_id: int) -> HttpResponse:
    """Leave a class; what was done in it is kept and comes back with the person."""
    seat = get_seat(request.user, classroom_id)
    if seat.membership is None:
        raise Http404(_("You are in no class of that number."))
    try:
        roster.remove(seat.membership, timezone.now())
    except LastInstructorError:
        messages.warning(request, roster.last_instructor(seat.classroom))
        return redirect("classes:people", classroom_id)
    messages.info(
        request,
        _("You have left “%(name)s”. Your work is kept, and is there again if you come back.")
        % {"name": seat.classroom.name},
    )
    return redirect("classes:index")
