"""Pages of the site itself: language and theme, health, errors, the styleguide."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.db import DEFAULT_DB_ALIAS, DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from content import library
from portal import schema
from portal.context import THEME_COOKIE
from portal.forms import PreferencesForm

YEAR = 365 * 24 * 3600


@require_POST
@login_not_required
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep the language or the theme, then show the same page again."""
    form = PreferencesForm(request.POST)
    if not form.is_valid():
        return render(request, "400.html", status=422)
    response = HttpResponseRedirect(safe_next(request, form.cleaned_data["next"]))
    if language := form.cleaned_data["language"]:
        keep(response, settings.LANGUAGE_COOKIE_NAME, language)
        if isinstance(request.user, User):
            request.user.language = language
            request.user.save(update_fields=["language"])
    if theme := form.cleaned_data["theme"]:
        keep(response, THEME_COOKIE, theme)
    return response


def keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=YEAR, secure=settings.PRODUCTION, httponly=True, samesite="Lax"
    )


def safe_next(request: HttpRequest, url: str) -> str:
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if safe else "/"


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """The process can serve: database reached, migrations applied, courses loaded.

    A database that a newer release migrated still serves: old replicas run until new ones do.
    """
    state = {"database": database_state(), "courses": "ok" if library.courses() else "none"}
    ready = set(state.values()) == {"ok"}
    return JsonResponse(state, status=200 if ready else 503)


def database_state() -> str:
    try:
        missing = schema.of(DEFAULT_DB_ALIAS).missing
    except DatabaseError:
        return "unreachable"
    return "migrations missing: run manage.py migrate" if missing else "ok"


@require_safe
@never_cache
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, for whoever knows the token; where none is set, nothing is here."""
    if not settings.PORTAL_METRICS_TOKEN:
        raise Http404
    from portal import metrics as figures  # noqa: PLC0415 - costs memory only where it is used

    if not figures.may_read(request.headers.get("Authorization", "")):
        return HttpResponse(
            "Send the header Authorization: Bearer TOKEN, with that of PORTAL_METRICS_TOKEN.\n",
            content_type="text/plain",
            status=401,
            headers={"WWW-Authenticate": "Bearer"},
        )
    return HttpResponse(figures.text(), content_type=figures.CONTENT_TYPE)


@require_safe
@login_not_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component once; in development only."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "styleguide.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a POST without a valid token; Django logs the reason."""
    return render(request, "403_csrf.html", status=403)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, DisallowedHost):  # no page can be made: it would name its own address
        with translation.override(translation.get_language_from_request(request)):
            said = _(
                "This site does not answer to that name. Open it by its own; "
                "whoever runs it lists its names in PORTAL_HOSTS."
            )
        return HttpResponse(f"{said}\n", content_type="text/plain; charset=utf-8", status=400)
    if isinstance(exception, RequestDataTooBig):  # text in a form; files have their own limit
        return render(request, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return render(request, "400.html", status=400)


@login_not_required
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say why, when the view said it, and offer a way on."""
    return render(request, "403.html", {"message": told(exception)}, status=403)


@login_not_required
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say what is not here, when the view said it, and offer a way on."""
    return render(request, "404.html", {"message": told(exception)}, status=404)


def told(exception: Exception) -> str:
    """Return the sentence a view raised it with; a resolver's 404 holds none."""
    first = exception.args[0] if exception.args else ""
    return first if isinstance(first, str) else ""
