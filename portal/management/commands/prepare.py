"""Brings the database up to date before a replica serves."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

LOCK = 0x47616E747279  # "Gantry": the number that replicas on one PostgreSQL agree on

PLAIN = (
    "This site runs for trying out: it is reached as localhost, without TLS. For others to reach "
    "it, set PORTAL_PRODUCTION=true, PORTAL_SECRET_KEY_FILE and PORTAL_HOSTS: docs/self-hosting.md."
)


class Command(BaseCommand):
    help = "Bring the database up to date; replicas that start together wait for one another."

    def handle(self, *args: object, **options: object) -> None:
        with alone():
            call_command("migrate", verbosity=0)
            call_command("createcachetable", verbosity=0)
        self.stdout.write("The database is up to date.")
        if not settings.PRODUCTION:
            self.stdout.write(PLAIN)


@contextmanager
def alone() -> Iterator[None]:
    """Hold what only one process may hold; it is let go of when the process ends, however."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        return
    with (settings.PORTAL_DATA_DIR / "prepare.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
