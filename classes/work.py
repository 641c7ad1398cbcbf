"""How far people are with the work of a course: one cell for each learner and piece of work.

The gradebook, its exports, the learner's own page and the home page all show these cells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from django.db.models import Count, Max, Min, Q

from classes.models import Assignment, Kind, Mark
from content.catalog.model import Course
from content.models import SectionRead
from labs.models import Run
from quizzes.models import Attempt

State = Literal["new", "started", "done", "late", "overdue"]
WHOLE = (Attempt.Mode.PRACTICE, Attempt.Mode.EXAM)  # attempts at a whole quiz
Key = tuple[str, str]  # kind, slug


@dataclass(frozen=True, slots=True)
class Column:
    """A piece of work of the course, and how it was set as an assignment, if it was."""

    kind: Kind
    slug: str
    assignment: Assignment | None = None
    key: Key = field(init=False)

    def __post_init__(self) -> None:
        # Asked for once a cell: an enumeration's value is slow to get.
        object.__setattr__(self, "key", (self.kind.value, self.slug))

    @property
    def due_at(self) -> datetime | None:
        return self.assignment.due_at if self.assignment else None

    @property
    def is_exam(self) -> bool:
        return self.assignment is not None and self.assignment.mode == Assignment.Mode.EXAM


@dataclass(frozen=True, slots=True)
class Cell:
    """How far one learner is with one piece of work.

    `percent` is the share of a chapter's sections, the best whole attempt at a quiz, or a person's
    mark (`is_overridden`); None without any, and for labs, which hold or do not. `done_at` is when
    it was first done.
    """

    state: State
    percent: int | None = None
    done_at: datetime | None = None
    is_overridden: bool = False


NEW = Cell("new")
OVERDUE = Cell("overdue")
Cells = Mapping[int, Mapping[Key, Cell]]


def columns(course: Course, assignments: Iterable[Assignment] = ()) -> list[Column]:
    """Return all work of a course in its order: chapters, quizzes, labs."""
    known = {(one.kind, one.slug): one for one in assignments}
    slugs = [
        *((Kind.CHAPTER, one.slug) for one in course.chapters),
        *((Kind.QUIZ, one.slug) for one in course.quizzes),
        *((Kind.LAB, one.slug) for one in course.labs),
    ]
    return [Column(kind, slug, known.get((kind.value, slug))) for kind, slug in slugs]


def blank(column: Column, now: datetime) -> Cell:
    """Return the cell of somebody who has done nothing."""
    return OVERDUE if column.due_at is not None and column.due_at < now else NEW


def cells(
    course: Course, wanted: Sequence[Column], members: Mapping[int, int], now: datetime
) -> Cells:
    """Return the cells of learners that are not blank, by person and key.

    `members` are memberships by the person's id. At most four queries, however many people.
    """
    by_key = {one.key: one for one in wanted}
    found: defaultdict[int, dict[Key, Cell]] = defaultdict(dict)
    people = list(members)
    for user_id, key, cell in (
        *_chapters(course, _of_kind(wanted, Kind.CHAPTER), people, now),
        *_quizzes(course, _of_kind(wanted, Kind.QUIZ), people, now),
        *_labs(course, _of_kind(wanted, Kind.LAB), people, now),
    ):
        found[user_id][key] = cell
    for user_id, key, percent in _marks(members, by_key):
        before = found[user_id].get(key) or blank(by_key[key], now)
        found[user_id][key] = replace(before, percent=percent, is_overridden=True)
    return found


def of_person(
    course: Course, wanted: Sequence[Column], user_id: int, membership_id: int, now: datetime
) -> dict[Key, Cell]:
    """Return every cell of one learner."""
    here = cells(course, wanted, {user_id: membership_id}, now).get(user_id, {})
    return {one.key: here.get(one.key) or blank(one, now) for one in wanted}


Found = Iterable[tuple[int, Key, Cell]]


def _of_kind(wanted: Iterable[Column], kind: Kind) -> dict[str, Column]:
    return {one.slug: one for one in wanted if one.kind == kind}


def _state(column: Column, done_at: datetime | None, now: datetime) -> State:
    due = column.due_at
    if done_at is None:
        return "overdue" if due is not None and due < now else "started"
    return "late" if due is not None and done_at > due else "done"


def _chapters(
    course: Course, wanted: Mapping[str, Column], people: Collection[int], now: datetime
) -> Found:
    sections = {one.slug: one.section_ids for one in course.chapters if one.slug in wanted}
    if not sections:
        return
    here = Q()
    for chapter, ids in sections.items():
        here |= Q(chapter=chapter, section__in=ids)
    rows = (
        SectionRead.objects.filter(here, user_id__in=people, course=course.slug)
        .values_list("user_id", "chapter")
        .annotate(read=Count("pk"), last=Max("read_at"))
        .order_by()
    )
    for user_id, chapter, read, last in rows:
        column, total = wanted[chapter], len(sections[chapter])
        done_at = last if read >= total else None
        yield user_id, column.key, Cell(_state(column, done_at, now), 100 * read // total, done_at)


def _quizzes(
    course: Course, wanted: Mapping[str, Column], people: Collection[int], now: datetime
) -> Found:
    if not wanted:
        return
    rows = (
        Attempt.objects.filter(
            user_id__in=people, course=course.slug, quiz__in=list(wanted), mode__in=WHOLE
        )
        .order_by()
        .values_list("user_id", "quiz", "mode", "points", "out_of", "closed_at")
    )
    best: dict[tuple[int, str], float | None] = {}
    first: dict[tuple[int, str], datetime] = {}
    for user_id, quiz, mode, points, out_of, closed_at in rows:
        if mode != Attempt.Mode.EXAM and wanted[quiz].is_exam:
            continue
        key = user_id, quiz
        before = best.setdefault(key, None)
        if points is None or closed_at is None:
            continue
        share = points / out_of if out_of else 0.0
        best[key] = share if before is None else max(before, share)
        first[key] = min(first.get(key, closed_at), closed_at)
    for (user_id, quiz), reached in best.items():
        column, done_at = wanted[quiz], first.get((user_id, quiz))
        percent = None if reached is None else round(100 * reached)
        yield user_id, column.key, Cell(_state(column, done_at, now), percent, done_at)


def _labs(
    course: Course, wanted: Mapping[str, Column], people: Collection[int], now: datetime
) -> Found:
    if not wanted:
        return
    rows = (
        Run.objects.filter(user_id__in=people, course=course.slug, lab__in=list(wanted))
        .values_list("user_id", "lab")
        .annotate(done_at=Min("finished_at", filter=Q(status=Run.Status.PASS)))
        .order_by()
    )
    for user_id, lab, done_at in rows:
        column = wanted[lab]
        yield user_id, column.key, Cell(_state(column, done_at, now), None, done_at)


def _marks(
    members: Mapping[int, int], by_key: Mapping[Key, Column]
) -> Iterable[tuple[int, Key, int]]:
    """Return the marks people gave that count: the latest of each cell, unless taken back."""
    people = {membership: user for user, membership in members.items()}
    rows = Mark.objects.filter(membership_id__in=list(people)).order_by("pk")
    latest: dict[tuple[int, Key], int | None] = {}
    for membership, kind, slug, percent in rows.values_list(
        "membership_id", "kind", "slug", "percent"
    ):
        if (kind, slug) in by_key:
            latest[people[membership], (kind, slug)] = percent
    for (user_id, key), percent in latest.items():
        if percent is not None:
            yield user_id, key, percent
