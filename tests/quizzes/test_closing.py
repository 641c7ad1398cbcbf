"""How attempts end: by the learner or by time, and what then counts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quizzes.models import Card, Recall
from tests.quizzes.sitting import (
    HTMX,
    answer,
    let_time_run_out,
    rows,
    start,
    submit,
    url,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiz_course")]


def test_the_end_is_asked_with_what_is_open(aiko_client):
    attempt = start(aiko_client, "extra", mode="exam")
    answer(aiko_client, rows(attempt)[0])

    page = aiko_client.get(f"/quizzes/attempts/{attempt.pk}/submit/")
    dialog = aiko_client.get(f"/quizzes/attempts/{attempt.pk}/submit/", headers=HTMX)

    assert page.context["answered_count"] == 1
    assert len(page.context["blank"]) == 7
    assert "<html" not in dialog.content.decode()


def test_an_unanswered_question_is_wrong(aiko_client):
    attempt = start(aiko_client, "extra", mode="exam")
    answer(aiko_client, rows(attempt)[0])

    submit(aiko_client, attempt)

    assert (attempt.points, attempt.out_of, attempt.closed_by) == (1.0, 8, "learner")
    assert [row.credit for row in rows(attempt)].count(0.0) == 7


def test_unscored_questions_do_not_count(aiko_client):
    attempt = start(aiko_client, "mock", mode="exam", unscored="1")
    for row in rows(attempt):
        answer(aiko_client, row)

    submit(aiko_client, attempt)

    assert (attempt.points, attempt.out_of) == (4.0, 4)
    assert len(rows(attempt)) == 5


def test_submitting_twice_is_the_same_as_once(aiko_client):
    attempt = submit(aiko_client, start(aiko_client))
    closed_at = attempt.closed_at

    assert submit(aiko_client, attempt).closed_at == closed_at


def test_when_the_time_is_over_the_server_closes_with_what_was_saved(aiko_client):
    attempt = start(aiko_client, "extra", mode="exam")
    answer(aiko_client, rows(attempt)[0])
    let_time_run_out(attempt)

    late = answer(aiko_client, rows(attempt)[1])

    attempt.refresh_from_db()
    assert late.url == f"/quizzes/attempts/{attempt.pk}/"
    assert (attempt.closed_by, attempt.points) == ("time", 1.0)
    assert attempt.closed_at == attempt.deadline


def test_an_answer_on_its_way_when_the_time_ends_still_counts(aiko_client):
    attempt = start(aiko_client, "extra", mode="exam")
    let_time_run_out(attempt, ago=timedelta(seconds=3))

    answer(aiko_client, rows(attempt)[0])

    assert rows(attempt)[0].picked == [0]


def test_an_answer_to_a_closed_attempt_shows_the_result_with_a_word(aiko_client):
    attempt = start(aiko_client)
    submit(aiko_client, attempt)

    row = rows(attempt)[0]
    answered = aiko_client.post(url(row), {"choice": "0"}, follow=True)

    assert answered.redirect_chain[0][0] == f"/quizzes/attempts/{attempt.pk}/"
    assert answered.context["messages"]


def test_the_clock_tells_what_remains_and_nothing_keeps_it(aiko_client):
    attempt = start(aiko_client, "extra", mode="exam")

    answered = aiko_client.get(f"/quizzes/attempts/{attempt.pk}/clock/")

    assert 350 < answered.json()["remaining"] <= 360
    assert "no-store" in answered["Cache-Control"]


def test_a_blank_in_an_exam_becomes_no_card(aiko_client):
    attempt = start(aiko_client, "extra", mode="exam")
    answer(aiko_client, rows(attempt)[0])

    submit(aiko_client, attempt)

    assert Card.objects.count() == Recall.objects.count() == 1
