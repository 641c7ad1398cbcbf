"""Simulated learners: the same for the same seed, marked as such, and gone without a trace."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import Count, Model

from accounts.models import User
from classes import simulation
from classes.models import Assignment, Classroom, Membership
from classes.simulated import people
from content import library
from content.models import SectionRead
from labs.models import Run
from quizzes import grading
from quizzes.models import Answer, Attempt
from tests.classes.rows import make_attempt, make_member, read_chapter

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
ROWS: dict[type[Model], tuple[str, ...]] = {
    User: ("username", "email", "display_name", "language"),
    Membership: ("user__username", "role", "time_factor", "joined_at"),
    SectionRead: ("user__username", "chapter", "section", "read_at", "text_hash"),
    Attempt: ("user__username", "quiz", "mode", "number", "seed", "started_at", "points"),
    Answer: ("attempt__user__username", "position", "version", "order", "picked", "credit"),
    Run: ("user__username", "lab", "status", "verdicts", "started_at", "finished_at"),
    Assignment: ("kind", "slug", "mode", "due_at"),
}


def everything() -> dict[str, list[str]]:
    return {
        model.__name__: sorted(map(repr, model._default_manager.values_list(*fields)))
        for model, fields in ROWS.items()
    }


def counts() -> dict[str, int]:
    return {one._meta.label: one._default_manager.count() for one in apps.get_models()}


@pytest.fixture
def simulated(class_course, chie):
    return simulation.create(class_course, chie, learners=30, seed=1, now=NOW)


def test_the_same_seed_makes_the_same_rows(class_course, chie):
    simulation.create(class_course, chie, learners=5, seed=7, now=NOW)
    before = everything()
    simulation.remove()

    simulation.create(class_course, chie, learners=5, seed=7, now=NOW)

    assert everything() == before


def test_another_seed_makes_other_learners(class_course, chie):
    simulation.create(class_course, chie, learners=5, seed=7, now=NOW)
    before = everything()
    simulation.remove()

    simulation.create(class_course, chie, learners=5, seed=8, now=NOW)

    assert everything()["Answer"] != before["Answer"]


def test_thirty_learners_show_every_temper():
    tempers = {people.person(1, number).temper for number in range(30)}

    assert tempers == {temper for temper, _ in people.SHARES}


def test_the_class_and_its_learners_are_marked_as_simulated(simulated, chie):
    learners = User.objects.filter(membership__classroom=simulated).exclude(pk=chie.pk)

    assert simulated.is_simulated
    assert not simulated.is_open
    assert learners.count() == 30
    assert all(one.is_simulated and one.email.endswith(".invalid") for one in learners)


def test_nobody_can_sign_in_as_a_simulated_learner(simulated):
    learners = User.objects.filter(is_simulated=True)

    assert not any(one.has_usable_password() for one in learners)


def test_answers_are_marked_as_the_site_marks_them(simulated):
    questions = library.course("demo").questions
    closed = Answer.objects.filter(attempt__closed_at__isnull=False).select_related("version")

    wrongly = [
        one
        for one in closed
        if one.credit != grading.mark(questions[one.version.question], one.picked).credit
    ]

    assert closed
    assert wrongly == []
    assert {questions[one.version.question].kind for one in closed} == {
        "single",
        "multiple",
        "ordering",
        "matching",
        "short",
    }


def test_points_are_the_sum_of_the_credits(simulated):
    sums = {
        one.pk: sum(row.credit or 0 for row in one.answer_set.all() if row.is_scored)
        for one in Attempt.objects.closed()
    }

    assert sums == {one.pk: one.points for one in Attempt.objects.closed()}


def test_nothing_happens_after_now_or_before_joining(simulated):
    joined = dict(Membership.objects.values_list("user", "joined_at"))

    moments = [
        *SectionRead.objects.values_list("user", "read_at"),
        *Attempt.objects.values_list("user", "started_at"),
        *Attempt.objects.closed().values_list("user", "closed_at"),
        *Run.objects.values_list("user", "finished_at"),
    ]

    assert all(at and joined[user] <= at <= NOW for user, at in moments)


def test_some_fail_the_same_check_again(simulated):
    fails = Run.objects.filter(status="fail").values("user", "lab").annotate(count=Count("pk"))

    assert any(one["count"] >= 3 for one in fails)


def test_a_class_without_learners_can_be_made(class_course, chie):
    room = simulation.create(class_course, chie, learners=0, seed=1, now=NOW)

    assert not Membership.objects.learners().filter(classroom=room).exists()


def test_removing_takes_all_of_it_and_nothing_else(class_course, chie, room, aiko, now):
    read_chapter(aiko, class_course, class_course.chapters[0].slug, now)
    make_attempt(aiko, "first", now)
    before = counts()
    made = simulation.create(class_course, chie, learners=30, seed=1, now=NOW)
    make_member(made, aiko)

    simulation.remove()

    assert counts() == before
    assert Classroom.objects.get() == room


def test_a_question_that_a_person_was_asked_too_stays(class_course, chie, aiko_client):
    simulation.create(class_course, chie, learners=5, seed=1, now=NOW)
    aiko_client.post("/quizzes/demo/first/start/", {"mode": "practice"})

    simulation.remove()

    assert Answer.objects.count() == 5


def test_demo_says_what_to_do_without_an_owner(class_course, db):
    with pytest.raises(CommandError, match="no owner yet"):
        call_command("demo")


def test_demo_knows_no_instructor_or_course_of_that_name(class_course, owner):
    with pytest.raises(CommandError, match="nobody called 'zoe'"):
        call_command("demo", instructor="zoe")
    with pytest.raises(CommandError, match="no course 'maths'"):
        call_command("demo", course="maths")


@pytest.mark.parametrize("learners", [-1, 5001])
def test_demo_refuses_a_class_of_no_size(learners, class_course, owner):
    with pytest.raises(CommandError, match="from 0 to 5000"):
        call_command("demo", learners=learners)


def test_demo_twice_replaces_the_class_before(class_course, owner, capsys):
    call_command("demo", learners=3)

    call_command("demo", learners=2, seed=5, course="demo", instructor="owner")

    assert "Replaced the simulated class before: 3 accounts.User" in capsys.readouterr().out
    assert User.objects.filter(is_simulated=True).count() == 2
    assert Classroom.objects.count() == 1


def test_demo_remove_counts_what_it_removed(class_course, owner, capsys):
    call_command("demo", learners=2)

    call_command("demo", remove=True)
    call_command("demo", remove=True)

    out = capsys.readouterr().out
    assert "Removed: 2 accounts.User" in out
    assert out.endswith("Removed: nothing was there.\n")
