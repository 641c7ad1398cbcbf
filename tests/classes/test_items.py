"""What item analysis reads: whose answers, which of them, and what it makes of them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from classes import firsts, items
from content import library
from content.catalog.model import UnknownQuiz
from quizzes import regrading
from quizzes.models import Answer, Attempt, QuestionVersion
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
from tests.content.course_builder import write_course
from tests.factories import make_user
from tests.quizzes.conftest import FILES

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
    sit(aiko, "extra", right, at=MONDAY, mode="retry")
    sit(aiko, "extra", right, at=MONDAY + timedelta(hours=2), mode="exam")
    sit(aiko, "extra", wrong, at=MONDAY + timedelta(hours=1))
    sit(aiko, "extra", right, at=MONDAY + timedelta(hours=3))
    sit(aiko, "extra", right, at=MONDAY - timedelta(hours=3), is_open=True)

    found = items.analysis(room, class_course, "extra")

    assert found.figures is not None
    assert (found.figures.n, found.figures.mean) == (1, 0)
    assert facilities(room, class_course) == {"b-0": 0}


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


def test_a_class_without_attempts_has_every_quiz_and_no_figure(room, class_course):
    found = items.overview(room, class_course)

    assert [(one.slug, one.figures) for one in found] == [
        ("first", None),
        ("extra", None),
        ("mock", None),
    ]


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


@pytest.mark.parametrize("slug", ["", "extra"])
def test_the_overview_and_the_page_say_the_same(room, class_course, slug):
    fill(room, class_course, GOLDEN)
    (line,) = (one for one in items.overview(room, class_course) if one.slug == "extra")

    assert line == items.analysis(room, class_course, "extra")


# The plans of the queries


@pytest.fixture(params=["analysed", "fresh"])
def crowd(request, room, class_course):
    """A class of 30 among 600 other people who answered the same 8 questions.

    SQLite knows how many they are only after ANALYZE, which the site does not run.
    """
    asked = questions(class_course, "extra")
    fill(room, class_course, ["10110100"] * 30)
    others = make_learners(make_class("Everybody else"), 600, "other")
    first = Attempt.objects.order_by("pk")[0]
    stamp = {"started_at": MONDAY, "closed_at": MONDAY, "closed_by": "learner", "points": 4}
    attempts = Attempt.objects.bulk_create(
        [
            Attempt(
                user=user,
                number=1,
                mode="practice",
                course="demo",
                quiz="extra",
                feedback="end",
                language="en",
                seed=1,
                out_of=8,
                **stamp,
            )
            for user in others
        ]
    )
    assert first.out_of == 8
    Answer.objects.bulk_create(
        [
            Answer(
                attempt=attempt,
                position=position,
                version_id=question.digest,
                order=[0, 1, 2, 3],
                picked=[position % 4],
                credit=float(position % 4 == 0),
            )
            for attempt in attempts
            for position, question in enumerate(asked)
        ]
    )
    if request.param == "analysed":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return room


def plan(query: QuerySet[Any, Any]) -> list[str]:
    """Return the steps of a query's plan that touch the answers."""
    if connection.vendor == "sqlite":
        return [one for one in query.explain().splitlines() if "quizzes_answer" in one]
    steps, found = [json.loads(query.explain(format="json"))[0]["Plan"]], []
    while steps:
        step = steps.pop()
        steps += step.get("Plans", [])
        kind, index = step["Node Type"], step.get("Index Name", "")
        is_here = step.get("Relation Name") == "quizzes_answer" or "quizzes_answer" in index
        if is_here and kind != "Bitmap Heap Scan":  # fetches what the index below it found
            found.append(f"{kind} {index}")
    return found


@pytest.mark.parametrize("quiz", ["", "extra"])
@pytest.mark.parametrize("digest", [None, "one"])
def test_no_plan_scans_the_answers_or_starts_from_a_question(crowd, quiz, digest):
    one = QuestionVersion.objects.order_by("pk")[0].digest
    rows = firsts.answers_to(crowd, "extra", one) if digest else firsts.answers(crowd, quiz)

    steps = plan(items.grouped(rows) if digest is None else rows.values_list("picked"))

    assert steps
    for step in steps:
        assert "attempt" in step, steps  # an index that begins with the attempt
        assert "SCAN" not in step and "Seq Scan" not in step, steps
