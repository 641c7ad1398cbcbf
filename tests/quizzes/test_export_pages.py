"""Who may export what: learners what they have been shown, staff the bank, nobody an open key."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys

import pytest
from django.test import Client

from accounts.models import AuditEntry
from quizzes.export import formats, pdf
from quizzes.models import Attempt
from tests.factories import make_user
from tests.quizzes.exporting import ENGLISH, FILE, exported, ids, sat
from tests.quizzes.sitting import answer, rows, start, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiz_course")]
PAGE = "/quizzes/demo/export/"


@pytest.fixture
def chie_client():
    """Chie teaches and is staff."""
    client = Client()
    client.force_login(make_user("chie", is_staff=True))
    return client


def test_staff_export_the_bank(chie_client):
    assert len(ids(exported(chie_client))) == 13
    assert len(ids(exported(chie_client, what="quiz:first"))) == 5
    assert len(ids(exported(chie_client, what="chapter:second"))) == 8
    assert len(ids(exported(chie_client, what="domain:2"))) == 4


def test_taking_questions_out_unseen_is_kept_in_the_audit_log(chie_client, aiko_client):
    exported(chie_client, what="quiz:first")
    exported(chie_client)
    chie_client.get(PAGE)
    start(aiko_client)
    exported(aiko_client)

    kept = AuditEntry.objects.order_by("pk").values_list("action", "about", "details")
    assert list(kept) == [
        ("questions taken", "course demo, quiz first", {"format": "json", "questions": 5}),
        ("questions taken", "course demo", {"format": "json", "questions": 13}),
    ]


def test_a_learner_who_has_answered_nothing_gets_nothing(aiko_client):
    response = exported(aiko_client)

    assert response.status_code == 422
    assert "You have not been shown the answer of any of these yet" in response.content.decode()


def test_a_format_that_holds_none_of_the_questions_says_so(aiko_client):
    attempt = start(aiko_client)
    for row in rows(attempt):
        if row.version.question == "a-short":
            answer(aiko_client, row)

    response = exported(aiko_client, format="aiken")

    assert response.status_code == 422
    assert "Aiken can hold none of these questions" in response.content.decode()


def test_a_learner_gets_what_a_closed_attempt_has_shown(aiko_client):
    sat(aiko_client)

    assert len(ids(exported(aiko_client))) == 5
    assert exported(aiko_client, what="quiz:extra").status_code == 422


def test_a_learner_gets_a_question_as_soon_as_its_feedback_was_shown(aiko_client):
    attempt = start(aiko_client)
    first, *_ = rows(attempt)

    answer(aiko_client, first)

    assert ids(exported(aiko_client)) == [first.version.question]


def test_a_question_an_open_exam_asks_stays_here(aiko_client):
    sat(aiko_client, "extra")
    assert len(ids(exported(aiko_client, what="quiz:extra"))) == 8

    exam = start(aiko_client, "extra", mode="exam")
    for row in rows(exam):
        answer(aiko_client, row)

    for what in ("quiz:extra", "course:", "misses:", "due:"):
        assert exported(aiko_client, what=what).status_code == 422
    earlier = Attempt.objects.closed().get()
    assert exported(aiko_client, what=f"attempt:{earlier.pk}").status_code == 422
    submit(aiko_client, exam)
    assert len(ids(exported(aiko_client, what="quiz:extra"))) == 8


def test_what_ben_answered_is_not_aikos(aiko_client, ben):
    client = Client()
    client.force_login(ben)
    attempt = sat(client)

    assert exported(aiko_client, what=f"attempt:{attempt.pk}").status_code == 404
    assert exported(aiko_client).status_code == 422


@pytest.mark.parametrize("name", [one for one in formats.FORMATS if one != "pdf"])
def test_every_format_is_handed_out_as_a_file(chie_client, name):
    response = exported(chie_client, format=name, language="ja")

    wanted = formats.get(name)
    assert response.status_code == 200
    assert response["Content-Type"] == wanted.content_type
    assert f'filename="demo-ja.{wanted.extension}"' in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"format": "docx"}, "There is no such format"),
        ({"format": ""}, "Choose a format"),
        ({"what": "quiz:gone"}, "There are no such questions"),
        ({"what": "attempt:999999999999999999999999"}, ""),
        ({"what": "attempt:²"}, "There are no such questions"),
        ({"what": "nonsense"}, "There are no such questions"),
        ({"language": "fr"}, "fr"),
        ({"keys": "everywhere"}, "everywhere"),
    ],
)
def test_a_wish_that_makes_no_sense_is_answered_on_the_page(chie_client, wanted, told):
    response = exported(chie_client, **wanted)

    assert response.status_code in (404, 422)
    assert told in response.content.decode()


def test_pdf_says_how_to_get_it_where_it_is_not_installed(chie_client, monkeypatch):
    monkeypatch.setattr(pdf, "is_here", lambda: False)

    page = chie_client.get(PAGE, headers=ENGLISH).content.decode()
    refused = exported(chie_client, format="pdf")

    assert "pip install weasyprint" in page
    assert refused.status_code == 422
    assert "PDF needs WeasyPrint" in refused.content.decode()


def test_pdf_that_cannot_be_made_is_told(chie_client, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    assert exported(chie_client, format="pdf").status_code == 422


def test_the_page_to_print_may_use_its_own_style_and_nothing_else(chie_client):
    response = exported(chie_client, format="print")

    policy = response["Content-Security-Policy"]
    style = re.search(r"<style>(.*?)</style>", response.content.decode(), re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert f"'sha256-{digest}'" in policy
    assert response["Content-Disposition"].startswith("inline")


def test_the_page_says_what_every_format_carries_and_loses(chie_client):
    response = chie_client.get(PAGE, headers=ENGLISH)

    page = response.content.decode()
    assert all(f"<strong>{one.label}</strong>" in page for one in formats.FORMATS.values())
    assert page.count("Lost:") == len(formats.FORMATS)
    assert "Holds 9 of these 13 questions." in page


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_is_in_the_language_of_its_reader(aiko_client, language):
    page = aiko_client.get(PAGE, headers={"Accept-Language": language}).content.decode()

    assert ("書き出し" in page) == (language == "ja")


def test_guests_are_asked_to_sign_in(client):
    assert client.get(PAGE).status_code == 302
    assert client.get(FILE).status_code == 302


def test_a_course_that_is_not_there_is_not_found(aiko_client):
    assert aiko_client.get("/quizzes/nothing/export/").status_code == 404
    assert aiko_client.get("/quizzes/nothing/export/file/").status_code == 404


def test_files_are_only_fetched(aiko_client):
    assert aiko_client.post(FILE).status_code == 405
    assert aiko_client.post(PAGE).status_code == 405


def test_the_schema_is_published(client):
    response = client.get("/quizzes/questions.schema.json")

    assert response["Content-Type"] == "application/schema+json"
    assert json.loads(response.content)["title"].startswith("Questions of a Gantry course")


def test_pages_lead_to_the_export(aiko_client):
    attempt = sat(aiko_client)

    assert f"{PAGE}?what=quiz:first" in aiko_client.get("/quizzes/demo/first/").content.decode()
    result = aiko_client.get(f"/quizzes/attempts/{attempt.pk}/").content.decode()
    assert f"{PAGE}?what=attempt:{attempt.pk}" in result
    assert f"{PAGE}?what=misses:" in aiko_client.get("/review/").content.decode()
    assert PAGE in aiko_client.get("/quizzes/").content.decode()


def test_the_page_needs_few_queries(aiko_client, django_assert_max_num_queries):
    for _ in range(3):
        sat(aiko_client)

    with django_assert_max_num_queries(14):
        aiko_client.get(PAGE)
