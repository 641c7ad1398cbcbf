"""A class decides on what terms its learners sit a quiz."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from classes import classrooms, roster, rules
from classes.assignments import Terms
from classes.models import Kind, Membership
from content import library
from quizzes import own_work
from quizzes.access import may_export_bank
from quizzes.models import Attempt
from quizzes.rules import FREE
from tests.classes.conftest import client_of
from tests.classes.rows import EXAM, make_assignment, make_attempt, make_member
from tests.classes.test_people import member_of
from tests.quizzes.sitting import answer, rows, start, submit

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def sit(client, quiz: str, mode: str, **fields: str):
    return client.post(f"/quizzes/demo/{quiz}/start/", {"mode": mode} | fields)


def minutes(attempt: Attempt) -> float:
    assert attempt.deadline is not None
    return (attempt.deadline - attempt.started_at).total_seconds() / 60


def test_without_a_class_a_quiz_is_free(class_course, aiko, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert rules.of_quiz(aiko.pk, "demo", "extra") == FREE


def test_an_exam_takes_the_minutes_that_are_set_times_the_learners_factor(room, aiko, aiko_client):
    make_assignment(room, Kind.QUIZ, "extra", terms=EXAM)
    Membership.objects.filter(user=aiko).update(time_factor=Decimal("1.25"))

    page = aiko_client.get("/quizzes/demo/extra/?lang=en").text
    sit(aiko_client, "extra", "exam")

    assert "1.25 times the time" in page
    assert minutes(Attempt.objects.get()) == 12.5


def test_a_learners_factor_lengthens_every_exam_of_the_course(room, aiko, aiko_client):
    Membership.objects.filter(user=aiko).update(time_factor=Decimal("1.5"))

    sit(aiko_client, "extra", "exam")

    assert minutes(Attempt.objects.get()) == 9  # of 6


def test_an_exam_that_is_set_gives_a_quiz_without_a_clock_one(room, aiko_client):
    make_assignment(room, Kind.QUIZ, "first", terms=EXAM)

    sit(aiko_client, "first", "exam")

    assert minutes(Attempt.objects.get()) == 10


def test_attempts_that_are_set_are_all_there_are(room, aiko, aiko_client):
    make_attempt(aiko, "extra", timezone.now() - 400 * DAY, mode="exam")  # before it was set
    make_assignment(room, Kind.QUIZ, "extra", terms=EXAM)
    make_attempt(aiko, "extra", timezone.now(), mode="exam")

    refused = sit(aiko_client, "extra", "exam")
    page = aiko_client.get("/quizzes/demo/extra/?lang=en").text

    assert refused.headers["Location"] == "/quizzes/demo/extra/"
    assert Attempt.objects.count() == 2
    assert "0 attempts left" in page


def test_a_quiz_cannot_be_practised_before_its_exam_is_handed_in(room, aiko, aiko_client):
    make_assignment(room, Kind.QUIZ, "extra", terms=EXAM, due_at=timezone.now() + DAY)

    before = sit(aiko_client, "extra", "practice").headers["Location"]
    page = aiko_client.get("/quizzes/demo/extra/?lang=en").text
    make_attempt(aiko, "extra", timezone.now(), mode="exam")
    after = sit(aiko_client, "extra", "practice").headers["Location"]

    assert before == "/quizzes/demo/extra/"
    assert "once you have handed in the exam" in page
    assert "Start practising" not in page
    assert "/attempts/" in after


def test_once_an_exam_is_past_its_due_date_it_can_be_practised(room, aiko_client):
    make_assignment(room, Kind.QUIZ, "extra", terms=EXAM, due_at=timezone.now() - DAY)

    assert "/attempts/" in sit(aiko_client, "extra", "practice").headers["Location"]


def test_late_work_is_accepted(room, aiko_client):
    make_assignment(room, Kind.QUIZ, "extra", terms=EXAM, due_at=timezone.now() - DAY)

    assert "/attempts/" in sit(aiko_client, "extra", "exam").headers["Location"]


def test_when_answers_are_shown_is_decided_by_what_is_set(room, aiko_client):
    make_assignment(room, Kind.QUIZ, "first", terms=Terms("practice", "end", 30, 2))

    sit(aiko_client, "first", "practice", feedback="each")

    attempt = Attempt.objects.get()
    assert attempt.feedback == "end"
    assert minutes(attempt) == 30


def test_of_two_classes_the_kinder_terms_hold(room, other_room, aiko):
    make_member(other_room, aiko)
    make_assignment(room, Kind.QUIZ, "extra", terms=Terms("exam", "end", 10, 1))
    make_assignment(other_room, Kind.QUIZ, "extra", terms=Terms("exam", "end", 20, 3))

    ruled = rules.of_quiz(aiko.pk, "demo", "extra")

    assert (ruled.minutes, ruled.attempts) == (20, 3)


@pytest.mark.parametrize("how", ["left", "archived", "assistant"])
def test_a_class_decides_for_its_present_learners_only(room, aiko, how):
    make_assignment(room, Kind.QUIZ, "extra", terms=EXAM)
    if how == "left":
        roster.remove(member_of(room, aiko), timezone.now())
    elif how == "archived":
        classrooms.archive(room, timezone.now())
    else:
        Membership.objects.filter(user=aiko).update(role="assistant")

    assert rules.of_quiz(aiko.pk, "demo", "extra") == FREE


def test_those_who_teach_sit_quizzes_freely(room, chie):
    make_assignment(room, Kind.QUIZ, "extra", terms=EXAM)

    assert "Start practising" in client_of(chie).get("/quizzes/demo/extra/").text


def test_the_keys_of_an_exam_that_is_set_are_not_exported(room, aiko, aiko_client):
    practised = start(aiko_client)
    answer(aiko_client, rows(practised)[0])
    submit(aiko_client, practised)
    make_assignment(room, Kind.QUIZ, "first", terms=EXAM, due_at=timezone.now() + DAY)

    held = rules.held_quizzes(aiko.pk, "demo")
    hidden = own_work.shown_to(aiko.pk, library.course("demo"))
    make_attempt(aiko, "first", timezone.now() + DAY / 2, mode="exam")
    shown = own_work.shown_to(aiko.pk, library.course("demo"))

    assert held == {"first"}
    assert (len(hidden), len(shown)) == (0, 5)


def test_who_teaches_a_course_may_export_its_bank(room, aiko):
    Membership.objects.filter(user=aiko).update(role="instructor")

    assert may_export_bank(aiko, library.course("demo"))


def test_a_learner_may_not_export_the_bank(room, aiko):
    assert not may_export_bank(aiko, library.course("demo"))
