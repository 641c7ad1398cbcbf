"""Everybody who has an account: what the owner of the site sees and does for them."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User


def searched(given: str) -> str:
    """Return what somebody looks for people with, as far as a name or address can hold it."""
    return given.replace("\0", "").strip()[:100]


def named(text: str, at: str = "") -> Q:
    """Return what finds people with the text in their name or address; `at` leads to them."""
    fields = ("username", "display_name", "email")
    return Q(*((f"{at}{one}__icontains", text) for one in fields), _connector=Q.OR)


def listed(text: str = "", show: str = "") -> QuerySet[User]:
    """Return the users with the text in their name or address: all, `instructors` or `closed`."""
    found = User.objects.filter(is_simulated=False).order_by("username")
    if text:
        found = found.filter(named(text))
    if show == "instructors":
        found = found.filter(is_staff=True)
    if show == "closed":
        found = found.filter(is_active=False)
    return found


@transaction.atomic
def add(username: str, email: str) -> User:
    """Make an account without a password; a link lets its owner choose one.

    Raises IntegrityError when somebody took the name in the same moment.
    """
    made = User(username=username, email=email)
    made.set_unusable_password()
    made.save()
    if email:
        EmailAddress.objects.create(user=made, email=email, primary=True)
    return made


def password_link(user: User) -> str:
    """Return the address where a password can be set once, for PASSWORD_RESET_TIMEOUT seconds."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    link: str = get_adapter().get_reset_password_from_key_url(key)
    return link


def has_second_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user).exists())


def remove_second_factor(user: User) -> None:
    Authenticator.objects.filter(user=user).delete()


def appoint(user: User) -> None:
    """Let them make classes, and export the question bank."""
    _set(user, is_staff=True)


def dismiss(user: User) -> None:
    """Take that right away; the classes they teach stay theirs."""
    _set(user, is_staff=False)


def close(user: User) -> None:
    """Let nobody sign in with the account: whoever is signed in is out with the next request."""
    _set(user, is_active=False)


def reopen(user: User) -> None:
    _set(user, is_active=True)


@transaction.atomic
def hand_over(owner: User, user: User) -> None:
    """Make somebody else the owner of the site, of whom there is one; the old one stays staff."""
    User.objects.filter(pk=owner.pk).update(is_owner=False, is_superuser=False)
    User.objects.filter(pk=user.pk).update(is_owner=True, is_staff=True, is_superuser=True)


def _set(user: User, **flags: bool) -> None:
    """Set what holds for an account; the owner's stays as it is."""
    User.objects.filter(pk=user.pk, is_owner=False).update(**flags)
