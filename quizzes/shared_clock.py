"""What time it is: by the database's clock, which all replicas share.

A replica whose own clock is off would else end exams early, or take a changed answer for an older
one. The difference is looked up once a minute. SQLite has no machine of its own.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

STALE = 60.0  # seconds after which the difference is looked up anew


@dataclass(slots=True)
class Difference:
    """How far the database's clock is ahead of this machine's, and when that was looked up."""

    ahead: timedelta = timedelta(0)
    stale_at: float = 0.0  # of time.monotonic()


known = Difference()


def now() -> datetime:
    """Return the present moment."""
    if time.monotonic() > known.stale_at:
        look_up()
    return timezone.now() + known.ahead


def look_up() -> None:
    """Compare the clocks; the answer's way here and back counts half."""
    before = timezone.now()
    theirs = database_time()
    after = timezone.now()
    if theirs is not None:
        known.ahead = theirs - before - (after - before) / 2
    known.stale_at = time.monotonic() + STALE


def database_time() -> datetime | None:
    """Return what the database's machine holds for now; None where it is this machine."""
    if connection.vendor == "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        [found] = cursor.fetchone() or (None,)
    assert isinstance(found, datetime)
    return found
