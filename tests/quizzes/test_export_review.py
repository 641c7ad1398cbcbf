"""One's own work exported for review: an attempt, what was missed, the cards due."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.utils import timezone

from quizzes.models import Card
from tests.quizzes.exporting import exported, ids, sat
from tests.quizzes.sitting import answer, rows, start, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiz_course")]


def test_no_card_due_is_said(aiko_client):
    response = exported(aiko_client, what="due:")

    assert "No card is due now" in response.content.decode()


def test_an_open_attempt_is_not_exported(aiko_client):
    attempt = start(aiko_client)

    assert exported(aiko_client, what=f"attempt:{attempt.pk}").status_code == 422


def test_an_attempt_comes_with_what_was_answered(aiko_client):
    attempt = sat(aiko_client)

    document = json.loads(exported(aiko_client, what=f"attempt:{attempt.pk}").content)

    given = {one["kind"]: one["given"] for one in document["questions"]}
    assert given["single"] == {"answers": ["bravo"], "right": False}
    assert given["multiple"] == {"answers": ["alpha", "charlie"], "right": False}
    assert given["ordering"]["answers"] == ["bravo", "alpha", "charlie"]
    assert given["matching"]["answers"][0] == "alpha → mate of bravo"
    assert given["short"]["answers"] == ["`bravo`"]


def test_a_blank_is_told_as_blank(aiko_client):
    attempt = submit(aiko_client, start(aiko_client))

    text = exported(aiko_client, what=f"attempt:{attempt.pk}", format="markdown").content.decode()

    assert text.count("**You answered**: nothing") == 5


def test_misses_are_those_of_the_latest_answer(aiko_client):
    sat(aiko_client)
    again = start(aiko_client)
    for row in rows(again):
        answer(aiko_client, row, right=row.version.question != "a-short")
    submit(aiko_client, again)

    assert ids(exported(aiko_client, what="misses:")) == ["a-short"]


def test_cards_due_are_exported(aiko_client, aiko):
    sat(aiko_client)
    Card.objects.filter(user=aiko, question="a-single").update(due=timezone.now())
    Card.objects.exclude(question="a-single").update(is_suspended=True)

    assert ids(exported(aiko_client, what="due:")) == ["a-single"]


def test_a_review_as_csv_says_prompt_answer_key_reason_and_link(aiko_client):
    attempt = sat(aiko_client)

    data = exported(aiko_client, what=f"attempt:{attempt.pk}", format="csv").content

    table = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    (row,) = [one for one in table if one["id"] == "a-single"]
    assert (row["given"], row["was_right"], row["correct"]) == ("bravo", "0", "A")
    assert row["explanation"] == "This is why."
    assert row["link"] == "http://testserver/learn/demo/first/?lang=en#what"


@pytest.mark.parametrize("name", ["moodle", "gift", "aiken", "qti21", "qti22", "qti30"])
def test_a_format_that_cannot_show_answers_says_which_can(aiko_client, name):
    attempt = sat(aiko_client)

    response = exported(aiko_client, what=f"attempt:{attempt.pk}", format=name)

    assert response.status_code == 422
    assert "cannot show what you answered. Choose one of Anki" in response.content.decode()
