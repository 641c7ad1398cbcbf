"""What the site holds about a person, in their own hands."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.models import User
from classes.models import Classroom, Invitation
from portal import own_data
from quizzes.models import Answer, Attempt
from tests.classes.conftest import (  # noqa: F401 - fixtures
    chie,
    class_course,
    client_of,
    dan,
    other_room,
    room,
)
from tests.portal.own_rows import EXTERNAL_ID, TOTP_KEY, make_attempts, make_everything

pytestmark = pytest.mark.django_db
PAGE, ARCHIVE = "/accounts/data/", "/accounts/data/archive/"


@pytest.fixture
def everything(room, other_room, aiko, ben, chie):  # noqa: F811
    """Aiko and Ben have worked everywhere; Chie marked both."""
    make_everything(aiko, chie, room)
    make_everything(ben, chie, other_room)
    return aiko


def files(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        assert found.testzip() is None
        return {name: found.read(name) for name in found.namelist()}


def tables(user: User) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files(own_data.archive(user))["data.json"])
    tables: dict[str, Any] = found["tables"]
    return tables


def lines(user: User, name: str) -> list[dict[str, str]]:
    text = files(own_data.archive(user))[f"{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_every_model_of_people_is_in_the_archive_or_says_why_not():
    pointing = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model is User
        if not field.many_to_many
    }
    declared = {model._meta.label for part in own_data.PARTS for model in part.models}

    assert pointing <= declared | set(own_data.NOT_IN_IT)
    assert set(own_data.NOT_IN_IT) <= pointing
    assert not declared & set(own_data.NOT_IN_IT)


def test_every_column_of_the_profile_but_the_password_is_in_it(everything):
    columns = {field.name for field in User._meta.concrete_fields}

    (profile,) = tables(everything)["profile"]

    assert columns - set(profile) == {"id", "password"}
    assert profile["username"] == "aiko"


def test_every_table_has_something_of_somebody_who_did_everything(everything):
    found = tables(everything)

    empty = {name for name, rows in found.items() if not rows}

    assert empty == {"answer_marks_given", "work_marks_given"}


def test_json_and_csv_have_the_same_tables_columns_and_rows(everything):
    found = files(own_data.archive(everything))
    data = json.loads(found.pop("data.json"))

    assert set(found) == {f"{name}.csv" for name in data["tables"]}
    for name, rows in data["tables"].items():
        written = lines(everything, name)
        assert len(written) == len(rows)
        assert [list(one) for one in written] == [list(one) for one in rows]


def test_answers_say_what_was_asked_and_picked_in_the_language_of_the_attempt(everything):
    Attempt.objects.update(language="ja")

    found = {one["question"]: one for one in tables(everything)["answers"]}

    asked = found["a-single"]
    assert asked["prompt"] == "a-single について答えてください。"
    assert asked["picked_words"] == ["alphaです"]
    assert asked["credit"] == 1
    assert found["a-multiple"]["picked_words"] == ["alphaです", "charlieです"]
    assert found["a-short"]["picked"] is None


@pytest.mark.parametrize(
    ("question", "picked", "words"),
    [
        ("a-ordering", [1, 0, 2], ["bravo", "alpha", "charlie"]),
        ("a-matching", [1, -1, 2], ["alpha → mate of bravo", "charlie → mate of charlie"]),
        ("a-short", "=cmd", ["=cmd"]),
        ("a-single", [], []),
    ],
)
def test_what_was_picked_is_in_words(everything, question, picked, words):
    Answer.objects.filter(version__question=question).update(picked=picked)

    found = {one["question"]: one for one in tables(everything)["answers"]}

    assert found[question]["picked_words"] == words


def test_marks_come_with_their_reason(everything):
    found = tables(everything)

    assert [(one["credit"], one["reason"]) for one in found["answer_marks"]] == [
        (0.5, "=HALF(right)")
    ]
    assert [(one["class"], one["percent"]) for one in found["work_marks"]] == [("Friday group", 80)]


def test_who_marks_finds_where_and_when_but_nothing_of_others(everything, chie):  # noqa: F811
    found = tables(chie)

    assert len(found["answer_marks_given"]) == len(found["work_marks_given"]) == 2
    assert set(found["answer_marks_given"][0]) == {"at", "course", "question"}
    assert set(found["work_marks_given"][0]) == {"kind", "slug", "at", "class", "course"}


def test_no_cell_runs_as_a_formula(everything):
    everything.display_name = "@SUM(A1)"
    everything.save()

    assert lines(everything, "answer_marks")[0]["reason"] == "'=HALF(right)"
    assert lines(everything, "work_marks")[0]["reason"] == "'+well built"
    assert lines(everything, "profile")[0]["display_name"] == "'@SUM(A1)"
    assert tables(everything)["profile"][0]["display_name"] == "@SUM(A1)"


def test_no_secret_is_in_it(everything):
    client = client_of(everything)
    key = str(client.session.session_key)

    content = b"".join(files(client.get(ARCHIVE).content).values()).decode()

    assert everything.password not in content
    for secret in (EXTERNAL_ID, TOTP_KEY, key, "said by team"):
        assert secret not in content


def test_nobody_else_is_in_it(everything):
    content = b"".join(files(own_data.archive(everything)).values()).decode()

    for other in ("ben", "chie", "dan", "emi", "Elsewhere", "Chie"):
        assert other not in content


def test_the_right_answer_is_not_in_it(everything):
    content = b"".join(files(own_data.archive(everything)).values()).decode()

    for key in ("because alpha", "This is why.", "Alpha-Form"):
        assert key not in content


def test_an_open_attempt_tells_neither_credit_nor_what_gives_the_key_away(room, aiko):  # noqa: F811
    client = client_of(aiko)
    client.post("/quizzes/demo/extra/start/", {"mode": "exam"})
    row = Answer.objects.filter(attempt__user=aiko).earliest("position")
    client.post(f"/quizzes/attempts/{row.attempt_id}/{row.position}/", {"choice": "0"})

    found = tables(aiko)["answers"]

    assert [one["picked_words"] for one in found if one["picked_words"]] == [["alpha"]]
    assert {(one["picked"], one["order"]) for one in found} == {(None, None)}
    assert {(one["credit"], one["is_scored"]) for one in found} == {(None, None)}


def test_the_same_data_give_the_same_bytes(everything):
    with translation.override("ja"), timezone.override("Asia/Tokyo"):
        first = own_data.archive(everything)

    with translation.override("en"), timezone.override("UTC"):
        second = own_data.archive(User.objects.get(pk=everything.pk))

    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as found:
        assert {one.date_time for one in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_person_without_an_address_gets_no_invitation_of_others(everything):
    everything.email = ""
    everything.save()
    Invitation.objects.filter(classroom=Classroom.objects.first()).update(email="")

    assert tables(everything)["invitations"] == []


def test_queries_do_not_grow_with_the_work(everything):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            own_data.archive(everything)
        return len(queries)

    make_attempts(everything, 2)
    few = count()
    make_attempts(everything, 27)

    assert Attempt.objects.filter(user=everything).count() == 30
    assert count() == few <= 20


def test_the_archive_is_a_file_named_for_the_day_and_never_kept_by_a_cache(aiko_client, aiko):
    aiko.time_zone = "Pacific/Kiritimati"
    aiko.save()

    answer = aiko_client.get(ARCHIVE)

    day = timezone.localdate(timezone=ZoneInfo("Pacific/Kiritimati"))
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"] == f'attachment; filename="gantry-data-{day}.zip"'
    assert "no-store" in answer["Cache-Control"]
    assert "data.json" in files(answer.content)


@pytest.mark.parametrize("url", [PAGE, ARCHIVE])
def test_guests_sign_in_first_and_nothing_is_changed_here(url, aiko_client):
    assert Client().get(url).status_code == 302
    assert aiko_client.post(url).status_code == 405


def test_the_page_names_every_table_and_the_profile_leads_to_it(aiko_client):
    page = aiko_client.get(PAGE).text

    assert all(f"{part.name}.csv" in page for part in own_data.PARTS)
    assert ARCHIVE in page
    assert PAGE in aiko_client.get("/accounts/profile/").text
