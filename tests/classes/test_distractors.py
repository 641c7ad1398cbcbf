"""Who picked what: by thirds, for every kind of question, under the key that counts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from classes import distractors
from content import library
from quizzes import regrading
from tests.classes.items_rows import MONDAY, join, make_class, make_learners, right_or_wrong, sit
from tests.content.course_builder import write_course
from tests.quizzes.conftest import FILES

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(class_course):
    """A class that nobody has joined yet."""
    return make_class("Friday group")


def ask(room, course, name, picks, *, ability=None):
    """Let a learner for each pick sit the quiz first; `ability` is right (1) or wrong elsewhere."""
    question = course.questions[name]
    others = [one for one in course.quiz("extra").questions if one.id != name][:2]
    users = make_learners(room, len(picks))
    for place, (user, picked) in enumerate(zip(users, picks, strict=True)):
        sign = (ability or "1" * len(picks))[place]
        sit(user, "first", [(question, picked), *right_or_wrong(others, sign * 2)])
    return distractors.table(room, "first", question, "en")


def counted(table):
    """Return (label, picks by lower, middle, upper) of each row; the last is nothing picked."""
    return [(one.label, one.counts) for one in table.rows]


def test_choices_are_counted_by_thirds_of_what_was_earned_elsewhere(room, class_course):
    table = ask(
        room,
        class_course,
        "a-single",
        [[0], [0], [1], [0], [1], [2], [1], [1], None],
        ability="111" + "000" + "000",
    )

    assert table.sizes == (6, 0, 3)
    assert counted(table) == [
        ("alpha", (1, 0, 2)),
        ("bravo", (3, 0, 1)),
        ("charlie", (1, 0, 0)),
        ("delta", (0, 0, 0)),
        ("", (1, 0, 0)),
    ]
    assert [one.is_right for one in table.rows] == [True, False, False, False, None]


def test_thirds_go_by_the_other_questions_only(room, class_course):
    """Aiko is right here and wrong elsewhere, Ben the other way round: Ben ranks higher."""
    table = ask(room, class_course, "a-single", [[0], [1], [1]], ability="010")

    assert counted(table)[0] == ("alpha", (1, 0, 0))
    assert table.sizes == (2, 0, 1)


def test_several_choices_are_each_counted(room, class_course):
    table = ask(room, class_course, "a-multiple", [[0, 1], [0, 2], [2, 3]])

    assert [(one.label, one.count) for one in table.rows] == [
        ("alpha", 2),
        ("bravo", 1),
        ("charlie", 2),
        ("delta", 1),
        ("echo", 0),
        ("", 0),
    ]


def test_steps_tell_who_put_them_right_and_where_they_went_instead(room, class_course):
    table = ask(room, class_course, "a-ordering", [[0, 1, 2], [1, 0, 2], [1, 0, 2], [2, 0, 1]])

    assert [(one.count, one.instead, one.instead_count) for one in table.rows] == [
        (1, "2", 2),
        (1, "1", 3),
        (3, "2", 1),
        (0, "", 0),
    ]
    assert [one.solution for one in table.choices] == ["1", "2", "3"]


def test_matches_tell_who_put_them_right_and_what_was_chosen_instead(room, class_course):
    table = ask(room, class_course, "a-matching", [[0, 1, 2], [1, 0, 2], [-1, 0, 2]])

    assert [(one.count, one.instead, one.instead_count) for one in table.rows] == [
        (1, "mate of bravo", 1),
        (1, "mate of alpha", 2),
        (3, "", 0),
        (0, "", 0),
    ]


def test_typed_answers_are_the_right_ones_and_the_most_frequent_wrong_texts(room, class_course):
    typed = ["Alpha-Form", "other form", "bravo", "Bravo", "BRAVO", "<b>no</b>", "", None]

    table = ask(room, class_course, "a-short", typed)

    assert [(one.label, one.count, one.is_right) for one in table.rows] == [
        ("Alpha-Form", 2, True),
        ("BRAVO", 3, False),
        ("<b>no</b>", 1, False),
        ("", 2, None),
    ]


def test_of_many_wrong_texts_ten_are_named_and_the_rest_counted(room, class_course):
    table = ask(room, class_course, "a-short", [f"wrong {n}" for n in range(13)] + ["x" * 200])

    named, rest = table.rows[1:-2], table.rows[-2]
    assert len(named) == 10
    assert (rest.label, rest.count) == ("…", 4)


def test_a_long_text_is_cut(room, class_course):
    table = ask(room, class_course, "a-short", ["x" * 200])

    assert table.rows[1].label == "x" * 80 + "…"


def test_only_first_attempts_at_that_quiz_are_counted(room, class_course, aiko):
    question = class_course.questions["a-single"]
    join(room, aiko)
    sit(aiko, "first", [(question, [1])])
    sit(aiko, "first", [(question, [0])], at=MONDAY + timedelta(days=1))
    sit(aiko, "extra", [(question, [0])])

    table = distractors.table(room, "first", question, "en")

    assert [one.count for one in table.rows] == [0, 1, 0, 0, 0]


def test_the_key_that_counts_is_shown_once_it_was_corrected(room, class_course, courses_dir, aiko):
    question = class_course.questions["a-single"]
    join(room, aiko)
    sit(aiko, "first", [(question, [1])])
    single, rest = FILES["quizzes/01-first.toml"].split("[[question]]", 2)[1:]
    single = single.replace("right = true\n", "").replace(
        'text.ja = "bravoです"', 'right = true\ntext.ja = "bravoです"'
    )
    text = f"[[question]]{single}[[question]]{rest}"
    write_course(courses_dir / "demo", files=FILES | {"quizzes/01-first.toml": text})
    library.load()
    regrading.apply(regrading.plan(library.course("demo"), "a-single"))

    table = distractors.table(room, "first", question, "en")

    assert table.is_regraded
    assert [one.label for one in table.rows if one.is_right] == ["bravo"]
    assert [one.label for one in table.choices if one.is_right] == ["bravo"]


def test_a_question_nobody_was_asked_has_an_empty_table(room, class_course):
    table = distractors.table(room, "first", class_course.questions["a-single"], "en")

    assert table.sizes == (0, 0, 0)
