"""Questions whose words changed or that are gone: items of their own, found by name and digest."""

from __future__ import annotations

import pytest

from classes import items
from content import library
from content.catalog.model import UnknownQuiz
from tests.classes.items_rows import (
    GOLDEN,
    join,
    make_class,
    make_learners,
    questions,
    right_or_wrong,
    sit,
)
from tests.content.course_builder import write_course
from tests.quizzes.conftest import FILES

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(class_course):
    """A class that nobody has joined yet."""
    return make_class("Friday group")


@pytest.fixture
def edited(class_course, courses_dir):
    """The course after an author mended the words of the question b-0."""
    text = FILES["quizzes/extra.toml"].replace("What about b-0?", "What exactly about b-0?")
    write_course(courses_dir / "demo", files=FILES | {"quizzes/extra.toml": text})
    library.load()
    return library.course("demo")


def sat_before_and_after(room, before, after):
    """Three learners sit the old text, three the new one."""
    users = make_learners(room, 6)
    for user, row, course in zip(users, GOLDEN, [before] * 3 + [after] * 3, strict=True):
        sit(user, "extra", right_or_wrong(questions(course, "extra", 4), row))


def test_a_question_in_two_versions_is_two_items(room, class_course, edited):
    sat_before_and_after(room, class_course, edited)

    found = items.analysis(room, edited, "extra")

    assert [(one.question.id, one.age, one.figures.n) for one in found.items] == [
        ("b-0", "current", 3),
        ("b-0", "older", 3),
        ("b-1", "current", 6),
        ("b-2", "current", 6),
        ("b-3", "current", 6),
    ]
    new, old = found.items[0], found.items[1]
    assert (new.name, old.name) == ("b-0", old.question.digest)
    assert "exactly" in new.question.prompts["en"]
    assert "exactly" not in old.question.prompts["en"]


def test_a_quiz_keeps_its_reliability_when_the_words_of_a_question_change(
    room, class_course, edited
):
    sat_before_and_after(room, class_course, edited)

    found = items.analysis(room, edited, "extra")

    assert found.is_same and found.figures is not None
    assert found.figures.reliability == pytest.approx(32.5203, abs=5e-4)
    assert found.items[0].weight is not None
    assert found.items[1].weight is None


def test_a_quiz_that_is_gone_keeps_its_analysis(room, class_course, aiko):
    join(room, aiko)
    sit(aiko, "vanished", right_or_wrong(questions(class_course, "extra", 1), "1"))

    assert [one.slug for one in items.overview(room, class_course)][-1] == "vanished"
    assert items.analysis(room, class_course, "vanished").quiz is None
    with pytest.raises(UnknownQuiz):
        items.analysis(room, class_course, "never-was")


def test_a_question_that_is_gone_is_shown_as_it_was_asked(room, class_course, courses_dir, aiko):
    join(room, aiko)
    sit(aiko, "extra", right_or_wrong(questions(class_course, "extra", 2), "10"))
    text = FILES["quizzes/extra.toml"].replace('id = "b-0"', 'id = "b-new"')
    write_course(courses_dir / "demo", files=FILES | {"quizzes/extra.toml": text})
    library.load()

    found = items.analysis(room, library.course("demo"), "extra")

    assert [(one.question.id, one.age) for one in found.items] == [
        ("b-1", "current"),
        ("b-0", "gone"),
    ]


def test_an_item_is_found_by_its_question_and_by_its_digest(room, class_course, edited):
    sat_before_and_after(room, class_course, edited)
    found = items.analysis(room, edited, "extra")
    new, old = found.items[0], found.items[1]

    assert items.find(found, "b-0") is new
    assert items.find(found, new.question.digest) is new
    assert items.find(found, old.question.digest) is old
    with pytest.raises(items.UnknownItem):
        items.find(found, "a-single")
