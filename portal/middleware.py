"""What happens to every request: language, time zone, sign-in, and redirects for htmx."""

from __future__ import annotations

import hashlib
import zoneinfo
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from accounts.requests import SiteRequest
from content import library

GetResponse = Callable[[HttpRequest], HttpResponseBase]
TOKEN_FIELD = b'name="csrfmiddlewaretoken" value="'
PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
CODES = frozenset(code for code, _ in settings.LANGUAGES)


def language_of(request: HttpRequest) -> str:
    """Return the language of the answer: asked in the URL, profile, cookie, browser, site."""
    asked = request.GET.get("lang", "")
    if asked in CODES:
        return asked
    if request.user.is_authenticated and request.user.language in CODES:
        return request.user.language
    return translation.get_language_from_request(request)


class ProbeMiddleware:
    """Answers probes by whatever address they came: load balancers ask for a number, not a name."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info in PROBES:
            request.META["HTTP_HOST"] = "localhost"  # always allowed; the answer does not name it
        return self.get_response(request)


class BodyLimitMiddleware:
    """Refuses what is too large before anything of it is read or written to a disk."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.headers.get("content-length") or "0"
        if not (length.isascii() and length.isdigit()) or int(length) > settings.MOST_BODY:
            return render(request, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return self.get_response(request)


class PolicyMiddleware:
    """Says what a page may load (only what is ours) and which features it may use (none)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class PreferencesMiddleware:
    """Activates the reader's language and time zone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = language_of(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        zone = request.user.time_zone if request.user.is_authenticated else ""
        try:
            timezone.activate(zone or settings.TIME_ZONE)
        except zoneinfo.ZoneInfoNotFoundError:
            timezone.activate(settings.TIME_ZONE)
        response = self.get_response(request)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", language)
        return response


class UnchangedPageMiddleware:
    """Answers 304 when the reader's browser holds the very page already.

    Django masks the CSRF token anew for each page; what counts is the secret behind it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_page = request.method in ("GET", "HEAD") and response.status_code == HTTPStatus.OK
        if not is_page or not isinstance(response, HttpResponse) or "ETag" in response:
            return response
        patch_cache_control(response, private=True, no_cache=True)
        page = hashlib.blake2b(without_token(response.content), digest_size=16)
        page.update(request.META.get("CSRF_COOKIE", "").encode())
        response.headers["ETag"] = f'"{page.hexdigest()}"'
        return get_conditional_response(request, response.headers["ETag"], response=response) or (
            response
        )


def without_token(page: bytes) -> bytes:
    """Return the page without its CSRF token: one page holds one, however often."""
    start = page.find(TOKEN_FIELD)
    if start < 0:
        return page
    start += len(TOKEN_FIELD)
    return page.replace(page[start : page.index(b'"', start)], b"")


class LoginMiddleware(LoginRequiredMiddleware):
    """Asks for a sign-in; pages open to guests stay open unless the site is closed."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> Any:  # Any: Django's own signature
        closed = settings.PORTAL_REQUIRE_LOGIN and getattr(view_func, "open_to_guests", False)
        if closed and not request.user.is_authenticated:
            return self.handle_no_permission(request, view_func)
        return super().process_view(request, view_func, view_args, view_kwargs)


class HtmxRedirectMiddleware:
    """Turns a redirect of an htmx request into HX-Redirect, on the same response.

    The response is edited, not replaced, so that its cookies (messages, session) are kept. A
    redirect to sign-in comes back to the page the reader was on, not to the fragment's URL.
    """

    def __init__(self, get_response: Callable[[SiteRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponseBase:
        response = self.get_response(request)
        location = response.headers.get("Location")
        if not request.htmx or response.status_code not in (301, 302, 303) or not location:
            return response
        del response.headers["Location"]
        response.status_code = 200
        response.headers["HX-Redirect"] = back_to_page(location, request.htmx.current_url_abs_path)
        assert isinstance(response, HttpResponse)
        response.content = b""
        return response


def back_to_page(location: str, page: str | None) -> str:
    """Return `location` with its `next` pointed at `page` when it is the sign-in page."""
    parts = urlsplit(location)
    if parts.path != reverse(settings.LOGIN_URL) or not page:
        return location
    query = parse_qs(parts.query) | {"next": [page]}
    return parts._replace(query=urlencode(query, doseq=True)).geturl()


class CourseReloadMiddleware:
    """In development: reads the courses anew when their files changed, and shows what is wrong."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        library.reload_if_changed()
        if error := library.last_error():
            return HttpResponse(str(error), content_type="text/plain; charset=utf-8", status=500)
        return self.get_response(request)
