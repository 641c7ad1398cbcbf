"""Makes a file of questions out of what another tool, or this one, has exported."""

from __future__ import annotations

import re
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError

from content import library
from content.catalog.load import chapter_path
from content.catalog.model import Course
from content.catalog.questions import Question as Known
from content.catalog.quiz.schema import QuestionTable
from quizzes.importing import comparing, formats, gaps, merging, naming, question_file
from quizzes.importing.gaps import Defaults
from quizzes.importing.model import MAX_BYTES, Question, Reading, Unreadable
from quizzes.importing.report import Report

_TARGET = re.compile(r"quizzes/([a-z0-9][a-z0-9-]*)\.toml")


@dataclass(frozen=True, slots=True)
class Target:
    """The file to write: its path, its name without .toml, whether it is a chapter's quiz."""

    path: Path
    stem: str
    is_chapter: bool


class Command(BaseCommand):
    help = "Read questions of JSON, CSV, Moodle XML, GIFT or QTI 2; report, and write with --write."
    # A broken course elsewhere must not keep anyone from importing.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help=".json .csv .xml .gift .zip")
        parser.add_argument("--course", required=True, metavar="SLUG", help="the course's slug")
        parser.add_argument(
            "--to", required=True, type=_target, metavar="quizzes/NAME.toml", help="the file"
        )
        parser.add_argument("--language", help="of FILE, if it does not say; default: the first")
        parser.add_argument(
            "--with", dest="other", type=Path, metavar="FILE", help="the same in another language"
        )
        parser.add_argument("--other-language", help="of that file, if it does not say")
        parser.add_argument("--task", default="", help="for questions without one, such as 1.3")
        parser.add_argument("--section", default="", help="for those without, as 02-ecr.md#push")
        parser.add_argument("--difficulty", type=int, choices=(1, 2, 3), default=0)
        parser.add_argument("--source", action="append", default=[], help="for those without one")
        parser.add_argument("--write", action="store_true", help="write; without, only report")

    def handle(self, *args: Any, **options: Any) -> None:  # Any: the signature is Django's
        course = _course(options["course"])
        target = _free(course, options["to"])
        reading = self.reading(course, options)
        new, duplicates = comparing.divided(reading.questions, _known(course))
        defaults = _defaults(options)
        ready = [gaps.filled(one, defaults) for one in new]
        ready = naming.named(ready, course.questions.keys(), target.stem)
        for line in Report(reading, ready, duplicates, course.languages).lines():
            self.stdout.write(line)
        self.finish(course, target, ready, is_wanted=options["write"])

    def reading(self, course: Course, options: dict[str, Any]) -> Reading:  # Any: see handle
        first, *others = course.languages
        language = _language(course, options["language"] or first)
        reading = self.read(options["file"], language)
        if options["other"] is None:
            return reading
        other = options["other_language"] or next((one for one in others if one != language), first)
        return merging.merged(reading, self.read(options["other"], _language(course, other)))

    def read(self, path: Path, language: str) -> Reading:
        try:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)  # one more than allowed is enough to refuse it
            found, reading = formats.read(path.name, data, language)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}. Name a file.") from None
        except Unreadable as error:
            raise CommandError(f"{path}: {error.what} — {error.mend}") from None
        self.stdout.write(f"{path}: {found.label}")
        return reading

    def finish(
        self, course: Course, target: Target, ready: list[Question], *, is_wanted: bool
    ) -> None:
        if len(ready) > question_file.MOST:
            raise CommandError(
                f"Nothing was written: {len(ready)} questions are new, and a file holds "
                f"{question_file.MOST}. Divide what you import."
            )
        if not ready:
            raise CommandError("Nothing was written: no question is new.")
        if not is_wanted:
            self.stdout.write("Nothing was written. Add --write to do it.")
            return
        text = question_file.written(ready, course.languages, is_chapter=target.is_chapter)
        try:
            target.path.parent.mkdir(exist_ok=True)
            with target.path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except OSError as error:
            raise CommandError(f"{target.path} cannot be written: {error.strerror}.") from None
        self.stdout.write(
            f"Wrote {len(ready)} questions to {target.path}. "
            "Now mend what manage.py validate_courses tells."
        )


def _target(text: str) -> str:
    found = _TARGET.fullmatch(text)
    if found is None:
        raise ArgumentTypeError(f"{text!r} is no file of questions; write quizzes/NAME.toml")
    return found[1]


def _course(slug: str) -> Course:
    try:
        return library.course(slug)
    except library.UnknownCourse:
        known = ", ".join(library.courses())
        raise CommandError(f"There is no course {slug}; there is {known}.") from None


def _free(course: Course, stem: str) -> Target:
    path = course.folder / "quizzes" / f"{stem}.toml"
    if path.exists():
        raise CommandError(f"{path} is there already. Choose another name after --to.")
    is_chapter = (course.folder / chapter_path(stem, course.languages[0])).exists()
    return Target(path, stem, is_chapter)


def _language(course: Course, language: str) -> str:
    if language not in course.languages:
        raise CommandError(f"The course has no {language}; it has {', '.join(course.languages)}.")
    return language


def _known(course: Course) -> dict[str, list[str]]:
    return {name: _prompts(one) for name, one in course.questions.items()}


def _prompts(question: Known) -> list[str]:
    table = msgspec.json.decode(question.payload, type=QuestionTable)
    return list(table.prompt.values())


def _defaults(options: dict[str, Any]) -> Defaults:  # Any: as Django hands options over
    task, section = options["task"], options["section"]
    if task and not gaps.is_task(task):
        raise CommandError(f"{task!r} is no task; write one such as 1.3.")
    if section and not gaps.is_place(section):
        raise CommandError(f"{section!r} is no heading; write one such as 02-ecr.md#push.")
    return Defaults(task, section, options["difficulty"], tuple(options["source"]))
