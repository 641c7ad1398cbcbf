"""What a browser should never send, and what people do send: a clear answer, nothing lost."""

from __future__ import annotations

import pytest

from quizzes.models import Attempt
from tests.quizzes.sitting import HTMX, kind_of, rows, start, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiz_course")]
ENGLISH = {"Accept-Language": "en"}


def row_of_kind(attempt: Attempt, kind: str):
    return next(row for row in rows(attempt) if kind_of(row) == kind)


@pytest.mark.parametrize(
    ("kind", "fields", "told"),
    [
        ("single", {}, "Choose an answer first"),
        ("single", {"choice": "9"}, "not in this question"),
        ("single", {"choice": "-1"}, "not in this question"),
        ("single", {"choice": "0; DROP TABLE"}, "not in this question"),
        ("single", {"choice": ["0", "1"]}, "Choose exactly 1 answer; you chose 2."),
        ("multiple", {"choice": "0"}, "Choose exactly 2 answers; you chose 1."),
        ("ordering", {"choice-0": "0", "choice-1": "1"}, "Choose something in every line"),
        ("ordering", {f"choice-{n}": "0" for n in range(3)}, "Two steps have the same place"),
        ("matching", {"choice-0": "7"}, "not in this question"),
        ("short", {"text": "  "}, "Write an answer first"),
        ("short", {"text": "a" * 201}, "at most 200 characters"),
    ],
)
@pytest.mark.parametrize("headers", [ENGLISH, ENGLISH | HTMX], ids=["plain", "htmx"])
def test_a_refused_answer_says_why_and_changes_nothing(aiko_client, kind, fields, told, headers):
    row = row_of_kind(start(aiko_client), kind)

    answered = aiko_client.post(url(row), fields, headers=headers)

    assert answered.status_code == 422
    assert told in answered.content.decode()
    row.refresh_from_db()
    assert row.picked is None and row.credit is None


def test_a_refused_answer_keeps_what_was_chosen_on_the_page(aiko_client):
    row = row_of_kind(start(aiko_client), "multiple")

    page = aiko_client.post(url(row), {"choice": "0"})

    assert [one.is_picked for one in page.context["question"].choices].count(True) == 1


def test_an_autosave_that_cannot_be_saved_says_so_beside_the_question(aiko_client):
    row = rows(start(aiko_client, "extra", mode="exam"))[0]

    answered = aiko_client.post(url(row), {"choice": "77", "autosave": "1"}, headers=ENGLISH | HTMX)

    assert answered.status_code == 422
    assert answered.content.decode().lstrip().startswith('<p class="saved"')


def test_taking_every_tick_away_empties_the_answer(aiko_client):
    row = rows(start(aiko_client, "extra", mode="exam"))[0]
    aiko_client.post(url(row), {"choice": "0", "autosave": "1"}, headers=HTMX)

    aiko_client.post(url(row), {"autosave": "1"}, headers=HTMX)

    row.refresh_from_db()
    assert row.picked is None


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"choice": ["0"] * 10_000}, 400), ({"text": "a" * 2_000_000}, 413)],
    ids=["10,000 choices", "2 MB of text"],
)
def test_a_flood_is_refused_with_a_page_and_a_way_on(aiko_client, fields, status):
    row = row_of_kind(start(aiko_client), "multiple" if "choice" in fields else "short")

    answered = aiko_client.post(url(row), fields, headers=ENGLISH)

    assert answered.status_code == status
    assert "<h1" in answered.content.decode()
    row.refresh_from_db()
    assert row.picked is None


def test_a_null_byte_in_an_answer_does_no_harm(aiko_client):
    row = row_of_kind(start(aiko_client), "short")

    assert aiko_client.post(url(row), {"text": "a\x00b"}).status_code == 302


@pytest.mark.parametrize("value", ["nan", "inf", "-1e400", "soon", "9" * 400])
def test_nonsense_about_time_is_no_reason_to_lose_an_answer(aiko_client, value):
    row = rows(start(aiko_client, "extra", mode="exam"))[0]

    answered = aiko_client.post(
        url(row), {"choice": "0", "autosave": "1", "asked_at": value, "elapsed": value}
    )

    row.refresh_from_db()
    assert answered.status_code == 302
    assert row.picked == [0]


@pytest.mark.parametrize("mode", ["exam", "retry", "review", "", "cheat"])
def test_a_quiz_is_sat_only_in_the_ways_it_offers(aiko_client, mode):
    answered = aiko_client.post("/quizzes/demo/first/start/", {"mode": mode}, follow=True)

    assert answered.redirect_chain[0][0] == "/quizzes/demo/first/"
    assert not Attempt.objects.exists()


def test_a_mock_exam_is_not_for_practice(aiko_client):
    aiko_client.post("/quizzes/demo/mock/start/", {"mode": "practice"})

    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "/quizzes/demo/nothing/",
        "/quizzes/nothing/first/",
        "/quizzes/attempts/999/",
        "/quizzes/attempts/999/1/",
        "/quizzes/nothing/readiness/",
    ],
)
def test_what_is_not_there_is_not_found(aiko_client, path):
    assert aiko_client.get(path).status_code == 404


def test_a_question_number_that_is_not_there_is_not_found(aiko_client):
    attempt = start(aiko_client)

    assert aiko_client.get(f"/quizzes/attempts/{attempt.pk}/99/").status_code == 404
    assert aiko_client.post(f"/quizzes/attempts/{attempt.pk}/99/").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/quizzes/demo/first/start/", "/review/demo/start/", "/review/cards/1/"],
)
def test_what_changes_something_is_posted(aiko_client, path):
    assert aiko_client.get(path).status_code == 405


def test_a_post_without_a_token_is_refused(aiko):
    from django.test import Client  # noqa: PLC0415

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(aiko)

    answered = strict.post("/quizzes/demo/first/start/", {"mode": "practice"})

    assert answered.status_code == 403
