"""Looks at the drawings of all chapters: tells their faults, or straightens them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from content.catalog.drawings import NotTextError, drawings, straightened

FOLDER = "chapters"  # of a course; other Markdown in it, such as a README, is not shown

T = TypeVar("T")


class Command(BaseCommand):
    help = "Tell the faults of the drawings in the chapters (--check), or straighten them (--fix)."
    # The drawings of a course that does not load must be mendable.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--check", action="store_true", help="exit 1 when there is any fault")
        what.add_argument("--fix", action="store_true", help="write the straightened drawings")
        parser.add_argument(
            "paths", nargs="*", type=Path, metavar="PATH", help="courses, folders or chapters"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # Any: the signature is Django's
        paths = options["paths"] or [settings.PORTAL_COURSES_DIR]
        files = sorted({file for path in paths for file in _chapters(path)})
        if options["fix"]:
            self._fix(files)
        else:
            self._check(files)

    def _check(self, files: Sequence[Path]) -> None:
        seen = found = 0
        for file in files:
            for drawing in _read(file, drawings):
                seen += 1
                for line, what in drawing.faults:
                    found += 1
                    self.stdout.write(f"{file}:{line}: {what}")
        if found:
            self.stdout.write(
                f"Faults: {found}, drawings looked at: {seen}. Run manage.py diagrams --fix, then "
                "mend by hand what is left."
            )
            raise SystemExit(1)
        self.stdout.write(f"Drawings without a fault: {seen}, in files: {len(files)}.")

    def _fix(self, files: Sequence[Path]) -> None:
        seen = changed = faulty = 0
        for file in files:
            data, lines = _read(file, straightened)
            if lines:
                file.write_bytes(data)
            for line in lines:
                self.stdout.write(f"{file}:{line}: straightened")
            after = drawings(data)
            seen += len(after)
            changed += len(lines)
            faulty += sum(bool(drawing.faults) for drawing in after)
        self.stdout.write(
            f"Drawings straightened: {changed} of {seen}; with faults left, which --check tells: "
            f"{faulty}."
        )


def _chapters(path: Path) -> list[Path]:
    """Return the chapters that a path means: a file itself, or all below a folder."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise CommandError(f"{path} is not there. Name a course, a folder or a chapter.")
    return [file for file in path.rglob("*.md") if FOLDER in file.absolute().parts]


def _read(file: Path, look: Callable[[bytes], T]) -> T:
    try:
        return look(file.read_bytes())
    except (OSError, NotTextError) as error:
        raise CommandError(f"{file}: {error}") from None
