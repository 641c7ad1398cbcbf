"""Puts a backup into the database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError

from accounts.audit import Act, audit
from portal import backups


class Command(BaseCommand):
    help = "Put a backup into the empty, migrated database: all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="What `manage.py backup` wrote.")
        parser.add_argument(
            "--replace", action="store_true", help="Delete what the database holds, first."
        )

    def handle(self, *args: Any, **options: Any) -> None:  # Any: the signature is Django's
        path: Path = options["file"].absolute()
        try:
            done = backups.restore(path, DEFAULT_DB_ALIAS, replace=options["replace"])
        except (backups.Refused, backups.UnusableArchive) as error:
            hint = " To delete them first, add --replace." if "holds rows" in str(error) else ""
            raise CommandError(f"{error}{hint}") from None
        except DatabaseError as error:
            raise CommandError(f"The database cannot be reached: {error}") from error
        audit(Act.RESTORED, about=path.name, rows=done.rows, replaced=options["replace"])
        self.stdout.write(
            f"Restored {done.rows} rows of {done.tables} tables from {path}. People sign in anew."
        )
