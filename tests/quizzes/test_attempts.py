"""Attempts over HTTP: started, limited, kept from strangers and through changes of the course."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from content import library
from quizzes.models import Answer, Attempt, QuestionVersion
from tests.content.course_builder import write_course
from tests.content.quiz_builder import CHOICES, question_toml
from tests.quizzes.conftest import FILES
from tests.quizzes.sitting import kind_of, rows, start, submit, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiz_course")]


@pytest.fixture
def ben_client(ben) -> Client:
    client = Client()
    client.force_login(ben)
    return client


def test_a_guest_sees_the_quizzes_and_signs_in_to_answer(client):
    page = client.get("/quizzes/demo/first/")
    refused = client.post("/quizzes/demo/first/start/", {"mode": "practice"})

    assert client.get("/quizzes/").status_code == page.status_code == 200
    assert refused.url.startswith("/accounts/login/")
    assert not Attempt.objects.exists()


def test_an_attempt_freezes_its_questions_and_their_order(aiko_client):
    attempt = start(aiko_client)

    asked = rows(attempt)
    assert sorted(row.version.question for row in asked) == sorted(f"a-{kind}" for kind in CHOICES)
    assert QuestionVersion.objects.count() == len(CHOICES)
    assert {len(row.order) for row in asked if kind_of(row) == "single"} == {4}


def test_starting_twice_goes_on_with_the_open_attempt(aiko_client):
    one, two = start(aiko_client), start(aiko_client)

    assert one == two
    assert Attempt.objects.count() == 1


def test_a_second_start_in_another_mode_is_told_to_finish_first(aiko_client):
    start(aiko_client, "extra")

    answered = aiko_client.post(
        "/quizzes/demo/extra/start/",
        {"mode": "exam"},
        follow=True,
        headers={"Accept-Language": "en"},
    )

    assert "Finish it first" in answered.content.decode()
    assert Attempt.objects.count() == 1


def test_the_database_allows_one_open_attempt(aiko_client, aiko):
    attempt = start(aiko_client)
    attempt.pk, attempt.number = None, 2

    with pytest.raises(IntegrityError), transaction.atomic():
        attempt.save(force_insert=True)


def test_an_attempt_limit_holds(aiko_client):
    for _ in range(2):
        submit(aiko_client, start(aiko_client, "extra", mode="exam"))

    aiko_client.post("/quizzes/demo/extra/start/", {"mode": "exam"})

    assert Attempt.objects.filter(mode="exam").count() == 2
    assert start(aiko_client, "extra").mode == "practice"


@pytest.mark.parametrize("path", ["", "1/", "submit/", "clock/"])
def test_somebody_elses_attempt_does_not_exist(aiko_client, ben_client, path):
    attempt = start(aiko_client)

    assert ben_client.get(f"/quizzes/attempts/{attempt.pk}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["1/", "submit/", "retry/"])
def test_nobody_answers_for_somebody_else(aiko_client, ben_client, path):
    attempt = start(aiko_client)

    answered = ben_client.post(f"/quizzes/attempts/{attempt.pk}/{path}", {"choice": "0"})

    assert answered.status_code == 404
    assert not Answer.objects.exclude(picked=None).exists()


def test_an_open_attempt_is_finished_when_its_quiz_has_gone(aiko_client, courses_dir):
    attempt = start(aiko_client)
    (courses_dir / "demo/quizzes/01-first.toml").unlink()
    library.load()

    for row in rows(attempt):
        assert aiko_client.get(url(row)).status_code == 200
        aiko_client.post(url(row), {"text": "alpha-form", "choice": "0"})
    submit(aiko_client, attempt)

    assert attempt.points is not None
    assert aiko_client.get(f"/quizzes/attempts/{attempt.pk}/").status_code == 200


def test_an_old_attempt_shows_the_text_it_asked(aiko_client, courses_dir):
    attempt = submit(aiko_client, start(aiko_client))
    changed = question_toml("a-single").replace("What about", "How about")
    write_course(courses_dir / "demo", files=FILES | {"quizzes/01-first.toml": changed})
    library.load()

    page = aiko_client.get(f"/quizzes/attempts/{attempt.pk}/", headers={"Accept-Language": "en"})

    assert "What about a-single?" in page.content.decode()


def test_a_start_takes_as_many_queries_after_many_attempts(aiko_client, django_assert_num_queries):
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    submit(aiko_client, start(aiko_client))
    with CaptureQueriesContext(connection) as second:
        attempt = start(aiko_client)
        count = len(second)
    for _ in range(3):
        submit(aiko_client, attempt)
        attempt = start(aiko_client)
    submit(aiko_client, attempt)

    with django_assert_num_queries(count):
        start(aiko_client)
