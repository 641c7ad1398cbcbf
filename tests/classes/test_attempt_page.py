"""An attempt as those who teach its learner see it."""

from __future__ import annotations

import pytest

from quizzes.models import Answer, Override
from tests.classes.rows import make_attempt
from tests.quizzes.sitting import answer, rows, start, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt(room, aiko_client):
    """Aiko's practice of the first quiz: one right, the others blank."""
    made = start(aiko_client, feedback="end")
    answer(aiko_client, rows(made)[0])
    return submit(aiko_client, made)


@pytest.fixture
def url(room, attempt) -> str:
    return f"/classes/{room.pk}/attempts/{attempt.pk}/"


def test_answers_marks_and_reasons_are_shown(url, chie_client):
    text = chie_client.get(f"{url}?lang=en").text

    assert text.count('class="result-row"') == 5
    assert "aiko" in text
    assert "Try the missed" not in text


def test_a_mark_for_an_answer_counts_at_once_and_is_kept_with_its_reason(
    url, attempt, chie, chie_client
):
    answered = chie_client.post(url, {"position": "2", "percent": "50", "reason": "half"})

    attempt.refresh_from_db()
    given = Override.objects.get()
    assert answered.status_code == 302
    assert attempt.points == 1.5
    assert (given.credit, given.by, given.reason) == (0.5, chie, "half")
    assert "half" in chie_client.get(url).text


@pytest.mark.parametrize(
    "form",
    [{}, {"position": "6", "percent": "1", "reason": "x"}, {"position": "0", "percent": "1",
     "reason": "x"}, {"position": "1", "percent": "101", "reason": "x"}],
)  # fmt: skip
def test_a_mark_that_cannot_be_is_refused(url, chie_client, form):
    assert chie_client.post(url, form).status_code == 422
    assert not Override.objects.exists()


def test_an_assistant_sees_it_and_marks_nothing(url, dan_client):
    seen = dan_client.get(url)
    tried = dan_client.post(url, {"position": "1", "percent": "1", "reason": "x"})

    assert (seen.status_code, tried.status_code) == (200, 403)
    assert "Keep this mark" not in seen.text


def test_open_attempts_other_courses_and_other_people_are_not_here(
    room, other_room, aiko, ben, chie_client, now
):
    for made in (
        make_attempt(aiko, "first", now, points=None),
        make_attempt(ben, "first", now),
        make_attempt(aiko, "first", now, course="other", number=7),
    ):
        assert chie_client.get(f"/classes/{room.pk}/attempts/{made.pk}/").status_code == 404


def test_an_attempt_costs_a_fixed_number_of_queries(url, chie_client, django_assert_num_queries):
    chie_client.get(url)

    with django_assert_num_queries(9):
        chie_client.get(url)

    assert Answer.objects.count() == 5
