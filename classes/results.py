"""Results for other tools: the rows of the gradebook as CSV and JSON, one line a learner."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.text import slugify

from classes import firsts
from classes.gradebook import Gradebook, Row, name_of
from classes.models import Classroom
from classes.work import WHOLE, Cell, Column
from quizzes.export.csv_table import with_guard
from quizzes.models import Answer, Attempt

CHUNK = 250  # learners whose rows are in memory at once
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # tells Excel that the file is UTF-8
WHO = ("user", "name", "email")  # the first cells of a line
Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions of one quiz as further columns: credits of each learner's first attempt."""

    quiz: str
    ids: Sequence[str]


def header(columns: Iterable[Column], questions: Questions | None) -> list[str]:
    names = list(WHO)
    for one in columns:
        names += [name_of(one), f"{name_of(one)} state"]
    return [*names, *(f"{questions.quiz} {one}" for one in questions.ids)] if questions else names


def values(row: Row, earned: Mapping[str, float], questions: Questions | None) -> list[Value]:
    """Return what a learner's line says: figures are numbers, what is missing is empty."""
    user = row.member.user
    found: list[Value] = [user.username, user.display_name, user.email]
    for cell in row.cells:
        found += [cell.percent, cell.state]
    if questions:
        found += [earned.get(one) for one in questions.ids]
    return found


def lines(book: Gradebook, questions: Questions | None) -> Iterator[list[Value]]:
    """Return the lines of a class, in its order; memory does not grow with it."""
    for rows in book.in_chunks(CHUNK):
        earned = credits_of(rows, book, questions)
        for row in rows:
            yield values(row, earned.get(row.member.user_id, {}), questions)


def credits_of(
    rows: Sequence[Row], book: Gradebook, questions: Questions | None
) -> Mapping[int, Mapping[str, float]]:
    """Return the credits of everybody's first closed whole attempt, by person and question."""
    if questions is None:
        return {}
    found: dict[int, dict[str, float]] = {}
    first = first_attempts(book.course.slug, questions.quiz, [one.member.user_id for one in rows])
    answers = Answer.objects.filter(attempt__in=list(first)).order_by("position")
    for attempt, question, credit in answers.values_list(
        "attempt_id", "version__question", "credit"
    ):
        found.setdefault(first[attempt], {})[question] = credit or 0.0
    return found


def first_attempts(course: str, quiz: str, people: Sequence[int]) -> dict[int, int]:
    """Return each person's first closed whole attempt at a quiz, with whose it is."""
    rows = Attempt.objects.closed().filter(
        user_id__in=people, course=course, quiz=quiz, mode__in=WHOLE
    )
    return dict(firsts.first_of(rows).values_list("pk", "user_id"))


class _Echo:
    """Takes a line of CSV and hands it back."""

    def write(self, line: str) -> str:
        return line


def as_csv(book: Gradebook, questions: Questions | None) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(header(book.columns, questions))
    for line in lines(book, questions):
        # Only what people chose themselves can be a formula: the rest are figures and states.
        said = [with_guard(str(one)) for one in line[: len(WHO)]]
        yield writer.writerow([*said, *line[len(WHO) :]])


def as_json(book: Gradebook, room: Classroom, questions: Questions | None) -> Iterator[str]:
    about = {
        "format": "gantry-results",
        "version": 1,
        "classroom": room.name,
        "course": room.course,
        "at": book.now.isoformat(),
        "due": {name_of(one): _iso(one.due_at) for one in book.columns if one.assignment},
    }
    yield json.dumps(about, ensure_ascii=False)[:-1] + ', "learners": ['
    separator = "\n"
    for rows in book.in_chunks(CHUNK):
        earned = credits_of(rows, book, questions)
        for row in rows:
            mine = earned.get(row.member.user_id, {})
            yield separator + json.dumps(_learner(row, book, mine, questions), ensure_ascii=False)
            separator = ",\n"
    yield "\n]}\n"


def _learner(
    row: Row, book: Gradebook, earned: Mapping[str, float], questions: Questions | None
) -> dict[str, object]:
    user = row.member.user
    found: dict[str, object] = {
        "user": user.username,
        "name": user.display_name,
        "email": user.email,
        "work": {
            name_of(column): _cell(cell)
            for column, cell in zip(book.columns, row.cells, strict=True)
        },
    }
    if questions:
        found["questions"] = {one: earned.get(one) for one in questions.ids}
    return found


def _cell(cell: Cell) -> dict[str, Value | bool]:
    return {
        "state": cell.state,
        "percent": cell.percent,
        "done_at": _iso(cell.done_at),
        "is_overridden": cell.is_overridden,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def file_name(room: Classroom, now: datetime, ending: str) -> str:
    """Return a name that sorts by day, by the class's own calendar."""
    day = now.astimezone(ZoneInfo(room.time_zone)).date()
    name = slugify(room.name, allow_unicode=True) or "class"
    return f"{name}-results-{day.isoformat()}.{ending}"
