"""How far people are: the cells that the gradebook, its exports and learners see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from classes import work
from classes.models import Kind, Mark
from classes.work import Cell, columns, of_person
from tests.classes.rows import (
    EXAM,
    make_assignment,
    make_attempt,
    make_run,
    read_chapter,
)
from tests.classes.test_people import member_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cell_of(room, class_course, aiko, now):
    """Return Aiko's cell of a piece of work, as the class sees it today."""

    def look(kind: Kind, slug: str) -> Cell:
        wanted = columns(class_course, room.assignment_set.all())
        cells = of_person(class_course, wanted, aiko.pk, member_of(room, aiko).pk, now)
        return cells[kind.value, slug]

    return look


def test_what_nobody_touched_is_new(cell_of):
    assert cell_of(Kind.CHAPTER, "first") == Cell("new")


def test_a_chapter_is_done_when_its_last_section_is_read(cell_of, aiko, class_course, now):
    read_chapter(aiko, class_course, "first", now - 2 * DAY, count=1)
    half = cell_of(Kind.CHAPTER, "first")
    read_chapter(aiko, class_course, "first", now - DAY)
    whole = cell_of(Kind.CHAPTER, "first")

    assert (half.state, half.percent, half.done_at) == ("started", 50, None)
    assert (whole.state, whole.percent, whole.done_at) == ("done", 100, now - DAY)


def test_sections_that_left_the_course_do_not_count(cell_of, aiko, class_course, now):
    read_chapter(aiko, class_course, "first", now, count=1)
    aiko.sectionread_set.update(section="gone")

    assert cell_of(Kind.CHAPTER, "first") == Cell("new")


def test_the_best_whole_attempt_counts_and_the_first_says_when(cell_of, aiko, now):
    make_attempt(aiko, "first", now - 3 * DAY, points=3)
    make_attempt(aiko, "first", now - 2 * DAY, points=1)
    make_attempt(aiko, "first", now - DAY, points=4, mode="retry")

    cell = cell_of(Kind.QUIZ, "first")

    assert (cell.state, cell.percent) == ("done", 75)
    assert cell.done_at == now - 3 * DAY + timedelta(minutes=5)


def test_an_open_attempt_is_in_progress(cell_of, aiko, now):
    make_attempt(aiko, "first", now, points=None)

    assert cell_of(Kind.QUIZ, "first") == Cell("started")


def test_practice_does_not_count_where_an_exam_is_set(cell_of, room, aiko, now):
    make_assignment(room, Kind.QUIZ, "extra", terms=EXAM)
    make_attempt(aiko, "extra", now - DAY, points=4)
    practised = cell_of(Kind.QUIZ, "extra")
    make_attempt(aiko, "extra", now - DAY, points=2, mode="exam")

    assert practised == Cell("new")
    assert cell_of(Kind.QUIZ, "extra").percent == 50


def test_a_lab_is_done_when_it_held_once(cell_of, aiko, now):
    make_run(aiko, "build", now - 2 * DAY, "fail")
    tried = cell_of(Kind.LAB, "build")
    make_run(aiko, "build", now - DAY)
    make_run(aiko, "build", now, "fail")
    held = cell_of(Kind.LAB, "build")

    assert tried.state == "started"
    assert (held.state, held.done_at) == ("done", now - DAY)


@pytest.mark.parametrize(("days", "state"), [(-1, "done"), (0, "done"), (1, "late")])
def test_late_is_what_came_after_the_due_date(cell_of, room, aiko, now, days, state):
    due = now - 5 * DAY
    make_assignment(room, Kind.LAB, "build", due_at=due)
    make_run(aiko, "build", due + days * DAY)

    assert cell_of(Kind.LAB, "build").state == state


def test_what_is_not_done_after_its_due_date_is_overdue(cell_of, room, aiko, now):
    make_assignment(room, Kind.LAB, "build", due_at=now - DAY)
    make_assignment(room, Kind.LAB, "ship", due_at=now - DAY)
    make_run(aiko, "ship", now - 2 * DAY, "fail")

    assert cell_of(Kind.LAB, "build").state == "overdue"
    assert cell_of(Kind.LAB, "ship").state == "overdue"


def test_a_persons_mark_counts_until_it_is_taken_back(cell_of, room, aiko, chie, now):
    make_attempt(aiko, "first", now, points=1)

    def mark(percent: int | None) -> None:
        Mark.objects.create(
            membership=member_of(room, aiko), kind="quiz", slug="first",
            percent=percent, reason="oral", by=chie, at=now,
        )  # fmt: skip

    mark(60)
    mark(80)
    marked = cell_of(Kind.QUIZ, "first")
    mark(None)
    after = cell_of(Kind.QUIZ, "first")

    assert (marked.percent, marked.is_overridden, marked.state) == (80, True, "done")
    assert (after.percent, after.is_overridden) == (25, False)


def test_everybodys_cells_cost_four_queries(
    room, class_course, aiko, ben, now, django_assert_num_queries
):
    for one in (aiko, ben):
        make_attempt(one, "first", now)
        make_run(one, "build", now)
    people = {aiko.pk: member_of(room, aiko).pk, ben.pk: 0}

    with django_assert_num_queries(4):
        found = work.cells(class_course, columns(class_course), people, now)

    assert found[aiko.pk]["quiz", "first"] == found[ben.pk]["quiz", "first"]
