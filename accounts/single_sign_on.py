"""Signing in by the team's OpenID provider: who may, and what the provider says of their role."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render

from accounts.adapter import save_new
from accounts.audit import Act, audit
from accounts.models import User

log = logging.getLogger("gantry.single_sign_on")

KEPT = ("sub", "email", "preferred_username")  # of what the provider tells, only this is kept


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # Any: allauth's
        """Whoever the provider lets in may have an account, also where others may not sign up."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:  # Any: allauth's
        claims = claims_of(sociallogin.account.extra_data)
        addresses = [one.email for one in sociallogin.email_addresses if one.verified]
        if not may_sign_in(addresses, settings.PORTAL_OIDC_DOMAINS):
            audit(Act.SIGN_IN_REFUSED)
            raise ImmediateHttpResponse(render(request, "socialaccount/refused.html", status=403))
        is_staff = staff_by(claims, settings.PORTAL_OIDC_GROUPS_CLAIM, settings.PORTAL_OIDC_STAFF)
        sociallogin.account.extra_data = {
            "userinfo": {name: claims[name] for name in KEPT if name in claims}
        }
        if sociallogin.account.pk:
            sociallogin.account.save(update_fields=["extra_data"])
        if is_staff is not None:
            give_role(sociallogin.user, is_staff=is_staff)

    def get_requests_session(self) -> Any:  # Any: allauth's
        """Return allauth's session, which says so when the provider does not answer."""
        session = super().get_requests_session()
        ask = session.request

        def request(*args: Any, **kwargs: Any) -> Any:  # Any: passed through as they came
            try:
                return ask(*args, **kwargs)
            except OSError as error:  # all errors of requests are
                log.warning("the OpenID provider does not answer: %s", type(error).__name__)
                raise ImmediateHttpResponse(
                    render(self.request, "socialaccount/authentication_error.html", status=503)
                ) from error

        session.request = request
        return session

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> User:
        """Save a new account as any other: the first one owns the site."""
        user: User = sociallogin.user
        user.set_unusable_password()
        if form:
            account_adapter().save_user(request, user, form)
        else:
            account_adapter().populate_username(request, user)
            user.display_name = " ".join(filter(None, [user.first_name, user.last_name]))[:80]
            save_new(user)
        sociallogin.save(request)
        return user


def claims_of(data: dict[str, Any]) -> dict[str, Any]:  # Any: JSON
    """Return what the provider told, by its user info or else by the token."""
    return {**data.get("id_token", {}), **data.get("userinfo", {})}


def may_sign_in(addresses: list[str], domains: tuple[str, ...]) -> bool:
    """Tell whether one of the verified addresses is of a domain that may; without any, all may."""
    found = {address.rpartition("@")[2].lower() for address in addresses}
    return not domains or not found.isdisjoint(domain.lower() for domain in domains)


def staff_by(claims: dict[str, Any], name: str, group: str) -> bool | None:  # Any: JSON
    """Tell whether the person is in the group; None where the provider does not decide roles."""
    if not group:
        return None
    groups = claims.get(name, [])
    return group in ([groups] if isinstance(groups, str) else groups)


def give_role(user: User, *, is_staff: bool) -> None:
    """Follow the provider's group at every sign-in; the owner stays what they are."""
    if user.is_owner or user.is_staff == is_staff:
        return
    user.is_staff = is_staff
    if user.pk:  # a new account is saved later, with it
        user.save(update_fields=["is_staff"])
        audit(Act.PROVIDER_ROLE, about=f"user {user.pk}", staff=is_staff)
