"""Who may teach on this site: the owner appoints people, and may dismiss them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import User


class UnknownPersonError(LookupError):
    """Nobody here has that name or address."""


def instructors() -> QuerySet[User]:
    return User.objects.filter(is_staff=True).order_by("-is_owner", "username")


def appoint(name: str) -> User:
    """Let somebody, by username or address, make classes. Raises UnknownPersonError.

    A username is taken before an address: one person's name can be another's address.
    """
    text = name.strip()
    found = User.objects.filter(Q(username=text) | Q(email__iexact=text), is_simulated=False)
    people = sorted(found, key=lambda one: one.username != text)
    if not people:
        raise UnknownPersonError(text)
    people[0].is_staff = True
    people[0].save(update_fields=["is_staff"])
    return people[0]


def dismiss(user_id: int) -> None:
    """Take the right from somebody. Never from the owner; twice is the same as once."""
    User.objects.filter(pk=user_id, is_owner=False).update(is_staff=False)
