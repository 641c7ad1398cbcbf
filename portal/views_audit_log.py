"""The owner's page: what staff and commands did to other people's things."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.audit import Act
from accounts.requests import LearnerRequest
from accounts.users import searched
from portal import audit_log as log

PAGE = 50


@require_safe
def audit_log(request: LearnerRequest) -> HttpResponse:
    if not request.user.is_owner:
        raise PermissionDenied(_("Only the owner of this site reads its audit log."))
    act = request.GET.get("act", "")
    by = searched(request.GET.get("by", ""))
    page = Paginator(log.entries(act, by), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": log.rows(page), "acts": Act.choices, "act": act, "by": by}
    return render(request, "audit_log.html", context)
