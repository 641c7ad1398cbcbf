"""What a learner sees afterwards: results, history, another try, review and what is due."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.models import Attempt, Card
from tests.quizzes.sitting import answer, rows, start, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiz_course")]


def sat(client, quiz: str = "extra", *, right: int = 0, mode: str = "exam") -> Attempt:
    """Sit a quiz with so many right answers and the rest wrong."""
    attempt = start(client, quiz, mode=mode)
    for place, row in enumerate(rows(attempt)):
        answer(client, row, right=place < right)
    return submit(client, attempt)


def result(client, attempt: Attempt, query: str = ""):
    return client.get(f"/quizzes/attempts/{attempt.pk}/{query}", headers={"Accept-Language": "en"})


def test_a_result_counts_by_domain_and_by_chapter(aiko_client):
    page = result(aiko_client, sat(aiko_client, right=8))

    found = page.context["result"]
    assert (found.percent, found.right_count, found.missed_count) == (100, 8, 0)
    assert [(one.right, one.total) for one in found.domains] == [(4, 4), (4, 4)]
    assert [(one.right, one.total) for one in found.chapters] == [(8, 8)]


def test_a_result_is_set_against_the_attempt_before(aiko_client):
    first, second = sat(aiko_client, right=3), sat(aiko_client, right=5)

    assert result(aiko_client, first).context["result"].change is None
    assert result(aiko_client, second).context["result"].change == 2.0


def test_every_miss_leads_to_the_paragraph_that_answers_it(aiko_client):
    page = result(aiko_client, sat(aiko_client, right=0)).content.decode()

    assert page.count('href="/learn/demo/second/#closer"') == 8


def test_an_estimated_score_is_called_an_estimate(aiko_client):
    page = result(aiko_client, sat(aiko_client, right=8))

    assert page.context["result"].scaled == 1000
    assert "Estimated score" in page.content.decode()
    assert "does not publish" in page.content.decode()


def test_a_result_of_practice_has_no_score(aiko_client):
    assert result(aiko_client, sat(aiko_client, mode="practice")).context["result"].scaled is None


def test_only_what_was_missed_can_be_shown(aiko_client):
    page = result(aiko_client, sat(aiko_client, right=6), "?show=missed")

    assert len(page.context["rows"]) == 2


def test_a_result_takes_few_queries(aiko_client, django_assert_max_num_queries):
    attempt = sat(aiko_client, right=4)

    with django_assert_max_num_queries(6):
        result(aiko_client, attempt)


def test_the_missed_questions_are_tried_again(aiko_client):
    attempt = sat(aiko_client, right=6)

    aiko_client.post(f"/quizzes/attempts/{attempt.pk}/retry/")

    again = Attempt.objects.latest("pk")
    assert (again.mode, again.feedback, again.out_of) == ("retry", "each", 2)


def test_another_try_does_not_use_up_an_attempt(aiko_client):
    for _ in range(2):
        attempt = sat(aiko_client, right=6)
        aiko_client.post(f"/quizzes/attempts/{attempt.pk}/retry/")
        submit(aiko_client, Attempt.objects.latest("pk"))

    assert aiko_client.get("/quizzes/demo/extra/").context["attempts_left"] == 0
    assert Attempt.objects.filter(mode="exam").count() == 2


def test_nothing_missed_is_nothing_to_try_again(aiko_client):
    attempt = sat(aiko_client, right=8)

    answered = aiko_client.post(f"/quizzes/attempts/{attempt.pk}/retry/")

    assert answered.url == f"/quizzes/attempts/{attempt.pk}/"


def test_the_quiz_shows_its_history_and_the_list_the_best(aiko_client):
    sat(aiko_client, right=6)
    sat(aiko_client, right=2)

    lines = aiko_client.get("/quizzes/demo/extra/").context["lines"]
    (course,) = aiko_client.get("/quizzes/").context["courses"]
    row = next(one for one in course.others if one.title in {"題", "Extra"})

    assert [one.percent for one in lines] == [25, 75]
    assert (row.best, row.latest.percent) == (75, 25)


def test_the_home_page_shows_what_is_open_and_what_is_due(aiko_client):
    sat(aiko_client, right=0)
    Card.objects.update(due=timezone.now() - timedelta(minutes=1))
    attempt = start(aiko_client)

    page = aiko_client.get("/")

    assert page.context["due_count"] == 8
    assert f"/quizzes/attempts/{attempt.pk}/" in page.content.decode()


def test_review_asks_what_is_due_the_most_overdue_first_up_to_the_limit(aiko_client, aiko):
    aiko.review_limit = 3
    aiko.save()
    sat(aiko_client, right=4)
    for hours, card in enumerate(Card.objects.order_by("question")):
        card.due = timezone.now() - timedelta(hours=hours + 1)
        card.save()
    wanted = set(Card.objects.order_by("due").values_list("question", flat=True)[:3])

    aiko_client.post("/review/demo/start/")

    attempt = Attempt.objects.latest("pk")
    assert attempt.mode == "review"
    assert {row.version.question for row in rows(attempt)} == wanted


def test_a_reviewed_card_counts_against_the_limit_of_the_day(aiko_client, aiko):
    aiko.review_limit = 3
    aiko.save()
    sat(aiko_client, right=0)
    Card.objects.update(due=timezone.now() - timedelta(hours=1))
    aiko_client.post("/review/demo/start/")
    attempt = Attempt.objects.latest("pk")
    for row in rows(attempt):
        answer(aiko_client, row)
    submit(aiko_client, attempt)

    (course,) = aiko_client.get("/review/").context["courses"]

    assert (course.due_count, course.waiting_count) == (0, 5)


def test_a_suspended_card_is_not_asked(aiko_client):
    sat(aiko_client, right=0)
    Card.objects.update(due=timezone.now() - timedelta(hours=1))
    card = Card.objects.earliest("pk")

    aiko_client.post(f"/review/cards/{card.pk}/", {"suspend": "1"})
    aiko_client.post("/review/demo/start/")

    asked = {row.version.question for row in rows(Attempt.objects.latest("pk"))}
    assert card.question not in asked and len(asked) == 7

    aiko_client.post(f"/review/cards/{card.pk}/", {"suspend": "0"})
    card.refresh_from_db()
    assert not card.is_suspended


def test_somebody_elses_card_does_not_exist(aiko_client, ben, client):
    sat(aiko_client, right=0)
    client.force_login(ben)

    answered = client.post(f"/review/cards/{Card.objects.earliest('pk').pk}/", {"suspend": "1"})

    assert answered.status_code == 404
    assert not Card.objects.filter(is_suspended=True).exists()


def test_with_nothing_due_review_says_so(aiko_client):
    answered = aiko_client.post("/review/demo/start/", follow=True)

    assert answered.redirect_chain[0][0] == "/review/"
    assert not Attempt.objects.exists()


def test_review_goes_on_where_it_was_left(aiko_client):
    sat(aiko_client, right=0)
    Card.objects.update(due=timezone.now() - timedelta(hours=1))
    aiko_client.post("/review/demo/start/")

    again = aiko_client.post("/review/demo/start/")

    assert Attempt.objects.filter(mode="review").count() == 1
    assert again.url == f"/quizzes/attempts/{Attempt.objects.latest('pk').pk}/"


def test_the_forecast_counts_the_coming_days(aiko_client):
    sat(aiko_client, right=8)

    (course,) = aiko_client.get("/review/").context["courses"]

    assert sum(day.count for day in course.days) == 8
    assert len(course.days) == 14
