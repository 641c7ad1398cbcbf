"""What every page knows: its languages, its theme, its address."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from portal import provider

THEMES = ("system", "light", "dark")
THEME_COOKIE = "theme"


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    name: str
    url: str
    is_current: bool


def site(request: HttpRequest) -> dict[str, object]:
    canonical = request.build_absolute_uri(request.path)
    current = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "LANGUAGE_CODE": current,
        "canonical": canonical,
        "sends_mail": settings.PORTAL_SENDS_MAIL,
        "sso_name": settings.PORTAL_OIDC_NAME,
        "sso_url": sso_url(),
        "languages": [
            Language(code, name, f"{canonical}?lang={code}", code == current)
            for code, name in settings.LANGUAGES
        ],
        "theme": theme if theme in THEMES else "system",
    }


def sso_url() -> str:
    """Return where the team's own sign-in begins, or nothing where there is none."""
    if not settings.PORTAL_OIDC_URL:
        return ""
    return reverse("openid_connect_login", kwargs={"provider_id": provider.ID})
