"""What came of attempts: one in full, and those of a quiz in a line each."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from content.catalog.model import Course
from content.catalog.questions import Question
from quizzes import asking, bank
from quizzes.marking import key_of
from quizzes.models import Answer, Attempt

# The table from raw to scaled scores is not published; a straight line from 100 to 1000 puts the
# pass mark of 750 at 72.2 percent. Shown as an estimate only.
LEAST_SCORE, MOST_SCORE = 100, 1000


@dataclass(frozen=True, slots=True)
class Row:
    """A question of a closed attempt."""

    position: int
    question: Question
    view: asking.QuestionView
    is_scored: bool
    is_flagged: bool
    seconds: int


@dataclass(frozen=True, slots=True)
class Group:
    """How many questions of a domain or a chapter were right; only those that count."""

    title: str
    right: int
    total: int

    @property
    def percent(self) -> int:
        return round(100 * self.right / self.total)


@dataclass(frozen=True, slots=True)
class Result:
    """A closed attempt. `change` is in points against the attempt before in the same mode."""

    rows: Sequence[Row]
    percent: int
    domains: Sequence[Group]
    chapters: Sequence[Group]
    right_count: int
    blank_count: int
    missed_count: int
    change: float | None
    scaled: int | None
    has_reached_pass: bool | None
    taken: timedelta


@dataclass(frozen=True, slots=True)
class Line:
    """An attempt in a list. `percent` is None while it is open."""

    attempt: Attempt
    percent: int | None


def result(attempt: Attempt, course: Course | None, language: str) -> Result:
    """Return everything about a closed attempt. Three queries, however many questions."""
    answers = list(attempt.answer_set.order_by("position"))
    digests = {row.version_id for row in answers} | {key_of(row) for row in answers}
    versions = bank.versions(attempt.course, digests)
    rows = [
        _row(answer, versions[answer.version_id], versions[key_of(answer)], course, language)
        for answer in answers
    ]
    scored = [row for row in rows if row.is_scored]
    share = (attempt.points or 0) / attempt.out_of if attempt.out_of else 0.0
    exam = course.exam if course and attempt.mode == Attempt.Mode.EXAM else None
    scaled = round(LEAST_SCORE + (MOST_SCORE - LEAST_SCORE) * share) if exam else None
    return Result(
        rows=rows,
        percent=round(100 * share),
        domains=_groups(scored, lambda one: _domain(one, course, language)),
        chapters=_groups(scored, lambda one: _chapter(one, course, language)),
        right_count=sum(row.view.is_right for row in scored),
        blank_count=sum(row.view.is_blank for row in rows),
        missed_count=sum(not row.view.is_right for row in rows),
        change=_change(attempt),
        scaled=scaled,
        has_reached_pass=scaled >= exam.pass_score if exam and scaled is not None else None,
        taken=(attempt.closed_at or attempt.started_at) - attempt.started_at,
    )


def _row(
    answer: Answer, question: Question, key: Question, course: Course | None, language: str
) -> Row:
    view = asking.marked(answer, question, key, course, language)
    return Row(answer.position, question, view, answer.is_scored, answer.is_flagged, answer.seconds)


def _groups(rows: Iterable[Row], group_of: Callable[[Question], tuple[int, str]]) -> list[Group]:
    """Return the groups in the order of their places, the first part of what `group_of` says."""
    found: defaultdict[tuple[int, str], list[bool]] = defaultdict(list)
    for row in rows:
        found[group_of(row.question)].append(row.view.is_right)
    return [Group(key[1], sum(found[key]), len(found[key])) for key in sorted(found)]


def _domain(question: Question, course: Course | None, language: str) -> tuple[int, str]:
    domains = course.exam.domains if course and course.exam else ()
    titles = {one.number: one.title(language) for one in domains}
    return question.domain, f"{question.domain} {titles.get(question.domain, '')}".strip()


def _chapter(question: Question, course: Course | None, language: str) -> tuple[int, str]:
    for place, chapter in enumerate(course.chapters if course else ()):
        if chapter.slug == question.chapter:
            return place, f"{chapter.label} {chapter.text(language).title}"
    return sys.maxsize, question.chapter


def _change(attempt: Attempt) -> float | None:
    """Return the points against the attempt before, when both were out of as much."""
    before = (
        Attempt.objects.of(attempt.user_id, attempt.course, attempt.quiz)
        .closed()
        .filter(mode=attempt.mode, number__lt=attempt.number, out_of=attempt.out_of)
        .order_by("-number")
        .first()
    )
    if before is None or before.points is None or attempt.points is None:
        return None
    return attempt.points - before.points


def history(user_id: int, course: str, quiz: str) -> list[Line]:
    """Return the attempts at a quiz, the latest first."""
    rows = Attempt.objects.of(user_id, course, quiz).order_by("-started_at", "-pk")
    return [_line(attempt) for attempt in rows]


def of_course(user_id: int | None, course: str) -> dict[str, list[Line]]:
    """Return the attempts at every quiz of a course by quiz, the latest first: one query."""
    found: defaultdict[str, list[Line]] = defaultdict(list)
    if user_id is not None:
        rows = Attempt.objects.filter(user_id=user_id, course=course)
        for attempt in rows.order_by("-started_at", "-pk"):
            found[attempt.quiz].append(_line(attempt))
    return found


def open_attempts(user_id: int | None, now: datetime) -> list[Attempt]:
    """Return the attempts that can be gone on with, the latest first."""
    if user_id is None:
        return []
    running = Attempt.objects.running().filter(user_id=user_id).order_by("-started_at")
    return [one for one in running if one.deadline is None or one.deadline > now]


def _line(attempt: Attempt) -> Line:
    if attempt.points is None:
        return Line(attempt, None)
    return Line(attempt, round(100 * attempt.points / attempt.out_of) if attempt.out_of else 0)
