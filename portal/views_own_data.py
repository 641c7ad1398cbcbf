"""A person's own data: what there is, all of it in one file, and deleting the account."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import LearnerRequest
from portal import deletion
from portal import own_data as data
from portal.forms import DeleteAccountForm


@require_safe
def own_data(request: LearnerRequest) -> HttpResponse:
    return render(request, "accounts/data.html", {"parts": data.PARTS, "left_out": data.LEFT_OUT})


@require_safe
def archive(request: LearnerRequest) -> HttpResponse:
    response = HttpResponse(data.archive(request.user), content_type="application/zip")
    name = data.file_name(timezone.localdate())
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def delete(request: LearnerRequest) -> HttpResponse:
    """Show what would be gone; delete once the name is typed and the password asked for again."""
    with transaction.atomic():
        reasons = deletion.obstacles(request.user)
    name = request.user.get_username()
    if request.method != "POST":
        return _page(request, DeleteAccountForm(wanted=name), reasons)
    form = DeleteAccountForm(request.POST, wanted=name)
    if reasons or not form.is_valid():
        return _page(request, form, reasons, status=422)
    response: HttpResponse = _go(request)
    return response


def _page(
    request: LearnerRequest, form: DeleteAccountForm, reasons: Sequence[str], status: int = 200
) -> HttpResponse:
    losses = () if reasons else deletion.losses(request.user)
    context = {"form": form, "reasons": reasons, "losses": losses}
    return render(request, "accounts/delete.html", context, status=status)


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def _go(request: LearnerRequest) -> HttpResponse:
    try:
        deletion.delete(request.user.pk)
    except deletion.AccountNeededError as error:
        form = DeleteAccountForm(wanted=request.user.get_username())
        return _page(request, form, error.reasons, status=422)
    logout(request)
    messages.success(request, _("Your account and everything of it are deleted."))
    return redirect("home")
