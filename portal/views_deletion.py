"""Deleting an account for good: one's own, or, by the owner, that of somebody who left."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.audit import Act, audit
from accounts.models import User
from accounts.requests import LearnerRequest
from accounts.views_users import get_person, require_owner
from portal import deletion
from portal.forms import DeleteAccountForm


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def delete(request: LearnerRequest) -> HttpResponse:
    """Show what would be gone; delete once the name is typed and the password asked for again."""
    return asked(request, request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def delete_user(request: LearnerRequest, user_id: int) -> HttpResponse:
    """The same for a closed account, whose person cannot do it any more."""
    require_owner(request)
    return asked(request, get_person(user_id))


def asked(request: LearnerRequest, person: User) -> HttpResponse:
    reasons = obstacles(request, person)
    name = person.get_username()
    if request.method != "POST":
        return page(request, person, DeleteAccountForm(wanted=name), reasons)
    form = DeleteAccountForm(request.POST, wanted=name)
    if reasons or not form.is_valid():
        return page(request, person, form, reasons, status=422)
    response: HttpResponse = gone(request, person)
    return response


def obstacles(request: LearnerRequest, person: User) -> Sequence[str]:
    if person != request.user and person.is_active:
        return [_("This account is not closed. Close it first: its person may still need it.")]
    with transaction.atomic():
        return deletion.obstacles(person)


def page(
    request: LearnerRequest,
    person: User,
    form: DeleteAccountForm,
    reasons: Sequence[str],
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "reasons": reasons, "person": person}
    if person != request.user:
        return render(request, "accounts/delete_user.html", context, status=status)
    context["losses"] = () if reasons else deletion.losses(person)
    return render(request, "accounts/delete.html", context, status=status)


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def gone(request: LearnerRequest, person: User) -> HttpResponse:
    number, own = person.pk, person == request.user
    try:
        deletion.delete(number)
    except deletion.AccountNeededError as error:
        form = DeleteAccountForm(wanted=person.get_username())
        return page(request, person, form, error.reasons, status=422)
    if own:
        logout(request)
        messages.success(request, _("Your account and everything of it are deleted."))
        return redirect("home")
    audit(Act.ACCOUNT_DELETED, by=request.user, about=f"user {number}")
    messages.success(request, _("The account and everything of it are deleted."))
    return redirect("accounts:users")
