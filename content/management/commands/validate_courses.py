"""Tells the author of a course everything there is to mend."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content import library
from content.catalog.load import CourseError, load_course
from content.catalog.model import Course


class Command(BaseCommand):
    help = "Check courses and list what is to be mended, by file and line."
    requires_system_checks: list[str] = []  # the check would stop at the very thing to be told

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            nargs="*",
            type=Path,
            metavar="PATH",
            help="Folder of a course; all in PORTAL_COURSES_DIR when none is given.",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # Any: the signature is Django's
        results = [self.tell(path) for path in options["paths"] or all_folders()]
        if not all(results):
            raise SystemExit(1)

    def tell(self, path: Path) -> bool:
        """Print what is wrong with one course, then one line for the whole of it."""
        # "." and ".." are fine to type, but have no name to tell problems by.
        folder = path if path.name not in {"", ".."} else path.resolve()
        try:
            course = load_course(folder)
        except CourseError as error:
            self.stdout.write(str(error))
            count = len(error.problems)
            noun = "problem" if count == 1 else "problems"
            self.stdout.write(f"{folder.name}: {count} {noun} to mend.")
            return False
        self.stdout.write(summary(course))
        return True


def all_folders() -> tuple[Path, ...]:
    """Return the folders of the site's courses, or end the command with the reason."""
    try:
        return library.folders()
    except library.LibraryError as error:
        raise CommandError(str(error)) from None


def summary(course: Course) -> str:
    """Return what was checked, such as `demo: 3 chapters in ja, en: nothing to mend.`"""
    languages = ", ".join(course.languages)
    parts = [counted(len(course.chapters), "chapter")]
    if course.questions:
        parts.append(counted(len(course.questions), "question"))
    if course.labs:
        parts.append(counted(len(course.labs), "lab"))
    told = " and ".join([", ".join(parts[:-1]), parts[-1]]) if parts[1:] else parts[0]
    return f"{course.slug}: {told} in {languages}: nothing to mend."


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
