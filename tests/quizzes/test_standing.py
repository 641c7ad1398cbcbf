"""The page that says how ready a learner is: from their own answers, never a bare number."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from content import library
from quizzes.models import Answer, Card
from tests.content.course_builder import course_toml, write_course
from tests.content.quiz_builder import question_toml
from tests.quizzes.sitting import answer, rows, start, submit

pytestmark = [pytest.mark.django_db]
URL = "/quizzes/demo/readiness/"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def long_course(courses_dir):
    """A course with forty questions in two domains."""
    bank = "\n".join(
        question_toml(f"q-{n}", task=f"{1 + n % 2}.1", section="02-second.md#closer")
        for n in range(40)
    )
    write_course(courses_dir / "demo", files={"quizzes/01-first.toml": bank})
    library.load()


def sat(client, *, right: int) -> None:
    attempt = start(client)
    for place, row in enumerate(rows(attempt)):
        answer(client, row, right=place < right)
    submit(client, attempt)


@pytest.mark.usefixtures("long_course")
def test_with_too_few_answers_no_figure_is_shown(aiko_client):
    page = aiko_client.get(URL, headers=ENGLISH)

    assert page.context["passing"] is None
    assert all(row.share is None for row in page.context["rows"])
    assert "Not enough answers yet" in page.content.decode()


@pytest.mark.usefixtures("long_course")
def test_an_estimate_is_a_range_with_what_it_rests_on(aiko_client):
    sat(aiko_client, right=30)

    page = aiko_client.get(URL, headers=ENGLISH)

    passing = page.context["passing"]
    text = page.content.decode()
    assert 0 <= passing.low < passing.high <= 100
    assert f"{passing.low} to {passing.high} %" in text
    assert "from 40 questions" in text


@pytest.mark.usefixtures("long_course")
def test_who_answers_better_is_estimated_higher(aiko_client, ben, client):
    client.force_login(ben)
    sat(aiko_client, right=35)
    sat(client, right=15)

    better, worse = (one.get(URL).context["passing"].middle for one in (aiko_client, client))

    assert better > worse


@pytest.mark.usefixtures("long_course")
def test_what_was_missed_and_what_is_due_is_what_to_do_next(aiko_client):
    sat(aiko_client, right=0)
    Card.objects.update(due=timezone.now() - timedelta(minutes=1))

    (first, second) = aiko_client.get(URL).context["rows"]

    assert [place.url for place in first.advice.sections] == ["/learn/demo/second/#closer"]
    assert (first.advice.due_count, second.advice.due_count) == (20, 20)


@pytest.mark.usefixtures("long_course")
def test_old_answers_are_worth_less(aiko_client):
    sat(aiko_client, right=30)
    Answer.objects.update(answered_at=timezone.now() - timedelta(days=400))

    assert aiko_client.get(URL).context["passing"] is None


@pytest.mark.usefixtures("long_course")
def test_the_page_takes_few_queries(aiko_client, django_assert_max_num_queries):
    sat(aiko_client, right=30)

    with django_assert_max_num_queries(5):
        aiko_client.get(URL)


def test_a_course_without_an_exam_has_no_readiness(aiko_client, courses_dir):
    write_course(courses_dir / "demo", files={"course.toml": course_toml(exam=False)})
    library.load()

    assert aiko_client.get(URL).status_code == 404
