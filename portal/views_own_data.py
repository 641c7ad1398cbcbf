"""A person's own data: what there is, and all of it in one file."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.requests import LearnerRequest
from portal import own_data as data


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
