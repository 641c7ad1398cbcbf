"""Carries everything from SQLite into the database the site is set to."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from accounts.audit import Act, audit
from portal import backups, database

SOURCE = "source"


class Command(BaseCommand):
    help = (
        "Carry everything from a SQLite file into the empty, migrated database of DATABASE_URL, "
        "and compare counts and checksums. Stop the site first: what it writes later is not moved."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            nargs="?",
            default=settings.PORTAL_DATA_DIR / database.SQLITE_NAME,
            help="The SQLite file; without, the one in PORTAL_DATA_DIR.",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # Any: the signature is Django's
        path: Path = options["file"].absolute()
        if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
            raise CommandError("DATABASE_URL is SQLite; set it to the PostgreSQL to move to.")
        if not path.is_file():
            raise CommandError(f"{path} is not there; name the SQLite file to move from.")
        databases = connections.configure_settings(
            {DEFAULT_DB_ALIAS: {}, SOURCE: database.SQLITE | {"NAME": str(path)}}
        )
        connections.settings[SOURCE] = databases[SOURCE]
        try:
            connections[SOURCE].connect()
        except DatabaseError as error:
            raise CommandError(f"{path} is no SQLite database ({error}); name another.") from error
        try:
            done = backups.move(SOURCE, DEFAULT_DB_ALIAS)
        except backups.Refused as error:
            raise CommandError(str(error)) from None
        except DatabaseError as error:
            raise CommandError(f"A database cannot be used: {error}") from error
        finally:
            connections[SOURCE].close()
        audit(Act.MOVED, about=path.name, rows=done.rows)
        self.stdout.write(
            f"Moved {done.rows} rows of {done.tables} tables; counts and checksums are the same."
        )
