"""Answers over HTTP: saved, marked, flagged, cleared, and told about at the right time."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from content.models import SectionRead
from quizzes.models import Answer, Attempt, Card, Recall
from tests.quizzes.sitting import (
    HTMX,
    answer,
    rows,
    start,
    submit,
    url,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiz_course")]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_every_kind_of_answer_is_saved_and_marked_at_once(aiko_client, headers):
    for row in rows(start(aiko_client)):
        answered = answer(aiko_client, row, headers=headers)

        assert answered.status_code == (200 if headers else 302)
        row.refresh_from_db()
        assert row.credit == 1.0


def test_the_marked_fragment_tells_why_and_the_strip_follows(aiko_client):
    row = rows(start(aiko_client))[0]

    text = answer(aiko_client, row, right=False, headers=HTMX).content.decode()

    assert 'id="feedback"' in text and 'id="question"' in text
    assert f'id="strip-{row.position}"' in text and "hx-swap-oob" in text
    assert "<html" not in text


def test_no_key_and_no_reason_reach_the_browser_before_the_answer(aiko_client):
    attempt = start(aiko_client)

    for row in rows(attempt):
        text = aiko_client.get(url(row), headers={"Accept-Language": "en"}).content.decode()
        assert "because" not in text and "This is why" not in text and "misleads" not in text
        assert "Alpha-Form" not in text


def test_an_exam_tells_nothing_until_it_is_closed(aiko_client):
    attempt = start(aiko_client, "mock", mode="exam")

    for row in rows(attempt):
        saved = answer(aiko_client, row, autosave="1", headers=HTMX).content.decode()
        page = aiko_client.get(url(row)).content.decode()
        assert "because" not in saved + page and "理由" not in saved + page
        row.refresh_from_db()
        assert row.credit is None

    submit(aiko_client, attempt)
    assert "理由" in aiko_client.get(f"/quizzes/attempts/{attempt.pk}/").content.decode()


def test_an_answer_that_was_marked_stays(aiko_client):
    row = rows(start(aiko_client))[0]
    answer(aiko_client, row, right=False)

    answer(aiko_client, row, right=True)

    row.refresh_from_db()
    assert row.credit == 0.0
    assert Recall.objects.count() == 1


def test_an_answer_given_before_the_saved_one_changes_nothing(aiko_client):
    row = rows(start(aiko_client, "extra", mode="exam"))[0]
    now = timezone.now().timestamp()
    Attempt.objects.update(started_at=timezone.now() - timedelta(minutes=2))

    answer(aiko_client, row, autosave="1", asked_at=now - 60, elapsed=50)
    answer(aiko_client, row, right=False, autosave="1", asked_at=now - 60, elapsed=20)

    row.refresh_from_db()
    assert row.picked == [0]
    assert row.seconds == 50


def test_a_second_tab_that_answers_later_wins(aiko_client):
    row = rows(start(aiko_client, "extra", mode="exam"))[0]

    answer(aiko_client, row, autosave="1")
    answer(aiko_client, row, right=False, autosave="1")

    row.refresh_from_db()
    assert row.picked == [1]


def test_a_page_from_the_future_does_not_lock_an_answer(aiko_client):
    row = rows(start(aiko_client, "extra", mode="exam"))[0]
    answer(aiko_client, row, autosave="1", asked_at=timezone.now().timestamp() + 9e6, elapsed=1)

    answer(aiko_client, row, right=False, autosave="1")

    row.refresh_from_db()
    assert row.picked == [1]


def test_a_server_clock_that_jumps_back_lets_an_answer_be_changed(aiko_client):
    row = rows(start(aiko_client, "extra", mode="exam"))[0]
    answer(aiko_client, row, autosave="1")
    Answer.objects.update(answered_at=timezone.now() + timedelta(minutes=30))

    answer(aiko_client, row, right=False, autosave="1")

    row.refresh_from_db()
    assert row.picked == [1]


def test_a_server_clock_that_jumps_back_loses_no_answer(aiko_client):
    attempt = start(aiko_client, "extra", mode="exam")
    Attempt.objects.update(started_at=timezone.now() + timedelta(minutes=30))

    for row in rows(attempt):
        answer(aiko_client, row)
    submit(aiko_client, attempt)

    assert (attempt.points, attempt.out_of) == (8.0, 8)
    assert attempt.closed_at is not None


def test_a_flag_keeps_what_was_chosen_meanwhile(aiko_client):
    row = rows(start(aiko_client, "extra", mode="exam"))[0]

    answered = answer(aiko_client, row, flag="1", headers=HTMX)

    row.refresh_from_db()
    assert (row.is_flagged, row.picked) == (True, [0])
    assert 'aria-pressed="true"' in answered.content.decode()


def test_the_strip_tells_how_each_question_stands_in_the_readers_language(aiko_client):
    attempt = start(aiko_client)
    first, second, third, *_ = rows(attempt)
    answer(aiko_client, first)
    answer(aiko_client, second, right=False)
    answer(aiko_client, third, flag="1")

    page = aiko_client.get(f"/quizzes/attempts/{attempt.pk}/3/").content.decode()

    item = re.compile(r'id="strip-\d+" href="([^"]+)".*?<span class="visually-hidden">(: .*?)<')
    said = item.findall(page)
    base = f"/quizzes/attempts/{attempt.pk}"
    assert said[:4] == [
        (f"{base}/1/", ": 正解"),
        (f"{base}/2/", ": 不正解"),
        (f"{base}/3/", ": 未解答, 見直しの印あり"),
        (f"{base}/4/", ": 未解答"),
    ]


def test_a_flag_in_practice_marks_nothing(aiko_client):
    row = rows(start(aiko_client))[0]

    answer(aiko_client, row, flag="1")

    row.refresh_from_db()
    assert row.is_flagged and row.credit is None and row.picked is None


def test_clearing_an_answer_leaves_it_blank(aiko_client):
    row = rows(start(aiko_client, "extra", mode="exam"))[0]
    answer(aiko_client, row)

    answer(aiko_client, row, clear="1")

    row.refresh_from_db()
    assert row.picked is None


def test_saving_leads_to_the_next_question_and_from_the_last_to_the_end(aiko_client):
    first, *_, last = rows(start(aiko_client, "extra", mode="exam"))

    assert answer(aiko_client, first, go="next").url.endswith(f"/{first.attempt_id}/2/")
    assert answer(aiko_client, last, go="next").url.endswith("/submit/")


def test_a_miss_sends_the_reader_back_to_the_section(aiko_client, aiko):
    now = timezone.now()
    SectionRead.objects.create(
        user=aiko, course="demo", chapter="first", section="what", text_hash="", read_at=now
    )
    row = rows(start(aiko_client))[0]

    answer(aiko_client, row, right=False)

    assert SectionRead.objects.get().again_since is not None
    page = aiko_client.get("/learn/demo/first/").content.decode()
    assert "mark-again" in page

    aiko_client.post("/learn/demo/first/read/", {"read": "what"})
    assert SectionRead.objects.get().again_since is None


def test_what_was_answered_becomes_a_card(aiko_client, aiko):
    row = rows(start(aiko_client))[0]

    answer(aiko_client, row)

    card = Card.objects.get()
    assert (card.user, card.course, card.question) == (aiko, "demo", row.version.question)
    assert Recall.objects.get().card == card


def test_an_answer_takes_few_queries(aiko_client, aiko, django_assert_max_num_queries):
    SectionRead.objects.create(
        user=aiko,
        course="demo",
        chapter="first",
        section="what",
        text_hash="",
        read_at=timezone.now(),
    )
    attempt = start(aiko_client)
    for row in rows(attempt):
        with django_assert_max_num_queries(9):  # two are the test's own savepoint, BEGIN outside
            answer(aiko_client, row, right=False, headers=HTMX)
