"""Writes everything the database holds into one file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError
from django.utils import timezone

from portal import backups


class Command(BaseCommand):
    help = "Write everything the database holds into one file, while the site runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="A file that does not exist yet.")

    def handle(self, *args: Any, **options: Any) -> None:  # Any: the signature is Django's
        path: Path = options["file"].absolute()
        try:
            done = backups.save(path, DEFAULT_DB_ALIAS, timezone.now())
        except backups.Refused as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(
                f"{path} cannot be written ({error.strerror}); nothing was left there. "
                "Make room, or name another folder."
            ) from error
        except DatabaseError as error:
            raise CommandError(f"The database cannot be read: {error}") from error
        self.stdout.write(
            f"Backed up {done.rows} rows of {done.tables} tables to {path}. "
            "Keep it as you keep passwords. Sessions, the secret key and the courses are not in it."
        )
