"""Marks that people give a learner's work: only added, the latest counts."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from classes.models import Mark, Membership
from classes.work import Key


def give(
    member: Membership, key: Key, percent: int | None, *, reason: str, by: User, at: datetime
) -> Mark:
    """Give a cell a mark in percent, with its reason; it stands until there is another.

    None takes the mark back: the learner's own figure stands again, and why is kept too.
    """
    kind, slug = key
    return Mark.objects.create(
        membership=member, kind=kind, slug=slug, percent=percent, reason=reason, by=by, at=at
    )


def history(member: Membership, key: Key) -> list[Mark]:
    """Return the marks of a cell, the latest first."""
    found = Mark.objects.filter(membership=member, kind=key[0], slug=key[1])
    return list(found.select_related("by").order_by("-pk"))
