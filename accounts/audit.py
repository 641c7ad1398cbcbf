"""What staff do, kept: one call for each act that changes other people's things."""

from __future__ import annotations

import logging

from django.utils import timezone

from accounts.models import AuditEntry, User

log = logging.getLogger("gantry.audit")

Detail = str | int | float | bool | None


def audit(action: str, *, by: User | None = None, about: str = "", **details: Detail) -> None:
    """Keep that somebody did something: `audit("regrade", by=user, about="demo/q-1", changed=3)`.

    `by` is None for the command line and for the site itself. Name things by slug or
    number, never by a person's name or address: an entry outlives the account.
    """
    AuditEntry.objects.create(
        at=timezone.now(), by=by, action=action, about=about[:200], details=details
    )
    who = f"user {by.pk}" if by else "nobody signed in"
    log.info("%s by %s about %s", action, who, about, extra={"details": details})
