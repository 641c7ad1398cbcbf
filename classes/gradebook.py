"""The gradebook: learners × work, sorted, filtered and grouped as the URL says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import F

from classes import roster, sorting
from classes.assignments import title
from classes.models import Assignment, Classroom, Kind, Membership
from classes.sorting import Members
from classes.work import Cell, Column, Key, State, blank, cells, columns
from content.catalog.model import Course

Group = Literal["set", "chapters", "quizzes", "labs", "all"]
GROUPS: tuple[Group, ...] = ("set", "chapters", "quizzes", "labs", "all")
KINDS = {"chapters": Kind.CHAPTER, "quizzes": Kind.QUIZ, "labs": Kind.LAB}
NAME = "name"


@dataclass(frozen=True, slots=True)
class Order:
    """What the gradebook shows. `sort` is "name" or the name of a column, such as "quiz:mock".

    `state` keeps the learners whose cell of that column is in it.
    """

    group: Group = "all"
    sort: str = NAME
    is_descending: bool = False
    text: str = ""
    state: State | None = None
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One learner with their cells, in the order of the columns."""

    member: Membership
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Gradebook:
    """What is shown of a class: its columns, and its learners in order, not yet fetched."""

    course: Course
    columns: Sequence[Column]
    members: Members
    now: datetime

    def rows(self, members: Sequence[Membership]) -> list[Row]:
        """Return the rows of these members: at most four queries."""
        found = cells(self.course, self.columns, {one.user_id: one.pk for one in members}, self.now)
        empty = {one.key: blank(one, self.now) for one in self.columns}
        nothing: dict[Key, Cell] = {}
        keys = [one.key for one in self.columns]
        rows = []
        for member in members:
            here = found.get(member.user_id, nothing)
            rows.append(Row(member, [here.get(key) or empty[key] for key in keys]))
        return rows

    def in_chunks(self, size: int) -> Iterator[list[Row]]:
        """Return all rows, so many at a time: memory does not grow with the class."""
        ids = list(self.members.values_list("pk", flat=True))
        for start in range(0, len(ids), size):
            some = ids[start : start + size]
            by_id = Membership.objects.select_related("user").in_bulk(some)
            yield self.rows([by_id[one] for one in some if one in by_id])


def group_of(assignments: Sequence[Assignment]) -> Group:
    """Return the group that is shown when nobody chose one: what is set, if anything is."""
    return "set" if assignments else "chapters"


def gradebook(
    room: Classroom, course: Course, assignments: Sequence[Assignment], order: Order, now: datetime
) -> Gradebook:
    """Return the gradebook of a classroom as the order says; no query is made yet."""
    every = columns(course, assignments)
    members = roster.members(room, order.text, has_left=order.has_left)
    members = members.filter(role=Membership.Role.LEARNER)
    sorted_by = next((one for one in every if name_of(one) == order.sort), None)
    if sorted_by is None:
        if order.is_descending:
            members = members.reverse()
    else:
        members = sorting.with_column(members, course, sorted_by)
        if order.state:
            members = sorting.in_state(members, sorted_by, order.state, now)
        figure = F("figure")
        by = figure.desc(nulls_last=True) if order.is_descending else figure.asc(nulls_first=True)
        members = members.order_by(by, *members.query.order_by)
    return Gradebook(course, _of_group(every, order.group), members, now)


def _of_group(every: Sequence[Column], group: Group) -> list[Column]:
    if group == "all":
        return list(every)
    if group == "set":
        return [one for one in every if one.assignment]
    return [one for one in every if one.kind == KINDS[group]]


def name_of(column: Column) -> str:
    """Return what a column is called in URLs and exports."""
    return f"{column.kind.value}:{column.slug}"


def title_of(course: Course, column: Column, language: str) -> str:
    return title(course, column.kind, column.slug, language)
