"""What those who teach change is kept: who did what to which class, without names."""

from __future__ import annotations

import pytest

from accounts.models import AuditEntry
from tests.classes.test_people import member_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db


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


def test_who_may_teach_is_kept(owner_client):
    fumi = make_user("fumi")

    owner_client.post("/classes/instructors/", {"person": "fumi"})
    owner_client.post(f"/classes/instructors/{fumi.pk}/")

    found = AuditEntry.objects.order_by("pk").values_list("action", "about")
    assert [one for one in found if one[0].startswith("instructor")] == [
        ("instructor made", f"user {fumi.pk}"),
        ("instructor dismissed", f"user {fumi.pk}"),
    ]
