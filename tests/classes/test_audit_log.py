"""The owner reads what staff and commands did, in words and with the names of now."""

from __future__ import annotations

import pytest

from accounts.audit import Act, audit
from accounts.models import AuditEntry
from classes.models import Membership
from tests.factories import make_user

pytestmark = pytest.mark.django_db
URL = "/audit-log/"


@pytest.fixture
def member(room, aiko):
    return Membership.objects.get(classroom=room, user=aiko).pk


def test_who_did_what_about_whom_is_told_by_name(room, member, chie, owner_client):
    about = f"class {room.pk}, quiz first"
    audit(Act.MARK, by=chie, about=about, member=member, percent=90.0)

    page = owner_client.get(URL).text

    assert ">Chie</td>" in page
    assert "<td>Set a mark</td>" in page
    assert f'<a href="/classes/{room.pk}/people/">class “Friday group”</a>' in page
    assert "</a> · quiz first" in page
    assert "member: aiko · mark in percent: 90.0" in page


def test_it_is_told_in_japanese(room, member, chie, owner_client):
    audit(Act.ROLE, by=chie, about=f"class {room.pk}", member=member, role="assistant")

    answer = owner_client.get(URL, headers={"accept-language": "ja"})

    [row] = answer.context["rows"]
    assert '<h1 id="log-title">監査ログ</h1>' in answer.text
    assert (row.act, row.details) == (
        "メンバーの役割または時間を変更",
        ["メンバー：aiko", "役割：アシスタント"],
    )
    assert [piece.text for piece in row.about] == ["クラス「Friday group」"]


def test_what_is_gone_keeps_its_number(chie, owner_client):
    audit(Act.INSTRUCTOR_MADE, by=chie, about="user 999")
    audit(Act.CLASS_CODE, by=chie, about="class 998")
    chie.delete()

    page = owner_client.get(URL).text

    assert "account 999" in page
    assert "class 998" in page
    assert page.count("Command line, or an account that is gone") == 2


def test_an_entry_of_another_release_is_told_as_it_is(owner_client):
    AuditEntry.objects.create(
        at="2026-01-01T00:00Z",
        action="class dyed",
        about="hue 7, x",
        details={"member": "x", "shade": ["dark"]},
    )

    page = owner_client.get(URL).text

    assert "<td>class dyed</td>" in page
    assert "hue 7" in page
    assert "member: x · shade: [&#x27;dark&#x27;]" in page


def test_names_are_escaped(owner_client):
    audit(Act.CLASS_CODE, by=make_user("eve", display_name="<b>Eve</b>"), about="<i>x</i>")

    page = owner_client.get(URL).text

    assert "&lt;b&gt;Eve" in page
    assert "<i>x" not in page


def test_it_is_filtered_by_act_and_by_person_and_paged(chie, owner_client):
    for _ in range(60):
        audit(Act.CLASS_CODE, by=chie, about="class 1")
    audit(Act.RESTORED, about="gantry.backup", rows=3, replaced=True)

    assert rows_of(owner_client.get(URL)) == 50
    assert rows_of(owner_client.get(URL, {"page": 2})) == 11
    assert rows_of(owner_client.get(URL, {"act": "restore"})) == 1
    assert rows_of(owner_client.get(URL, {"by": "CHI", "page": 2})) == 10
    assert rows_of(owner_client.get(URL, {"act": "no such act", "page": "x"})) == 50
    assert "No entry is like that." in owner_client.get(URL, {"by": "nobody"}).text


def rows_of(answer) -> int:
    return len(answer.context["rows"])


def test_an_empty_log_says_when_it_begins(owner_client):
    assert "It begins with the first class." in owner_client.get(URL).text


def test_a_full_page_costs_as_many_queries_as_a_short_one(
    room,
    member,
    chie,
    owner_client,
    django_assert_num_queries,
):
    audit(Act.ROLE, by=chie, about=f"class {room.pk}, user {chie.pk}", member=member)
    with django_assert_num_queries(7) as first:
        owner_client.get(URL)
    for number in range(40):
        audit(Act.ROLE, by=make_user(f"s{number}"), about=f"class {number}, user {number}")

    with django_assert_num_queries(len(first)):
        owner_client.get(URL)
