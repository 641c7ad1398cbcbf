"""The owner's page: who may make classes on this site."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import instructors as people
from accounts.audit import Act, audit
from accounts.instructors import UnknownPersonError
from accounts.requests import LearnerRequest
from classes.forms import PersonForm


def require_owner(request: LearnerRequest) -> None:
    if not request.user.is_owner:
        raise PermissionDenied(_("Only the owner of this site makes instructors."))


@require_http_methods(["GET", "HEAD", "POST"])
def instructors(request: LearnerRequest) -> HttpResponse:
    """Show who may make classes; let one more."""
    require_owner(request)
    form = PersonForm(request.POST) if request.method == "POST" else PersonForm()
    if request.method == "POST" and form.is_valid():
        try:
            found = people.appoint(form.cleaned_data["person"])
        except UnknownPersonError:
            form.add_error(
                "person",
                _("Nobody here has that name or address. They have to create an account first."),
            )
        else:
            audit(Act.INSTRUCTOR_MADE, by=request.user, about=f"user {found.pk}")
            return redirect("classes:instructors")
    context = {"people": people.instructors(), "form": form}
    status = 422 if form.errors else 200
    return render(request, "classes/instructors.html", context, status=status)


@require_POST
def dismiss(request: LearnerRequest, user_id: int) -> HttpResponse:
    """Take the right to make classes from somebody; the classes they teach stay theirs."""
    require_owner(request)
    people.dismiss(user_id)
    audit(Act.INSTRUCTOR_DISMISSED, by=request.user, about=f"user {user_id}")
    return redirect("classes:instructors")
