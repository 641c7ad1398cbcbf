"""Exports the questions of a course, or of a part of it, into a file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content import library
from content.catalog.model import Course
from quizzes import exporting
from quizzes.export import formats
from quizzes.export.model import Bundle
from quizzes.exporting import Part, Wanted

PARTS: tuple[Part, ...] = ("quiz", "chapter", "domain")


class Command(BaseCommand):
    help = "Write the questions of a course, or of a part of it, in the format of another tool."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("format", choices=list(formats.FORMATS), metavar="FORMAT")
        parser.add_argument("--course", help="The course's slug; needed when there are several.")
        part = parser.add_mutually_exclusive_group()
        part.add_argument("--quiz", help="Only a quiz, by its slug.")
        part.add_argument("--chapter", help="Only a chapter, by its slug, such as ecr.")
        part.add_argument("--domain", help="Only a domain of the exam, by its number.")
        parser.add_argument("--language", help="ja, en, …; without, the course's first.")
        parser.add_argument(
            "--keys",
            choices=["inline", "apart", "none"],
            default="inline",
            help="Where answers go.",
        )
        parser.add_argument(
            "--address", default="", help="The site's address, such as https://study.example.com."
        )
        parser.add_argument("--output", type=Path, help="The file; without, named for the part.")

    def handle(self, *args: Any, **options: Any) -> None:  # Any: the signature is Django's
        wanted = formats.get(options["format"])
        course = self.course(options["course"])
        whole = self.bundle(course, options)
        bundle, left_out = formats.holdable(wanted, whole)
        path: Path = options["output"] or Path(
            f"{bundle.name}-{bundle.language}.{wanted.extension}"
        )
        try:
            data = wanted.write(bundle)
            path.write_bytes(data)
        except formats.MissingExtra as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
        if left_out:
            ids = ", ".join(one.id for one in left_out)
            self.stderr.write(f"{wanted.label} cannot hold {len(left_out)} questions: {ids}.")
        self.stdout.write(f"Wrote {len(bundle.items)} questions to {path} ({len(data):,} bytes).")

    def course(self, slug: str | None) -> Course:
        known = library.courses()
        if slug is None and len(known) == 1:
            return next(iter(known.values()))
        if slug is None or slug not in known:
            raise CommandError(f"Name a course with --course; there is {', '.join(known)}.")
        return known[slug]

    def bundle(self, course: Course, options: dict[str, Any]) -> Bundle:  # Any: see handle
        language = options["language"] or course.languages[0]
        if language not in course.languages:
            raise CommandError(
                f"The course has no {language}; it has {', '.join(course.languages)}."
            )
        part: Part = next((one for one in PARTS if options[one]), "course")
        value = options.get(part) if part in PARTS else ""
        wanted = Wanted(language, options["address"].rstrip("/"), options["keys"])
        try:
            return exporting.of_bank(course, part, value or "", wanted, None)
        except exporting.UnknownPart:
            known = ", ".join(known_parts(course, part))
            raise CommandError(f"The course has no {part} {value}; there is {known}.") from None


def known_parts(course: Course, part: Part) -> list[str]:
    """Return the names of a course's quizzes, chapters or domains."""
    if part == "quiz":
        return [one.slug for one in course.quizzes]
    if part == "chapter":
        return [one.slug for one in course.chapters]
    return [str(one.number) for one in course.exam.domains] if course.exam else []
