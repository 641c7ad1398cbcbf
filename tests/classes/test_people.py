"""Who is in a class, what they are in it, and inviting more."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from classes import roster
from classes.models import Invitation, Membership
from classes.roster import LastInstructorError
from tests.classes.rows import make_member
from tests.factories import make_user
from tests.quizzes.test_races import at_once

pytestmark = pytest.mark.django_db
ROLE = {"role": "assistant", "time_factor": "1.25"}


def member_of(room, user) -> Membership:
    return Membership.objects.get(classroom=room, user=user)


def people_url(room) -> str:
    return f"/classes/{room.pk}/people/"


def test_a_search_no_name_can_hold_is_answered(room, chie_client):
    assert chie_client.get(people_url(room) + "?q=%00").status_code == 200


def test_the_list_names_everybody_and_finds_by_part_of_a_name(room, chie_client):
    everybody = chie_client.get(people_url(room)).text
    found = chie_client.get(people_url(room) + "?q=AIK").text

    assert all(one in everybody for one in ("chie@example.com", "dan@", "aiko@"))
    assert "aiko@" in found
    assert "dan@" not in found


def test_a_page_of_people_costs_the_same_for_three_and_for_thirty(
    room, chie_client, django_assert_num_queries
):
    chie_client.get(people_url(room))
    with django_assert_num_queries(6):
        chie_client.get(people_url(room))
    for number in range(30):
        make_member(room, make_user(f"learner{number}"))
    with django_assert_num_queries(6):
        chie_client.get(people_url(room))


def test_a_member_gets_another_role_and_more_time(room, aiko, chie_client):
    member = member_of(room, aiko)

    chie_client.post(f"{people_url(room)}{member.pk}/", ROLE)

    member.refresh_from_db()
    assert (member.role, str(member.time_factor)) == ("assistant", "1.25")


@pytest.mark.parametrize(
    "form", [{}, {"role": "king", "time_factor": "1"}, {"role": "learner", "time_factor": "9"}]
)
def test_a_role_that_cannot_be_is_refused(room, aiko, chie_client, form):
    member = member_of(room, aiko)

    answer = chie_client.post(f"{people_url(room)}{member.pk}/", form)

    assert answer.status_code == 422
    member.refresh_from_db()
    assert member.role == "learner"


def test_the_last_instructor_stays_one(room, chie, chie_client):
    member = member_of(room, chie)

    changed = chie_client.post(f"{people_url(room)}{member.pk}/", ROLE)
    chie_client.post(f"{people_url(room)}{member.pk}/remove/")
    left = chie_client.post(f"/classes/{room.pk}/leave/", follow=True)

    member.refresh_from_db()
    assert changed.status_code == 422
    assert "would have no instructor left" in left.text
    assert (member.role, member.left_at) == ("instructor", None)


@pytest.mark.django_db(transaction=True)
def test_two_instructors_who_leave_at_once_leave_one_behind(room, chie):
    other = make_member(room, make_user("gen"), Membership.Role.INSTRUCTOR)
    mine = member_of(room, chie)

    came = at_once(
        lambda: roster.remove(mine, timezone.now()), lambda: roster.remove(other, timezone.now())
    )

    assert [type(one) for one in came if one is not None] == [LastInstructorError]
    assert Membership.objects.instructors().filter(classroom=room).count() == 1


def test_a_list_is_shown_before_anything_happens(room, aiko, chie_client):
    make_user("fumi")
    text = "mail\nFUMI@example.com\nnew@example.com\naiko@example.com\nnobody"

    shown = chie_client.post(f"{people_url(room)}invite/", {"emails": text})

    assert shown.status_code == 200
    assert "fumi@example.com" in shown.text
    assert "no address in it" in shown.text
    assert Membership.objects.filter(classroom=room).count() == 3
    assert not Invitation.objects.exists()


def test_a_list_lets_in_who_has_an_account_and_invites_the_others(room, chie_client):
    fumi = make_user("fumi")
    text = "FUMI@example.com\nnew@example.com"

    for _ in range(2):  # twice is the same as once
        chie_client.post(f"{people_url(room)}invite/", {"emails": text, "apply": "1"})

    assert member_of(room, fumi).role == "learner"
    assert list(Invitation.objects.values_list("email", flat=True)) == ["new@example.com"]


def test_who_left_comes_back_by_a_list_and_a_present_instructor_stays_one(room, aiko, chie_client):
    roster.remove(member_of(room, aiko), timezone.now())
    text = "aiko@example.com\nchie@example.com"

    chie_client.post(f"{people_url(room)}invite/", {"emails": text, "apply": "1"})

    assert member_of(room, aiko).left_at is None
    assert Membership.objects.instructors().filter(classroom=room).count() == 1


def test_a_file_of_a_japanese_spreadsheet_is_read(room, chie_client):
    data = "氏名,アドレス\n田中,new@example.com".encode("cp932")

    shown = chie_client.post(
        f"{people_url(room)}invite/", {"file": SimpleUploadedFile("名簿.csv", data)}
    )

    assert "new@example.com" in shown.text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04\x00\x00", "not text that can be read"),
        (b"a@example.com\n" * 10_001, "more than 10,000 lines"),
        (b"a" * 2_000_001, "larger than 2 MB"),
        (b"", "empty"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_to_do(room, chie_client, data, words):
    answer = chie_client.post(
        f"{people_url(room)}invite/", {"file": SimpleUploadedFile("list.csv", data)}
    )

    assert answer.status_code == 422
    assert words in answer.text


def test_nothing_to_invite_is_refused(room, chie_client):
    assert chie_client.post(f"{people_url(room)}invite/", {"emails": " \n"}).status_code == 422


def test_what_a_list_says_is_never_markup(room, chie_client):
    answer = chie_client.post(
        f"{people_url(room)}invite/", {"emails": "x\n<script>alert(1)</script>@"}
    )

    assert "<script>alert" not in answer.text


def test_ten_thousand_addresses_are_invited_in_few_statements(
    room, chie_client, django_assert_max_num_queries
):
    text = "\n".join(f"learner{number}@example.com" for number in range(10_000))

    with django_assert_max_num_queries(90):
        chie_client.post(f"{people_url(room)}invite/", {"emails": text, "apply": "1"})

    assert Invitation.objects.count() == 10_000


def test_an_invitation_can_be_taken_back(room, chie_client):
    waiting = Invitation.objects.create(
        classroom=room, email="x@example.com", created_at=timezone.now()
    )

    chie_client.post(f"/classes/{room.pk}/invitations/{waiting.pk}/withdraw/")

    assert not Invitation.objects.exists()


def test_a_member_of_another_class_is_not_here(room, other_room, chie_client):
    elsewhere = Membership.objects.filter(classroom=other_room).latest("pk")

    for path in (f"{elsewhere.pk}/", f"{elsewhere.pk}/remove/"):
        assert chie_client.post(people_url(room) + path, ROLE).status_code == 404
