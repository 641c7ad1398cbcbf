"""Requests with the types our middleware gives them."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class SiteRequest(HttpRequest):
    """Any request: a language has been chosen and htmx is known."""

    htmx: HtmxDetails
    LANGUAGE_CODE: str


class LearnerRequest(SiteRequest):
    """A request of somebody who is signed in."""

    user: User
