"""Prints the table of all settings, or writes it into a document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal import settings_table


class Command(BaseCommand):
    help = "Print every setting with its default and meaning, or write the table into a document."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", type=Path, metavar="FILE", help="between its two markers")

    def handle(self, *args: Any, **options: Any) -> None:  # Any: the signature is Django's
        path: Path | None = options["write"]
        if path is None:
            self.stdout.write(settings_table.table())
            return
        try:
            text = settings_table.put_into(path.read_text(encoding="utf-8"))
        except (OSError, settings_table.NoMarkersError) as error:
            raise CommandError(
                f"{path} has no place for the table: it should be a text file with the lines "
                f"{settings_table.BEGIN} and {settings_table.END}."
            ) from error
        path.write_text(text, encoding="utf-8")
        self.stdout.write(f"{path} holds the table of settings.")
