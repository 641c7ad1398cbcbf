"""Looks at what the site talks to: mail, the practice account, AWS."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.request import urlopen

from django.conf import settings
from django.core.mail import get_connection

from labs import connections
from labs.aws.session import Clients
from portal.doctor.finding import Finding, better, broken, fine
from portal.doctor.inside import first_line

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


def look_at_mail() -> Iterator[Finding]:
    if not settings.EMAIL_HOST:
        yield better(
            "The site sends none: the owner hands out links for new passwords (the page Users).",
            "Set PORTAL_EMAIL_HOST and PORTAL_EMAIL_FROM.",
        )
        return
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with get_connection():
            pass
    except OSError as error:  # smtplib's own errors too
        yield broken(
            f"{where} does not take it: {first_line(error)}",
            "Mend PORTAL_EMAIL_HOST, _PORT, _USER, _PASSWORD or _TLS.",
        )
    else:
        yield fine(f"{where} lets us in.")


def look_at_sign_in() -> Iterator[Finding]:
    url = settings.PORTAL_OIDC_URL
    if not url:
        yield fine("People sign in with passwords.")
        return
    mend = "See that PORTAL_OIDC_URL is the provider's issuer, and that this machine reaches it."
    if "/.well-known/" not in url:
        url += "/.well-known/openid-configuration"
    try:
        with urlopen(url, timeout=5) as answer:  # noqa: S310 - settings.py lets only http(s) through
            found = json.load(answer)
        missing = [one for one in ENDPOINTS if one not in found]
    except (OSError, ValueError, TypeError) as error:
        yield broken(f"The OpenID provider does not answer: {first_line(error)}", mend)
        return
    if missing:
        yield broken(f"The OpenID provider names no {', '.join(missing)}.", mend)
    elif settings.PORTAL_OPEN_SIGNUP:
        yield better(
            "The OpenID provider answers, but anybody may also sign up with a password.",
            "Set PORTAL_OPEN_SIGNUP=false to leave accounts to the provider.",
        )
    else:
        yield fine(f"The OpenID provider answers: {found.get('issuer', url)}.")


def look_at_sandbox() -> Iterator[Finding]:
    if not connections.offer().sandbox:
        yield fine("No practice account is offered.")
    elif connections.sandbox().is_up():
        yield fine(f"The practice account answers at {settings.PORTAL_SANDBOX_URL}.")
    else:
        yield broken(
            f"The practice account does not answer at {settings.PORTAL_SANDBOX_URL}, or not to us.",
            "Start it (make sandbox); both must have the same PORTAL_SANDBOX_TOKEN.",
        )


def look_at_credentials() -> Iterator[Finding]:
    offer = connections.offer()
    if not offer.role and not offer.machine:
        yield fine("None are needed: learners are not reached by roles.")
        return
    try:
        with Clients(connections.own_access(connections.DEFAULT_REGION)) as clients:
            account = str(clients("sts").get_caller_identity()["Account"])
    except Exception as error:  # noqa: BLE001 - whatever the SDK raises is what is told
        yield broken(
            f"AWS does not know the site: {first_line(error)}",
            "Give the site a task role, or credentials that the AWS CLI finds too.",
        )
        return
    principal = settings.PORTAL_LABS_PRINCIPAL
    if offer.role and f":{account}:" not in principal:
        yield broken(
            f"The site is in account …{account[-4:]}, which PORTAL_LABS_PRINCIPAL is not in.",
            "Set PORTAL_LABS_PRINCIPAL to the ARN of the role that the site itself has.",
        )
    else:
        yield fine(f"AWS knows the site, in account …{account[-4:]}.")
