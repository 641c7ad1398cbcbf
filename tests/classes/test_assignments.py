"""Work that is set: on which terms, until when, and what a learner sees of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from classes import assignments, classrooms
from classes.models import Assignment, Kind
from tests.classes.rows import EXAM, make_assignment, make_attempt, make_member, read_chapter
from tests.factories import make_user

pytestmark = pytest.mark.django_db
QUIZ = {"work": "quiz:extra", "mode": "exam", "minutes": "20", "attempts": "1"}


def url(room, tail: str = "") -> str:
    return f"/classes/{room.pk}/assignments/{tail}"


def test_a_quiz_is_set_as_an_exam_with_its_terms(room, chie_client):
    answer = chie_client.post(url(room, "new/"), QUIZ | {"due_at": "2026-12-24T18:00"})

    made = Assignment.objects.get()
    assert answer.status_code == 302
    assert (made.kind, made.slug, made.mode, made.feedback) == ("quiz", "extra", "exam", "end")
    assert (made.minutes, made.attempts) == (20, 1)
    assert made.due_at == datetime(2026, 12, 24, 9, 0, tzinfo=UTC)  # 18:00 in Tokyo


@pytest.mark.parametrize("work", ["chapter:first", "lab:build"])
def test_terms_of_quizzes_are_not_kept_for_other_work(room, chie_client, work):
    chie_client.post(url(room, "new/"), QUIZ | {"work": work})

    made = Assignment.objects.get()
    assert (made.mode, made.feedback, made.minutes, made.attempts) == ("", "", None, None)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"work": "quiz:nothing"}, "work"),
        ({"work": "drop table"}, "work"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "many"}, "minutes"),
        ({"attempts": "100"}, "attempts"),
        ({"due_at": "tomorrow"}, "due_at"),
        ({"due_at": "9999-99-99T00:00"}, "due_at"),
        ({"work": "quiz:mock", "mode": "practice"}, "mode"),
        ({"work": "quiz:first", "minutes": ""}, "minutes"),
    ],
)
def test_what_cannot_be_set_is_refused_at_its_field(room, chie_client, form, field):
    answer = chie_client.post(url(room, "new/"), QUIZ | form)

    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.text
    assert not Assignment.objects.exists()


def test_an_hour_that_the_clocks_leave_out_is_refused(room, chie_client):
    classrooms.change(room, room.name, "Europe/Berlin")

    gone = chie_client.post(url(room, "new/"), QUIZ | {"due_at": "2027-03-28T02:30"})
    there = chie_client.post(url(room, "new/"), QUIZ | {"due_at": "2027-03-28T03:30"})

    assert "does not exist" in gone.text
    assert there.status_code == 302
    assert Assignment.objects.get().due_at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_a_new_time_zone_moves_no_due_date(room, chie_client):
    due = datetime(2026, 12, 24, 9, 0, tzinfo=UTC)
    made = make_assignment(room, Kind.LAB, "build", due_at=due)

    chie_client.post(
        f"/classes/{room.pk}/settings/", {"name": room.name, "time_zone": "Europe/Berlin"}
    )

    made.refresh_from_db()
    assert made.due_at == due
    assert "(Europe/Berlin)" in chie_client.get(url(room)).text
    assert "10:00" in chie_client.get(url(room, f"{made.pk}/")).text


def test_work_is_set_once(room, chie_client):
    chie_client.post(url(room, "new/"), QUIZ)

    again = chie_client.post(url(room, "new/"), QUIZ)

    assert "This is set already" in again.text
    assert Assignment.objects.count() == 1


def test_terms_can_be_changed_and_work_taken_back(room, chie_client):
    made = make_assignment(room, Kind.QUIZ, "extra", terms=EXAM)

    chie_client.post(url(room, f"{made.pk}/"), {"mode": "practice", "feedback": "end"})
    made.refresh_from_db()
    chie_client.post(url(room, f"{made.pk}/take-back/"))

    assert (made.mode, made.feedback, made.minutes) == ("practice", "end", None)
    assert not Assignment.objects.exists()


def test_an_assignment_of_another_class_is_not_here(room, other_room, chie_client):
    elsewhere = make_assignment(other_room, Kind.LAB, "build")

    for tail in (f"{elsewhere.pk}/", f"{elsewhere.pk}/take-back/"):
        assert chie_client.post(url(room, tail)).status_code == 404
    assert Assignment.objects.filter(pk=elsewhere.pk).exists()


def test_work_the_course_lost_is_said_to_be_gone(room, chie_client, aiko_client):
    make_assignment(room, Kind.QUIZ, "removed")

    assert "has this no more" in chie_client.get(url(room)).text
    assert "removed" not in aiko_client.get(f"/classes/{room.pk}/").text


def test_a_learner_sees_what_is_set_at_home_until_it_is_done(room, class_course, aiko, aiko_client):
    make_assignment(room, Kind.CHAPTER, "first", due_at=timezone.now() + timedelta(days=2))

    before = aiko_client.get("/?lang=en").text
    read_chapter(aiko, class_course, "first", timezone.now())
    after = aiko_client.get("/?lang=en").text
    here = aiko_client.get(f"/classes/{room.pk}/?lang=en").text

    assert "Set for you" in before
    assert "(Asia/Tokyo)" in before
    assert "Set for you" not in after
    assert "Done" in here


def test_what_is_due_first_stands_first(room, aiko):
    now = timezone.now()
    make_assignment(room, Kind.LAB, "ship")
    make_assignment(room, Kind.LAB, "build", due_at=now + timedelta(days=3))
    make_assignment(room, Kind.QUIZ, "first", due_at=now - timedelta(days=1))

    tasks = assignments.due_for(aiko, "en", now)

    assert [one.assignment.slug for one in tasks] == ["first", "build", "ship"]
    assert [one.cell.state for one in tasks] == ["overdue", "new", "new"]


def test_archived_classes_and_classes_left_set_nothing(room, aiko):
    make_assignment(room, Kind.LAB, "build")
    classrooms.archive(room, timezone.now())

    assert assignments.due_for(aiko, "en", timezone.now()) == []


def test_a_class_whose_course_is_gone_says_so_and_keeps_its_people(room, chie_client, aiko_client):
    room.course = "gone"
    room.save()
    make_assignment(room, Kind.LAB, "build")

    assert aiko_client.get("/").status_code == 200
    for client, tail in ((chie_client, "assignments/"), (aiko_client, "")):
        answer = client.get(f"/classes/{room.pk}/{tail}?lang=en")
        assert answer.status_code == 404
        assert "not installed here any more" in answer.text
    assert chie_client.get(f"/classes/{room.pk}/people/").status_code == 200


def test_home_costs_as_much_for_one_assignment_as_for_five(
    room, aiko, aiko_client, django_assert_num_queries
):
    make_attempt(aiko, "first", timezone.now())
    make_assignment(room, Kind.LAB, "build")
    aiko_client.get("/")
    with django_assert_num_queries(12):
        aiko_client.get("/")
    for kind, slug in (("lab", "ship"), ("quiz", "first"), ("quiz", "extra"), ("quiz", "mock")):
        make_assignment(room, Kind(kind), slug, terms=EXAM if kind == "quiz" else None)
    with django_assert_num_queries(13):  # quizzes are looked up too
        aiko_client.get("/")


def test_the_owner_makes_instructors_and_they_make_classes(owner_client, client, class_course):
    fumi = make_user("fumi")
    page = f"/accounts/users/{fumi.pk}/"

    owner_client.post(page, {"act": "appoint"})
    client.force_login(fumi)
    form = {"name": "New", "course": "demo", "time_zone": "Asia/Tokyo"}
    made = client.post("/classes/new/", form)
    owner_client.post(page, {"act": "dismiss"})
    after = client.post("/classes/new/", form)

    assert made.status_code == 302
    assert client.get(made.headers["Location"]).status_code == 200
    assert after.status_code == 403


def test_one_person_learns_here_and_teaches_there(room, other_room, aiko, client):
    make_member(other_room, aiko, "instructor")
    client.force_login(aiko)

    text = client.get("/classes/?lang=en").text

    assert "You learn here" in text
    assert "You teach here" in text
