"""What item analysis reads: whose answers, which of them, and what it makes of them."""

from __future__ import annotations

import statistics as standard
from datetime import timedelta

import pytest
from django.utils import timezone

from classes import items
from quizzes import regrading
from quizzes.models import Attempt
from tests.classes.items_rows import (
    GOLDEN,
    MONDAY,
    fill,
    join,
    make_class,
    make_learners,
    questions,
    right_or_wrong,
    sit,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(class_course):
    """A class that nobody has joined yet."""
    return make_class("Friday group")


def about(*wanted: float):
    return pytest.approx(list(wanted), abs=5e-4)


def facilities(room, course, quiz="extra"):
    return {
        one.question.id: round(one.figures.facility)
        for one in items.analysis(room, course, quiz).items
    }


def test_the_golden_vector_comes_out_of_the_database(room, class_course):
    fill(room, class_course, GOLDEN)

    found = items.analysis(room, class_course, "extra")

    assert found.figures is not None
    figures = [one.figures for one in found.items]
    assert [one.n for one in figures] == [6, 6, 6, 6]
    assert [one.facility for one in figures] == about(83.3333, 50, 33.3333, 50)
    assert [one.sd for one in figures] == about(40.8248, 54.7723, 51.6398, 54.7723)
    assert [one.discrimination for one in figures] == about(15.8114, 44.7214, 68.5994, -30.1511)
    assert [one.efficiency for one in figures] == about(25, 50, 100, -33.3333)
    weights = [one.weight.effective for one in found.items if one.weight]
    assert weights == about(21.5966, 31.6142, 32.6510, 14.1383)
    quiz = found.figures
    assert [quiz.mean, quiz.sd, quiz.reliability] == about(2.1667, 1.1690, 32.5203)
    assert [quiz.error_ratio, quiz.standard_error] == about(82.1460, 0.9603)
    assert (found.out_of, found.is_same) == (4, True)


def test_only_the_first_closed_whole_attempt_counts(room, class_course, aiko):
    join(room, aiko)
    asked = questions(class_course, "extra", 1)
    right, wrong = right_or_wrong(asked, "1"), right_or_wrong(asked, "0")
    sit(aiko, "extra", wrong, at=MONDAY, mode="retry")
    elsewhere = sit(aiko, "extra", wrong, at=MONDAY)
    Attempt.objects.filter(pk=elsewhere.pk).update(course="another", number=9)
    sit(aiko, "extra", wrong, at=MONDAY + timedelta(hours=2), mode="exam")
    sit(aiko, "extra", right, at=MONDAY + timedelta(hours=1))
    sit(aiko, "extra", wrong, at=MONDAY + timedelta(hours=3))
    sit(aiko, "extra", wrong, at=MONDAY - timedelta(hours=3), is_open=True)

    found = items.analysis(room, class_course, "extra")

    assert found.figures is not None
    assert (found.figures.n, found.figures.mean) == (1, 1)
    assert facilities(room, class_course) == {"b-0": 100}


def test_of_two_attempts_closed_at_one_moment_the_older_row_counts(room, class_course, aiko):
    join(room, aiko)
    asked = questions(class_course, "extra", 1)
    sit(aiko, "extra", right_or_wrong(asked, "1"), mode="exam")
    sit(aiko, "extra", right_or_wrong(asked, "0"))

    assert facilities(room, class_course) == {"b-0": 100}


def test_only_present_learners_of_the_class_count(room, class_course, aiko, ben):
    asked = questions(class_course, "extra", 1)
    join(room, aiko)
    join(make_class("Elsewhere"), ben)
    gone, teacher = make_user("gone"), make_user("chie")
    join(room, gone, has_left=True)
    join(room, teacher, "instructor")
    sit(aiko, "extra", right_or_wrong(asked, "0"))
    for somebody in (ben, gone, teacher):
        sit(somebody, "extra", right_or_wrong(asked, "1"))

    assert facilities(room, class_course) == {"b-0": 0}


def test_a_question_left_blank_is_wrong(room, class_course, aiko, ben):
    asked = questions(class_course, "extra", 1)
    join(room, aiko)
    join(room, ben)
    sit(aiko, "extra", [(asked[0], None)])
    sit(ben, "extra", right_or_wrong(asked, "1"))

    assert facilities(room, class_course) == {"b-0": 50}


def test_a_persons_mark_counts(room, class_course, aiko):
    join(room, aiko)
    attempt = sit(aiko, "extra", right_or_wrong(questions(class_course, "extra", 2), "01"))
    answer = attempt.answer_set.get(position=1)

    regrading.override(answer, 0.5, aiko, "half is fair", timezone.now())

    assert facilities(room, class_course) == {"b-0": 50, "b-1": 100}
    figures = items.analysis(room, class_course, "extra").figures
    assert figures is not None
    assert figures.mean == 1.5


def test_learners_who_were_asked_other_questions_leave_no_reliability(
    room, class_course, aiko, ben
):
    asked = questions(class_course, "extra", 3)
    for user, some in ((aiko, asked[:2]), (ben, asked[1:])):
        join(room, user)
        sit(user, "extra", right_or_wrong(some, "10"))

    found = items.analysis(room, class_course, "extra")

    assert not found.is_same and found.figures is not None
    assert found.figures.reliability is None
    assert {one.weight for one in found.items} == {None}
    assert [one.figures.n for one in found.items] == [1, 2, 1]


def test_a_drawn_exam_sets_questions_against_the_rest_scored_or_not(room, class_course):
    singles = [one for one in class_course.questions.values() if one.id.startswith("b-")]
    users = make_learners(room, 4)
    for place, user in enumerate(users):
        asked = singles[place % 2 : place % 2 + 4]
        answers = right_or_wrong(asked, ["1110", "1100", "1001", "0000"][place])
        sit(user, "mock", answers, mode="exam", unscored=["b-2"])

    found = items.analysis(room, class_course, "mock")

    assert found.is_drawn and not found.is_same and found.figures is not None
    assert (found.out_of, found.figures.n, found.figures.reliability) == (3, 4, None)
    unscored = next(one for one in found.items if one.question.id == "b-2")
    assert unscored.figures.n == 4
    assert unscored.figures.discrimination is not None


def test_attempts_out_of_other_points_are_scaled(room, class_course, aiko, ben):
    asked = questions(class_course, "extra", 4)
    for user, count in ((aiko, 4), (ben, 2)):
        join(room, user)
        sit(user, "extra", right_or_wrong(asked[:count], "1010"[:count]))

    figures = items.analysis(room, class_course, "extra").figures

    assert figures is not None
    assert (figures.mean, figures.sd) == (2, 0)


def test_the_rest_of_attempts_out_of_other_points_is_scaled_without_the_question(
    room, class_course
):
    """Rests of 3, 2, 0 of 3, and of 1, 0 of 1, which are 3 and 0 of 3."""
    asked = questions(class_course, "extra", 4)
    rows = ["1111", "0110", "1000", "11", "00"]
    for user, row in zip(make_learners(room, 5), rows, strict=True):
        sit(user, "extra", right_or_wrong(asked[: len(row)], row))

    first = items.analysis(room, class_course, "extra").items[0].figures

    wanted = standard.correlation([1, 0, 1, 1, 0], [3, 2, 0, 3, 0])
    assert first.discrimination == pytest.approx(100 * wanted)


def test_a_drawn_exam_has_no_reliability_even_when_the_same_was_drawn(
    room, class_course, aiko, ben
):
    for user, signs in ((aiko, "11"), (ben, "00")):
        join(room, user)
        sit(user, "mock", right_or_wrong(questions(class_course, "extra", 2), signs), mode="exam")

    found = items.analysis(room, class_course, "mock")

    assert not found.is_same and found.figures is not None
    assert found.figures.reliability is None


def test_a_class_without_attempts_has_every_quiz_and_no_figure(room, class_course):
    found = items.overview(room, class_course)

    assert [(one.slug, one.figures) for one in found] == [
        ("first", None),
        ("extra", None),
        ("mock", None),
    ]


@pytest.mark.parametrize("slug", ["", "extra"])
def test_the_overview_and_the_page_say_the_same(room, class_course, slug):
    fill(room, class_course, GOLDEN)
    (line,) = (one for one in items.overview(room, class_course) if one.slug == "extra")

    assert line == items.analysis(room, class_course, "extra")
