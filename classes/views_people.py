"""Pages of those who teach about people: who is in a class, their roles, and inviting more."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit import Act, audit
from accounts.requests import LearnerRequest
from accounts.users import searched
from classes import roster
from classes.access import get_member, get_reading_seat, get_teaching_seat
from classes.forms import InviteForm, MemberForm
from classes.frame import frame
from classes.models import Membership
from classes.roster import LastInstructorError

PAGE = 50


@require_safe
def people(request: LearnerRequest, classroom_id: int) -> HttpResponse:
    seat = get_reading_seat(request.user, classroom_id)
    text = searched(request.GET.get("q", ""))
    has_left = request.GET.get("show") == "left"
    found = roster.members(seat.classroom, text, has_left=has_left)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    link = reverse("classes:join", args=[seat.classroom.join_code])
    context = frame(request, seat, "people") | {
        "page": page,
        "text": text,
        "has_left": has_left,
        "waiting": roster.waiting(seat.classroom),
        "join_url": request.build_absolute_uri(link),
    }
    return render(request, "classes/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: LearnerRequest, classroom_id: int, membership_id: int) -> HttpResponse:
    """Change what a member is, and how much time they have."""
    seat = get_teaching_seat(request.user, classroom_id)
    found = get_member(seat, membership_id)
    initial = {"role": found.role, "time_factor": str(found.time_factor.normalize())}
    form = MemberForm(request.POST) if request.method == "POST" else MemberForm(initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            roster.change(found, form.cleaned_data["role"], form.cleaned_data["time_factor"])
        except LastInstructorError:
            form.add_error("role", roster.last_instructor(seat.classroom))
        else:
            keep_role(request, found)
            return redirect("classes:people", classroom_id)
    context = frame(request, seat, "people") | {"form": form, "member": found}
    status = 422 if form.errors else 200
    return render(request, "classes/member.html", context, status=status)


def keep_role(request: LearnerRequest, member: Membership) -> None:
    audit(
        Act.ROLE,
        by=request.user,
        about=f"class {member.classroom_id}",
        member=member.pk,
        role=member.role,
        time=str(member.time_factor.normalize()),
    )


@require_POST
def remove(request: LearnerRequest, classroom_id: int, membership_id: int) -> HttpResponse:
    """Take a member out of the class; their work is kept."""
    seat = get_teaching_seat(request.user, classroom_id)
    found = get_member(seat, membership_id)
    try:
        roster.remove(found, timezone.now())
    except LastInstructorError:
        messages.warning(request, roster.last_instructor(seat.classroom))
    else:
        about = f"class {classroom_id}"
        audit(Act.REMOVAL, by=request.user, about=about, member=found.pk)
        messages.info(
            request,
            _("%(name)s is out of the class. Their work is kept, and returns if they join again.")
            % {"name": found.user.get_short_name()},
        )
    return redirect("classes:people", classroom_id)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: LearnerRequest, classroom_id: int) -> HttpResponse:
    """Read a list of addresses, show what it would do, and do it when asked again."""
    seat = get_teaching_seat(request.user, classroom_id)
    around = frame(request, seat, "people")
    if request.method != "POST":
        return render(request, "classes/invite.html", around | {"form": InviteForm()})
    form = InviteForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "classes/invite.html", around | {"form": form}, status=422)
    plan = roster.plan(seat.classroom, form.found.emails)
    if "apply" not in request.POST:
        context = around | {
            "form": form,
            "plan": plan,
            "refused": form.found.refused,
            "emails": "\n".join(form.found.emails),
        }
        return render(request, "classes/invite.html", context)
    roster.invite(seat.classroom, plan, timezone.now())
    counts = {"joining": len(plan.joining), "waiting": len(plan.waiting)}
    audit(Act.INVITED, by=request.user, about=f"class {classroom_id}", **counts)
    messages.info(request, _("Added: %(joining)s. Invited: %(waiting)s.") % counts)
    return redirect("classes:people", classroom_id)


@require_POST
def withdraw(request: LearnerRequest, classroom_id: int, invitation_id: int) -> HttpResponse:
    """Take an invitation back. Twice is the same as once."""
    seat = get_teaching_seat(request.user, classroom_id)
    roster.withdraw(seat.classroom, invitation_id)
    audit(Act.INVITATION_WITHDRAWN, by=request.user, about=f"class {classroom_id}")
    return redirect("classes:people", classroom_id)
