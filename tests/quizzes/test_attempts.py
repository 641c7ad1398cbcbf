"""Attempts over HTTP: started, answered, flagged, closed, and kept from strangers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from content import library
from content.models import SectionRead
from quizzes.models import Answer, Attempt, Card, QuestionVersion, Recall
from tests.content.course_builder import write_course
from tests.content.quiz_builder import CHOICES, question_toml
from tests.quizzes.conftest import FILES
from tests.quizzes.sitting import (
    HTMX,
    answer,
    kind_of,
    let_time_run_out,
    rows,
    start,
    submit,
    url,
)

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


def test_the_clock_tells_what_remains_and_nothing_keeps_it(aiko_client):
    attempt = start(aiko_client, "extra", mode="exam")

    answered = aiko_client.get(f"/quizzes/attempts/{attempt.pk}/clock/")

    assert 350 < answered.json()["remaining"] <= 360
    assert "no-store" in answered["Cache-Control"]


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


def test_a_blank_in_an_exam_becomes_no_card(aiko_client):
    attempt = start(aiko_client, "extra", mode="exam")
    answer(aiko_client, rows(attempt)[0])

    submit(aiko_client, attempt)

    assert Card.objects.count() == Recall.objects.count() == 1


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
