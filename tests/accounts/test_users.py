"""The owner's pages: who has an account, and what the owner does for them."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.messages import get_messages
from django.test import Client

from accounts.forms import AddUserForm
from accounts.models import AuditEntry, User
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("courses_dir")]
URL = "/accounts/users/"
PASSWORD = "correct horse battery"
NEW = "a new one, quite long"


def signed_in(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def owner(db) -> User:
    return make_user("sato", is_owner=True, is_staff=True)


@pytest.fixture
def owner_client(owner) -> Client:
    """The owner has just entered the password."""
    client = signed_in(owner)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def page_of(user: User) -> str:
    return f"{URL}{user.pk}/"


def link_in(answer) -> str:
    [link] = re.findall(
        r'value="http://testserver(/accounts/password/reset/key/[^"]+)"', answer.text
    )
    return str(link)


def set_password(link: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    form = client.get(link, follow=True)
    here = form.redirect_chain[-1][0]
    done = client.post(here, {"password1": NEW, "password2": NEW})
    assert done.status_code == 302
    return client


def sign_in(name: str, password: str = PASSWORD):
    client = Client(headers={"accept-language": "en"})
    return client.post("/accounts/login/", {"login": name, "password": password})


def test_somebody_gets_an_account_while_sign_up_is_closed(owner_client, settings):
    settings.PORTAL_OPEN_SIGNUP = False

    made = owner_client.post(URL, {"username": "Ben", "email": "Ben@Example.com"})
    ben = User.objects.get(username="ben")
    assert made.headers["Location"] == page_of(ben)
    assert not ben.has_usable_password()
    set_password(link_in(owner_client.post(page_of(ben), {"act": "link"})))

    assert sign_in("ben@example.com", NEW).headers["Location"] == "/"
    kept = AuditEntry.objects.order_by("pk").values_list("action", "about")
    assert list(kept) == [
        ("account made", f"user {ben.pk}"),
        ("password link", f"user {ben.pk}"),
    ]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "two words"}, "username"),
        ({"username": "AIKO"}, "username"),
        ({"username": "ben", "email": "AIKO@example.com"}, "email"),
        ({"username": "ben", "email": "no address"}, "email"),
    ],
)
def test_an_account_that_cannot_be_made_says_why(owner_client, aiko, form, field):
    answer = owner_client.post(URL, form)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert User.objects.count() == 2


def test_a_link_works_once_and_only_for_its_account(owner_client, aiko, ben):
    link = link_in(owner_client.post(page_of(aiko), {"act": "link"}))
    set_password(link)

    again = Client(headers={"accept-language": "en"}).get(link, follow=True)
    assert "This link does not work any more" in again.text
    assert sign_in("aiko").status_code == 200  # the old password
    assert sign_in("aiko", NEW).status_code == 302
    assert sign_in("ben").status_code == 302


def test_who_is_closed_is_out_at_once_and_comes_back_as_they_were(owner_client, aiko):
    there = signed_in(aiko)
    assert there.get("/accounts/profile/").status_code == 200

    owner_client.post(page_of(aiko), {"act": "close"})
    assert there.get("/accounts/profile/").status_code == 302
    assert sign_in("aiko").headers["Location"] == "/accounts/inactive/"
    assert "This account is closed" in owner_client.get(page_of(aiko)).text

    owner_client.post(page_of(aiko), {"act": "reopen"})
    assert sign_in("aiko").headers["Location"] == "/"


def test_a_lost_second_factor_is_taken_away(owner_client, aiko):
    Authenticator.objects.create(user=aiko, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert "lost their second factor" in owner_client.get(page_of(aiko)).text

    owner_client.post(page_of(aiko), {"act": "remove factor"})

    assert not Authenticator.objects.exists()
    assert AuditEntry.objects.get().action == "second factor removed"
    assert "lost their second factor" not in owner_client.get(page_of(aiko)).text


@pytest.mark.parametrize("act", ["link", "remove factor", "hand over"])
def test_what_lets_one_in_as_somebody_else_asks_for_the_password_first(owner, aiko, act):
    Authenticator.objects.create(user=aiko, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = signed_in(owner)

    asked = client.post(page_of(aiko), {"act": act})
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    assert not AuditEntry.objects.exists()
    client.post(asked.headers["Location"], {"password": "not this"})
    assert not AuditEntry.objects.exists()
    client.post(asked.headers["Location"], {"password": PASSWORD, "next": page_of(aiko)})

    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    "act", ["link", "close", "dismiss", "hand over", "remove factor", "", "no such act"]
)
def test_the_owners_account_stays_as_it_is(owner, owner_client, act):
    answer = owner_client.post(page_of(owner), {"act": act})

    owner.refresh_from_db()
    assert answer.status_code == 422
    assert (owner.is_active, owner.is_staff) == (True, True)
    assert not AuditEntry.objects.exists()
    assert "changed in the owner’s own profile only" in answer.text


def test_the_site_is_handed_over(owner, owner_client, aiko):
    answer = owner_client.post(page_of(aiko), {"act": "hand over"})

    assert answer.headers["Location"] == "/"
    assert User.objects.get(is_owner=True) == aiko
    assert User.objects.get(pk=owner.pk).is_staff
    assert owner_client.get(URL).status_code == 403
    assert signed_in(User.objects.get(pk=aiko.pk)).get(URL).status_code == 200
    assert AuditEntry.objects.get().action == "site handed over"


def test_a_closed_account_cannot_own_the_site(owner, owner_client, aiko):
    User.objects.filter(pk=aiko.pk).update(is_active=False)

    assert owner_client.post(page_of(aiko), {"act": "hand over"}).status_code == 422
    assert User.objects.get(is_owner=True) == owner


def test_users_are_found_and_sorted_out(owner_client, aiko, ben):
    User.objects.filter(pk=ben.pk).update(is_active=False, display_name="Benjamin")
    make_user("robot", is_simulated=True)

    assert names_in(owner_client.get(URL)) == ["aiko", "ben", "sato"]
    assert names_in(owner_client.get(URL, {"q": "AIKO@"})) == ["aiko"]
    assert names_in(owner_client.get(URL, {"q": "jamin"})) == ["ben"]
    assert names_in(owner_client.get(URL, {"show": "instructors"})) == ["sato"]
    assert names_in(owner_client.get(URL, {"show": "closed"})) == ["ben"]
    assert "Nobody is like that." in owner_client.get(URL, {"q": "zoe"}).text


def names_in(answer) -> list[str]:
    return [one.username for one in answer.context["page"]]


@pytest.mark.parametrize("path", [f"{URL}?q=%00", f"{URL}?q=a%00iko", "/audit-log/?by=%00"])
def test_a_search_no_name_can_hold_is_answered(owner_client, aiko, path):
    assert owner_client.get(path).status_code == 200


def test_what_was_done_already_changes_nothing_and_is_told(owner_client, aiko):
    for act in ("appoint", "close"):
        owner_client.post(page_of(aiko), {"act": act})

        again = owner_client.post(page_of(aiko), {"act": act})

        assert again.status_code == 422
        assert "Nothing was changed" in again.text
    assert AuditEntry.objects.count() == 2


def test_of_two_who_make_the_same_account_at_once_one_is_told(owner_client, monkeypatch):
    make_user("ben")
    monkeypatch.setattr(AddUserForm, "clean_username", lambda form: form.cleaned_data["username"])

    answer = owner_client.post(URL, {"username": "ben"})

    assert answer.status_code == 422
    assert "Somebody took this name in the same moment." in answer.text
    assert User.objects.filter(username="ben").count() == 1


def test_simulated_learners_and_numbers_of_nobody_have_no_page(owner_client):
    robot = make_user("robot", is_simulated=True)

    assert owner_client.get(page_of(robot)).status_code == 404
    assert owner_client.get(f"{URL}987654/").status_code == 404


def test_a_page_of_fifty_costs_as_many_queries_as_one_of_few(
    owner_client, django_assert_num_queries
):
    with django_assert_num_queries(4) as first:
        owner_client.get(URL)
    for number in range(60):
        make_user(f"learner{number}")

    with django_assert_num_queries(len(first)):
        owner_client.get(URL)


def test_where_a_provider_decides_the_page_says_so(owner_client, aiko, settings):
    settings.PORTAL_OIDC_STAFF = "instructors"

    assert "Your organisation decides that anew" in owner_client.get(page_of(aiko)).text


def test_only_the_owner_finds_the_pages_in_the_menu(owner_client, aiko):
    assert f'href="{URL}"' in owner_client.get("/").text
    assert f'href="{URL}"' not in signed_in(aiko).get("/").text


def test_a_link_is_kept_by_no_cache(owner_client, aiko):
    answer = owner_client.post(page_of(aiko), {"act": "link"})

    assert "no-store" in answer.headers["Cache-Control"]
    assert not list(get_messages(answer.wsgi_request))
