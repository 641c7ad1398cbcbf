"""Assignments: work that is set, on which terms and until when. And what is due for a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from classes.access import Seat
from classes.models import Assignment, Classroom, Kind, Membership
from classes.work import Cell, Column, columns, of_person
from content import library
from content.catalog.model import Course, UnknownChapter, UnknownLab, UnknownQuiz
from quizzes.titles import title_of_quiz


class AlreadySetError(Exception):
    """The classroom has this work as an assignment already."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a quiz is set; empty for chapters and labs."""

    mode: str = ""
    feedback: str = ""
    minutes: int | None = None
    attempts: int | None = None


def assign(
    room: Classroom, kind: Kind, slug: str, *, terms: Terms, due_at: datetime | None, at: datetime
) -> Assignment:
    """Set work. Raises AlreadySetError."""
    try:
        with transaction.atomic():
            return Assignment.objects.create(
                classroom=room,
                kind=kind,
                slug=slug,
                mode=terms.mode,
                feedback=terms.feedback,
                minutes=terms.minutes,
                attempts=terms.attempts,
                due_at=due_at,
                created_at=at,
            )
    except IntegrityError:
        raise AlreadySetError from None


def change(assignment: Assignment, *, terms: Terms, due_at: datetime | None) -> None:
    """Set other terms or another due date; attempts that are running keep theirs."""
    assignment.mode, assignment.feedback = terms.mode, terms.feedback
    assignment.minutes, assignment.attempts = terms.minutes, terms.attempts
    assignment.due_at = due_at
    assignment.save(update_fields=["mode", "feedback", "minutes", "attempts", "due_at"])


def of_classroom(room: Classroom) -> list[Assignment]:
    """Return the assignments of a classroom, the next due first, those without a date last."""
    found = list(Assignment.objects.filter(classroom=room).order_by("pk"))
    return sorted(found, key=lambda one: (one.due_at is None, one.due_at or one.created_at))


def title(course: Course, kind: str, slug: str, language: str) -> str:
    """Return what a piece of work is called; its slug when the course has it no more."""
    try:
        if kind == Kind.CHAPTER:
            chapter = course.chapter(slug)
            return f"{chapter.label} {chapter.text(language).title}"
        if kind == Kind.QUIZ:
            return title_of_quiz(course, course.quiz(slug), language)
        return course.lab(slug).title(language)
    except (UnknownChapter, UnknownQuiz, UnknownLab):
        return slug


def url(course: str, kind: str, slug: str) -> str:
    """Return where a learner does the work."""
    name = {
        Kind.CHAPTER.value: "content:chapter",
        Kind.QUIZ.value: "quizzes:quiz",
        Kind.LAB.value: "labs:lab",
    }[kind]
    return reverse(name, args=[course, slug])


@dataclass(frozen=True, slots=True)
class Task:
    """An assignment as the learner who has to do it sees it."""

    assignment: Assignment
    classroom: Classroom
    title: str
    language: str
    url: str
    cell: Cell

    @property
    def is_done(self) -> bool:
        return self.cell.state in ("done", "late")


def of_member(seat: Seat, course: Course, language: str, now: datetime) -> list[Task]:
    """Return the assignments of a learner's classroom with how far they are."""
    if seat.membership is None:
        return []
    return _tasks(seat.membership, of_classroom(seat.classroom), course, language, now)


def _tasks(
    member: Membership,
    found: Iterable[Assignment],
    course: Course,
    language: str,
    now: datetime,
) -> list[Task]:
    rows = list(found)
    wanted = [one for one in columns(course, rows) if one.assignment]
    here = of_person(course, wanted, member.user_id, member.pk, now)
    known = {one.key for one in wanted}
    return [
        Task(
            one,
            member.classroom,
            title(course, one.kind, one.slug, language),
            language,
            url(course.slug, one.kind, one.slug),
            here[one.kind, one.slug],
        )
        for one in rows
        if (one.kind, one.slug) in known
    ]


def due_for(user: User, language: str, now: datetime) -> list[Task]:
    """Return what a learner still has to do in all their classrooms, the next due first.

    One query for somebody without a classroom.
    """
    members = list(
        Membership.objects.learners()
        .filter(user=user, classroom__archived_at=None)
        .select_related("classroom")
        .order_by("pk")
    )
    courses = library.courses()
    tasks: list[Task] = []
    for member in members:
        course = courses.get(member.classroom.course)
        if course is not None:
            here = language if language in course.languages else course.languages[0]
            tasks += _tasks(member, of_classroom(member.classroom), course, here, now)
    return sorted((one for one in tasks if not one.is_done), key=_when)


def _when(task: Task) -> tuple[bool, datetime]:
    due = task.assignment.due_at
    return due is None, due or task.assignment.created_at


def set_columns(course: Course, found: Sequence[Assignment]) -> list[Column]:
    """Return the columns of what is set, in the order of the course."""
    return [one for one in columns(course, found) if one.assignment]
