"""Django's migrate, one at a time, however many replicas start at once."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate
from django.db import DatabaseError, connections

LOCK = 0x67616E747279  # "gantry": any number that no other program on the database uses


class Command(migrate.Command):
    def execute(self, *args: Any, **options: Any) -> str | None:  # Any: the signature is Django's
        reach(options["database"])  # before Django's checks, which may ask the database too
        return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:  # Any: the signature is Django's
        with alone(options["database"]):
            super().handle(*args, **options)
            call_command("createcachetable", database=options["database"], verbosity=0)


def reach(using: str) -> None:
    """Raises CommandError, in one line, when the database cannot be reached."""
    try:
        connections[using].ensure_connection()
    except DatabaseError as error:
        said = " ".join(str(error).split())
        raise CommandError(
            f"The database cannot be reached: {said} See that it runs, and that DATABASE_URL names "
            "its host, port, database, user and password."
        ) from error


@contextmanager
def alone(using: str) -> Iterator[None]:
    """Wait until nobody else migrates, then keep others waiting."""
    if connections[using].vendor == "sqlite":
        settings.PORTAL_DATA_DIR.mkdir(parents=True, exist_ok=True)
        with (settings.PORTAL_DATA_DIR / "migrate.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    keeper = connections[using].copy()
    try:
        with keeper.cursor() as cursor:
            cursor.execute("BEGIN")  # of a transaction, so that it also holds behind a pooler
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            yield
    finally:
        keeper.close()
