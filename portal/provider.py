"""The team's own OpenID provider, where one is set: how people sign in by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from portal.env import BadSettingError, Env

ID = "team"  # stands in the address that the provider sends people back to
SAFE = ("https://", "http://localhost:", "http://127.0.0.1:")


@dataclass(frozen=True, slots=True)
class Provider:
    """What the operator chose; without a `url` there is none."""

    url: str
    name: str
    client: str
    secret: str
    domains: tuple[str, ...]
    staff_group: str
    groups_claim: str
    scopes: tuple[str, ...]
    is_verified: bool


def read(env: Env) -> Provider:
    """Return what the environment says; raise BadSettingError."""
    found = _read(env)
    if found.url and not found.url.startswith(SAFE):
        raise env.bad("PORTAL_OIDC_URL", "an address that begins with https://")
    if found.url and not (found.client and found.secret):
        raise BadSettingError(
            "PORTAL_OIDC_CLIENT_ID or PORTAL_OIDC_CLIENT_SECRET is missing; it should be what the "
            "provider of PORTAL_OIDC_URL gave this site."
        )
    return found


def _read(env: Env) -> Provider:
    return Provider(
        url=env.text(
            "PORTAL_OIDC_URL",
            meaning="Issuer of the team's OpenID provider; without, people sign in with passwords "
            "only.",
        ),
        name=env.text("PORTAL_OIDC_NAME", "SSO", meaning="What the button for it is called."),
        client=env.text("PORTAL_OIDC_CLIENT_ID", meaning="The site's client id at the provider."),
        secret=env.secret("PORTAL_OIDC_CLIENT_SECRET", meaning="The secret that belongs to it."),
        domains=env.words(
            "PORTAL_OIDC_DOMAINS",
            meaning="Only verified addresses of these domains may sign in by it.",
        ),
        staff_group=env.text(
            "PORTAL_OIDC_STAFF_GROUP",
            meaning="Members of this group are staff (instructors), others are not, as of each "
            "sign-in.",
        ),
        groups_claim=env.text(
            "PORTAL_OIDC_GROUPS_CLAIM", "groups", meaning="The claim that lists a person's groups."
        ),
        scopes=env.words(
            "PORTAL_OIDC_SCOPES",
            ("openid", "profile", "email"),
            meaning="What the site asks the provider to tell.",
        ),
        is_verified=env.flag(
            "PORTAL_OIDC_EMAIL_VERIFIED",
            default=False,
            meaning="True where the provider has verified all addresses but does not say so "
            "(Entra ID).",
        ),
    )


def for_allauth(provider: Provider) -> dict[str, Any]:  # Any: the shape is allauth's
    """Return what SOCIALACCOUNT_PROVIDERS holds."""
    app = {
        "provider_id": ID,
        "name": provider.name,
        "client_id": provider.client,
        "secret": provider.secret,
        "settings": {"server_url": provider.url, "verified_email": provider.is_verified},
    }
    return {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "SCOPE": list(provider.scopes),
            "APPS": [app] if provider.url else [],
        }
    }
