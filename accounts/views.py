"""A person's own page: name, language, time zone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms import ProfileForm
from accounts.requests import LearnerRequest

PROFILE_FIELDS = ("display_name", "language", "time_zone", "review_limit", "review_retention")


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: LearnerRequest) -> HttpResponse:
    user = request.user
    if request.method != "POST":
        form = ProfileForm(initial={name: getattr(user, name) for name in PROFILE_FIELDS})
        return render(request, "accounts/profile.html", {"form": form})
    form = ProfileForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/profile.html", {"form": form}, status=422)
    for name in PROFILE_FIELDS:
        setattr(user, name, form.cleaned_data[name])
    user.save(update_fields=PROFILE_FIELDS)
    with translation.override(user.language or translation.get_language()):
        messages.success(request, _("Your profile is saved."))
    return redirect("accounts:profile")
