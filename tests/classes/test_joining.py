"""Joining a class, leaving it, and coming back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from classes import classrooms, roster
from classes.models import Invitation, Membership
from tests.classes.conftest import client_of
from tests.classes.rows import make_member
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(room) -> str:
    return f"/classes/join/{room.join_code}/"


@pytest.fixture
def newcomer():
    return make_user("fumi")


def role_in(room, user) -> str | None:
    found = Membership.objects.present().filter(classroom=room, user=user).first()
    return found.role if found else None


def test_a_link_asks_first_and_then_lets_in(room, link, newcomer):
    client = client_of(newcomer)

    asked = client.get(link)
    joined = client.post(link)

    assert "Friday group" in asked.text
    assert joined.headers["Location"] == f"/classes/{room.pk}/"
    assert role_in(room, newcomer) == "learner"


def test_looking_at_a_link_joins_nobody(room, link, newcomer):
    client_of(newcomer).get(link)

    assert role_in(room, newcomer) is None


def test_a_guest_signs_in_first_and_comes_back_to_the_link(client, link):
    assert client.get(link).headers["Location"] == f"/accounts/login/?next={link}"


def test_joining_twice_is_joining_once(room, link, newcomer):
    client = client_of(newcomer)

    client.post(link)
    client.post(link)

    assert Membership.objects.filter(classroom=room, user=newcomer).count() == 1


def test_an_instructor_who_follows_the_link_stays_one(room, link, chie, chie_client):
    chie_client.post(link)

    assert role_in(room, chie) == "instructor"


def test_a_code_is_found_however_it_is_typed(room, newcomer):
    typed = f" {room.join_code[:5].lower()}-{room.join_code[5:]} "

    answer = client_of(newcomer).post("/classes/join/", {"code": typed})

    assert answer.headers["Location"] == f"/classes/join/{room.join_code}/"


@pytest.mark.parametrize("code", ["", "XXXX", "a" * 41, "\x00"])
def test_a_code_of_no_class_is_refused_with_what_to_do(room, newcomer, code):
    answer = client_of(newcomer).post("/classes/join/", {"code": code})

    assert answer.status_code == 422
    assert "error-summary" in answer.text


def test_a_replaced_link_leads_nowhere_and_says_so(room, link, newcomer):
    classrooms.rotate_code(room)

    for answer in (client_of(newcomer).get(link), client_of(newcomer).post(link)):
        assert answer.status_code == 404
        assert "may have been replaced" in answer.text
    assert role_in(room, newcomer) is None


@pytest.mark.parametrize("how", ["closed", "archived"])
def test_a_closed_or_archived_class_lets_nobody_in(room, link, newcomer, how):
    if how == "closed":
        classrooms.set_open(room, is_open=False)
    else:
        classrooms.archive(room, timezone.now())

    for answer in (client_of(newcomer).get(link), client_of(newcomer).post(link)):
        assert answer.status_code == 403
    assert role_in(room, newcomer) is None


def test_who_leaves_is_out_and_comes_back_with_their_terms(room, link, aiko, aiko_client):
    Membership.objects.filter(user=aiko).update(time_factor=Decimal("1.5"))

    aiko_client.post(f"/classes/{room.pk}/leave/")
    out = aiko_client.get(f"/classes/{room.pk}/").status_code
    aiko_client.post(link)

    back = Membership.objects.get(classroom=room, user=aiko)
    assert out == 404
    assert (back.left_at, back.time_factor) == (None, Decimal("1.5"))


def test_an_instructor_who_was_taken_out_comes_back_as_a_learner(room, link, newcomer):
    member = make_member(room, newcomer, Membership.Role.INSTRUCTOR)
    roster.remove(member, timezone.now())

    client_of(newcomer).post(link)

    assert role_in(room, newcomer) == "learner"


def test_an_invited_address_finds_the_class_at_home_and_joins(room, newcomer):
    Invitation.objects.create(classroom=room, email="fumi@example.com", created_at=timezone.now())
    client = client_of(newcomer)

    home = client.get("/")
    client.post(f"/classes/{room.pk}/accept/")

    assert "Friday group" in home.text
    assert role_in(room, newcomer) == "learner"
    assert not Invitation.objects.exists()


def test_an_invitation_opens_a_closed_door(room, newcomer):
    classrooms.set_open(room, is_open=False)
    Invitation.objects.create(classroom=room, email="fumi@example.com", created_at=timezone.now())

    client_of(newcomer).post(f"/classes/{room.pk}/accept/")

    assert role_in(room, newcomer) == "learner"


def test_somebody_elses_invitation_does_not_exist(room, newcomer):
    Invitation.objects.create(classroom=room, email="gen@example.com", created_at=timezone.now())

    assert client_of(newcomer).post(f"/classes/{room.pk}/accept/").status_code == 404
    assert role_in(room, newcomer) is None
