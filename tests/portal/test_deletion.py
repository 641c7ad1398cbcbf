"""Deleting one's account: all of it, nothing of others, and not by accident."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.audit import Act, audit
from accounts.models import AuditEntry, User
from classes import classrooms
from classes.models import Mark, Membership
from portal import deletion, own_data
from quizzes.models import Override
from tests.classes.conftest import (  # noqa: F401 - fixtures
    chie,
    class_course,
    client_of,
    dan,
    other_room,
    owner,
    room,
)
from tests.classes.rows import make_member
from tests.factories import make_user
from tests.portal.own_rows import make_attempts, make_everything

pytestmark = pytest.mark.django_db
URL = "/accounts/data/delete/"
PASSWORD = "correct horse battery"


def sure(user: User) -> Client:
    """Return the client of somebody who has just entered the password once more."""
    client = client_of(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def is_here(user: User) -> bool:
    return User.objects.filter(pk=user.pk).exists()


@pytest.fixture
def everything(room, other_room, aiko, ben, chie):  # noqa: F811
    make_everything(aiko, chie, room)
    make_everything(ben, chie, other_room)
    return aiko


def test_the_account_and_everything_of_it_are_gone_and_nothing_of_others(everything, ben, chie):  # noqa: F811
    of_ben = own_data.archive(ben)
    client = sure(everything)

    answer = client.post(URL, {"username": "aiko"}, follow=True)

    assert answer.redirect_chain == [("/", 302)]
    assert "Your account and everything of it are deleted." in answer.text
    assert "_auth_user_id" not in client.session
    assert not is_here(everything)
    assert own_data.archive(ben) == of_ben
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if field.related_model is User:
                assert not model._base_manager.filter(**{field.name: everything.pk}).exists()


def test_marks_given_and_the_record_of_acts_stay_without_a_name(everything, ben, room, chie, dan):  # noqa: F811
    make_member(room, make_user("fumi"), Membership.Role.INSTRUCTOR)
    audit(Act.REGRADE, by=chie, about="demo/b-1")
    before = own_data.archive(everything), own_data.archive(ben)

    answer = sure(chie).post(URL, {"username": "chie"})

    assert answer.status_code == 302
    assert not is_here(chie)
    assert (own_data.archive(everything), own_data.archive(ben)) == before
    assert {one.by for one in Override.objects.all()} == {None}
    assert {one.by for one in Mark.objects.all()} == {None}
    assert AuditEntry.objects.get().by is None


def test_the_owner_deletes_a_closed_account_for_good(everything, owner, ben):  # noqa: F811
    number, of_ben = everything.pk, own_data.archive(ben)
    client, page = sure(owner), f"/accounts/users/{number}/delete/"
    open_still = client.post(page, {"username": everything.username})
    assert open_still.status_code == 422
    assert "Close it first" in open_still.text
    client.post(f"/accounts/users/{number}/", {"act": "close"})
    assert client.post(page, {"username": "ben"}).status_code == 422
    assert is_here(everything)

    answer = client.post(page, {"username": everything.username})

    assert answer["Location"] == "/accounts/users/"
    assert not is_here(everything)
    assert own_data.archive(ben) == of_ben
    assert is_here(owner)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.about) == ("account deleted", f"user {number}")


def test_the_owner_is_asked_for_the_password_before_deleting_anybody(owner, aiko):  # noqa: F811
    User.objects.filter(pk=aiko.pk).update(is_active=False)
    client, page = client_of(owner), f"/accounts/users/{aiko.pk}/delete/"

    asked = client.post(page, {"username": "aiko"})["Location"]
    assert is_here(aiko)
    client.post(asked, {"password": PASSWORD, "next": page})

    assert not is_here(aiko)
    assert client.get("/accounts/users/").status_code == 200


def test_who_teaches_a_class_alone_is_not_deleted_by_the_owner_either(room, chie, owner):  # noqa: F811
    User.objects.filter(pk=chie.pk).update(is_active=False)

    answer = sure(owner).post(f"/accounts/users/{chie.pk}/delete/", {"username": "chie"})

    assert answer.status_code == 422
    assert "“Friday group” would have no instructor left." in answer.text
    assert is_here(chie)


def test_every_other_session_ends_with_the_account(aiko):
    elsewhere = client_of(aiko)

    sure(aiko).post(URL, {"username": "aiko"})

    assert elsewhere.get("/accounts/profile/").status_code == 302


def test_the_password_is_asked_for_before_anything_is_deleted(aiko):
    client = client_of(aiko)

    answer = client.post(URL, {"username": "aiko"})

    assert answer["Location"] == f"/accounts/reauthenticate/?next={URL.replace('/', '%2F')}"
    assert is_here(aiko)


def test_after_a_wrong_password_the_account_is_here(aiko):
    client = client_of(aiko)
    asked = client.post(URL, {"username": "aiko"})["Location"]

    client.post(asked, {"password": "wrong", "next": URL})

    assert is_here(aiko)


def test_after_the_right_password_the_deletion_goes_on(aiko):
    client = client_of(aiko)
    asked = client.post(URL, {"username": "aiko"})["Location"]

    answer = client.post(asked, {"password": PASSWORD, "next": URL}, follow=True)

    assert "Your account and everything of it are deleted." in answer.text
    assert not is_here(aiko)


def test_who_signs_in_only_elsewhere_has_no_password_to_enter(aiko):
    aiko.set_unusable_password()
    aiko.save()

    client_of(aiko).post(URL, {"username": "aiko"})

    assert not is_here(aiko)


@pytest.mark.parametrize("typed", ["", "Aiko", "ben", "aiko@example.com", "x" * 500])
def test_another_name_than_ones_own_deletes_nothing(aiko, ben, typed):
    answer = sure(aiko).post(URL, {"username": typed})

    assert answer.status_code == 422
    assert is_here(aiko)
    assert is_here(ben)


def test_the_owner_stays(owner):  # noqa: F811
    client = client_of(owner)

    page, answer = client.get(URL), client.post(URL, {"username": "owner"})

    assert '<form class="form"' not in page.text
    assert answer.status_code == 422
    assert "You own this site, and it needs an owner." in answer.text
    assert is_here(owner)


def test_the_last_instructor_of_a_class_stays_and_the_class_is_named(room, chie):  # noqa: F811
    answer = client_of(chie).post(URL, {"username": "chie"})

    assert answer.status_code == 422
    assert "“Friday group” would have no instructor left." in answer.text
    assert is_here(chie)
    assert Membership.objects.filter(user=chie).exists()


def test_an_instructor_goes_once_somebody_else_teaches(room, chie, dan):  # noqa: F811
    Membership.objects.filter(user=dan).update(role=Membership.Role.INSTRUCTOR)

    sure(chie).post(URL, {"username": "chie"})

    assert not is_here(chie)


def test_an_instructor_who_left_does_not_count(room, chie, dan):  # noqa: F811
    Membership.objects.filter(user=dan).update(
        role=Membership.Role.INSTRUCTOR, left_at=timezone.now()
    )

    sure(chie).post(URL, {"username": "chie"})

    assert is_here(chie)


def test_an_instructor_goes_once_the_class_is_archived(room, chie):  # noqa: F811
    classrooms.archive(room, timezone.now())

    sure(chie).post(URL, {"username": "chie"})

    assert not is_here(chie)


def test_a_class_made_while_the_password_was_typed_is_seen(room, chie, monkeypatch):  # noqa: F811
    with pytest.raises(deletion.AccountNeededError) as refused:
        deletion.delete(chie.pk)

    assert "Friday group" in refused.value.reasons[0]
    assert is_here(chie)


def test_a_deletion_that_breaks_leaves_everything(everything, monkeypatch):
    before = own_data.archive(everything)
    real = User.delete

    def breaks(self, *args, **kwargs):
        real(self, *args, **kwargs)
        raise RuntimeError

    monkeypatch.setattr(User, "delete", breaks)
    with pytest.raises(RuntimeError):
        deletion.delete(everything.pk)

    assert own_data.archive(everything) == before


def test_the_page_counts_what_goes_and_says_what_stays(everything):
    make_attempts(everything, 2)

    page = client_of(everything).get(URL)

    losses = {one.title: one.count for one in page.context["losses"]}
    assert losses["Attempts at quizzes"] == 3
    assert losses["Answers in them"] == 15
    assert losses["Memberships of classes"] == 1
    assert "Marks you gave to others, without your name." in page.text
    assert "/accounts/data/archive/" in page.text


def test_queries_of_the_page_do_not_grow(everything):
    client = client_of(everything)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(URL)
        return len(queries)

    few = count()
    make_attempts(everything, 9)

    assert count() == few


def test_another_site_cannot_delete_an_account(aiko):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(aiko)

    assert strict.post(URL, {"username": "aiko"}).status_code == 403
    assert is_here(aiko)


def test_guests_sign_in_first_and_other_methods_are_refused(aiko):
    assert Client().post(URL, {"username": "aiko"}).status_code == 302
    assert client_of(aiko).delete(URL).status_code == 405
    assert is_here(aiko)
