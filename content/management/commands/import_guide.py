"""Makes a course of one long Markdown guide."""

from __future__ import annotations

import shutil
import tempfile
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from content.catalog.guide import LICENCE, MAX_BYTES, GuideError, Imported, convert, decode
from content.catalog.load import CourseError, load_course


class Command(BaseCommand):
    help = "Make a course folder of one long Markdown guide, and tell what became of every part."
    # A broken course elsewhere must not keep anyone from importing.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("guide", metavar="FILE", type=Path, help="the Markdown file")
        parser.add_argument("--course", required=True, metavar="SLUG", help="name of the folder")
        parser.add_argument("--language", default="ja", help="the guide's language (default: ja)")
        parser.add_argument(
            "--into", type=Path, metavar="DIR", help="write DIR/SLUG, not PORTAL_COURSES_DIR/SLUG"
        )
        parser.add_argument(
            "--checked", type=_day, metavar="DATE", help="when its facts were last checked"
        )
        parser.add_argument("--licence", default=LICENCE, help=f"default: {LICENCE}")
        parser.add_argument("--dry-run", action="store_true", help="report only, write nothing")
        parser.add_argument(
            "--force", action="store_true", help="replace files of a folder that is there"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # Any: the signature is Django's
        guide: Path = options["guide"]
        target = (options["into"] or settings.PORTAL_COURSES_DIR) / options["course"]
        made = _convert(guide, options)
        _refuse_target(target, force=options["force"])
        for line in made.report.lines():
            self.stdout.write(line)
        if not made.report.balance.is_even:
            raise CommandError(
                "Nothing was written: words of the guide would change without account (see "
                "NOT ACCOUNTED FOR above). This is a fault of the importer; please report it."
            )
        self._keep(made, guide, target, options)

    def _keep(
        self, made: Imported, guide: Path, target: Path, options: dict[str, Any]
    ) -> None:  # Any: as Django hands options over
        """Write the course aside, see whether it loads, and only then put it into its place."""
        with tempfile.TemporaryDirectory(prefix="import-guide-") as folder:
            aside = Path(folder) / target.name
            _write(made, guide, aside)
            problems = _problems(aside)
            if problems and not options["into"]:
                raise CommandError(
                    f"{problems}\nNothing was written: the course would not load. Mend the guide, "
                    "or import it elsewhere with --into DIR and mend the files."
                )
            if not options["dry_run"]:
                problems = _place(aside, target) or problems
        report = made.report
        told = (
            f"{target}: chapters {report.chapters}, appendices {report.appendices}, "
            f"drawings {report.drawn}, questions {len(report.questions)}"
        )
        if problems:
            raise CommandError(f"{problems}\nThe course does not load yet: mend what stands above.")
        if options["dry_run"]:
            self.stdout.write(f"Would make {told}. Nothing was written.")
        else:
            self.stdout.write(f"Made {told}.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no date; write it as 2026-11-23") from None


def _convert(guide: Path, options: dict[str, Any]) -> Imported:  # Any: as Django hands them over
    try:
        text = decode(_read(guide))
        return convert(
            text,
            slug=options["course"],
            language=options["language"],
            today=timezone.localdate(),
            checked=options["checked"],
            licence=options["licence"],
        )
    except GuideError as error:
        place = guide if error.line is None else f"{guide}:{error.line}"
        raise CommandError(f"{place}: {error.what} — {error.mend}") from None


def _read(guide: Path) -> bytes:
    try:
        with guide.open("rb") as file:
            return file.read(MAX_BYTES + 1)  # one more than allowed is enough to refuse it
    except OSError as error:
        raise CommandError(f"{guide} cannot be read: {error.strerror}. Name a file.") from None


def _refuse_target(target: Path, *, force: bool) -> None:
    if target.exists() and not target.is_dir():
        raise CommandError(f"{target} is a file. Move it away, or choose another --course.")
    if not force and target.is_dir() and any(target.iterdir()):
        raise CommandError(
            f"{target} is there already. Choose another --course, or replace its files with "
            "--force (other files in it stay)."
        )


def _write(made: Imported, guide: Path, folder: Path) -> None:
    for path, text in made.files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    home = guide.resolve().parent
    for picture in made.pictures:
        source = home / picture.source
        if not source.is_file() or not source.resolve().is_relative_to(home):
            raise CommandError(
                f"{guide}:{picture.line}: there is no image {picture.source} beside the guide — "
                "put it there, or take the image out of the guide"
            )
        (folder / "images").mkdir(exist_ok=True)
        shutil.copyfile(source, folder / "images" / picture.name)


def _problems(folder: Path) -> str:
    try:
        load_course(folder)
    except CourseError as error:
        return str(error)
    return ""


def _place(aside: Path, target: Path) -> str:
    """Copy the files over; return what keeps the folder, with what it held before, from loading."""
    was_there = target.is_dir()
    try:
        shutil.copytree(aside, target, dirs_exist_ok=True)
    except OSError as error:
        raise CommandError(
            f"{target} could not be written: {error}. Make room there, or choose another --into."
        ) from None
    return _problems(target) if was_there else ""
