"""What those who teach change is kept: who did what to which class, without names."""

from __future__ import annotations

import pytest

from accounts.models import AuditEntry
from classes.models import Invitation, Kind
from tests.classes.rows import make_assignment
from tests.classes.test_people import member_of

pytestmark = pytest.mark.django_db
TERMS = {"mode": "exam", "minutes": "20", "attempts": "1"}
QUIZ = TERMS | {"work": "quiz:first"}


def test_roles_marks_and_codes_leave_an_entry_each(room, aiko, chie, chie_client):
    member = member_of(room, aiko).pk
    home = f"/classes/{room.pk}"

    chie_client.post(f"{home}/people/{member}/", {"role": "assistant", "time_factor": "1"})
    form = {"percent": "90", "reason": "oral"}
    chie_client.post(f"{home}/gradebook/{member}/quiz/first/", form)
    chie_client.post(f"{home}/settings/code/")
    chie_client.post(f"{home}/people/{member}/remove/")

    entries = AuditEntry.objects.order_by("pk")
    assert [one.action for one in entries] == [
        "class role", "mark", "class code replaced", "class removal",
    ]  # fmt: skip
    assert {one.by for one in entries} == {chie}
    assert "oral" not in str([one.details for one in entries])


def test_everything_that_teachers_set_or_take_out_leaves_an_entry(room, chie, chie_client):
    home = f"/classes/{room.pk}"
    assignment = make_assignment(room, Kind.QUIZ, "extra").pk
    steps = [
        ("work set", "assignments/new/", QUIZ),
        ("work changed", f"assignments/{assignment}/", TERMS),
        ("work taken back", f"assignments/{assignment}/take-back/", {}),
        ("invitation", "people/invite/", {"emails": "gen@example.com", "apply": "1"}),
        ("class changed", "settings/", {"name": "Monday", "time_zone": "Asia/Tokyo"}),
        ("class closed", "settings/door/", {"open": "0"}),
        ("class opened", "settings/door/", {"open": "1"}),
        ("class archived", "settings/archive/", {"archived": "1"}),
        ("class restored", "settings/archive/", {"archived": "0"}),
    ]

    for _action, path, form in steps:
        assert chie_client.post(f"{home}/{path}", form).status_code == 302
    chie_client.post(f"{home}/invitations/{Invitation.objects.get().pk}/withdraw/")
    chie_client.get(f"{home}/results/csv/")

    entries = AuditEntry.objects.order_by("pk")
    kept = [action for action, _path, _form in steps] + ["invitation withdrawn", "results taken"]
    assert [one.action for one in entries] == kept
    assert {one.by for one in entries} == {chie}
    assert {one.about.split(", ")[0] for one in entries} == {f"class {room.pk}"}


def test_what_is_refused_leaves_none(room, chie_client):
    chie_client.post(f"/classes/{room.pk}/settings/", {"name": "", "time_zone": "Asia/Tokyo"})
    chie_client.post(f"/classes/{room.pk}/people/invite/", {"emails": "gen@example.com"})
    chie_client.get(f"/classes/{room.pk}/results/")

    assert not AuditEntry.objects.exists()
