from __future__ import annotations

import threading

import pytest
from django.core import mail
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from accounts.adapter import save_new
from accounts.hashers import Argon2
from accounts.models import User
from tests.factories import make_user

PASSWORD = "correct horse battery"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("courses_dir")]


def sign_up(client: Client, username: str = "aiko", **more: str):
    form = {"username": username, "password1": PASSWORD, "password2": PASSWORD} | more
    return client.post(reverse("account_signup"), form)


def sign_in(client: Client, username: str, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": username, "password": password})


def test_the_first_account_owns_the_site(client):
    sign_up(client, "aiko")

    aiko = User.objects.get()
    assert (aiko.is_owner, aiko.is_staff, aiko.is_superuser) == (True, True, True)


def test_the_second_account_is_a_learner(client):
    make_user("chie", is_owner=True, is_staff=True)

    sign_up(client, "aiko")

    aiko = User.objects.get(username="aiko")
    assert (aiko.is_owner, aiko.is_staff, aiko.is_superuser) == (False, False, False)


def test_the_database_allows_one_owner():
    make_user("chie", is_owner=True, is_staff=True)

    with pytest.raises(IntegrityError):
        make_user("aiko", is_owner=True, is_staff=True)


def test_the_owner_is_staff_or_the_database_refuses():
    with pytest.raises(IntegrityError):
        make_user("chie", is_owner=True)


@pytest.mark.django_db(transaction=True)
def test_of_two_first_accounts_at_once_one_owns_the_site():
    barrier = threading.Barrier(2)

    def arrive(name: str) -> None:
        barrier.wait()
        save_new(User(username=name, password="!"))
        connection.close()

    threads = [threading.Thread(target=arrive, args=(name,)) for name in ("aiko", "ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert User.objects.count() == 2
    assert User.objects.filter(is_owner=True).count() == 1


def test_signing_up_needs_no_e_mail_and_signs_in(client):
    answer = sign_up(client)

    assert answer.status_code == 302
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_signing_up_keeps_the_language_of_the_page(client):
    client.cookies["django_language"] = "en"

    sign_up(client)

    assert User.objects.get().language == "en"


@pytest.mark.parametrize(
    "form",
    [
        {"password2": "another horse battery"},
        {"password1": "short", "password2": "short"},
        {"password1": "1234567890", "password2": "1234567890"},
        {"username": ""},
        {"email": "not an address"},
    ],
)
def test_a_sign_up_that_cannot_be_is_refused_and_keeps_the_name(client, form):
    answer = sign_up(client, **form)

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not User.objects.exists()


def test_a_closed_site_takes_no_sign_up_but_its_first(client, settings):
    settings.PORTAL_OPEN_SIGNUP = False

    sign_up(client, "chie")
    sign_up(Client(), "aiko")

    assert [user.username for user in User.objects.all()] == ["chie"]


def test_people_sign_in_by_name_or_by_address(client):
    make_user("aiko")

    assert sign_in(client, "aiko").status_code == 302
    assert sign_in(Client(), "aiko@example.com").status_code == 302


def test_a_wrong_password_is_said_without_a_traceback(client):
    make_user("aiko")

    answer = sign_in(client, "aiko", "wrong horse battery")

    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()


def test_guessing_one_account_is_stopped(client, settings):
    make_user("aiko")

    answers = [sign_in(Client(), "aiko", f"wrong {n}") for n in range(11)]

    assert len(answers[-1].context["form"].non_field_errors()) == 1
    assert sign_in(client, "aiko").status_code == 200


def test_a_class_behind_one_address_signs_in_at_once():
    names = [f"learner{n}" for n in range(40)]
    for name in names:
        make_user(name)

    statuses = {sign_in(Client(), name).status_code for name in names}

    assert statuses == {302}


def test_a_class_behind_one_address_signs_up_at_once():
    statuses = {sign_up(Client(), f"learner{n}").status_code for n in range(40)}

    assert statuses == {302}


def test_a_flood_of_sign_ups_is_answered_with_429(settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"signup": "3/h/ip"}

    answers = [sign_up(Client(), f"learner{n}") for n in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert answers[-1].templates[0].name == "429.html"


def test_a_password_is_changed(aiko_client):
    form = {"oldpassword": PASSWORD, "password1": "a better horse", "password2": "a better horse"}

    aiko_client.post(reverse("account_change_password"), form)

    assert sign_in(Client(), "aiko", "a better horse").status_code == 302


def test_a_password_is_reset_by_mail(client, aiko):
    client.post(reverse("account_reset_password"), {"email": aiko.email})
    link = next(
        word for word in mail.outbox[0].body.split() if "/accounts/password/reset/key/" in word
    )
    page = client.get(link, follow=True)
    form = {"password1": "a better horse", "password2": "a better horse"}

    client.post(page.request["PATH_INFO"], form)

    assert sign_in(Client(), "aiko", "a better horse").status_code == 302


def test_resetting_an_unknown_address_tells_nothing(client):
    answer = client.post(reverse("account_reset_password"), {"email": "nobody@example.com"})

    assert answer.status_code == 302
    assert answer.url == reverse("account_reset_password_done")


def test_passwords_are_kept_as_argon2id_with_owasps_cost():
    encoded = Argon2().encode("x", "saltsaltsalt")

    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize("url", ["account_login", "account_signup", "account_reset_password"])
def test_account_pages_open_to_guests(client, url):
    assert client.get(reverse(url)).status_code == 200


def test_the_profile_needs_a_sign_in(client):
    answer = client.get(reverse("accounts:profile"))

    assert answer.url == "/accounts/login/?next=/accounts/profile/"


def test_the_profile_keeps_name_language_and_time_zone(aiko_client, aiko):
    form = {"display_name": "愛子", "language": "en", "time_zone": "Europe/Berlin"}
    form |= {"review_limit": "40", "review_retention": "85"}

    answer = aiko_client.post(reverse("accounts:profile"), form, follow=True)

    aiko.refresh_from_db()
    assert (aiko.display_name, aiko.language, aiko.time_zone) == ("愛子", "en", "Europe/Berlin")
    assert (aiko.review_limit, aiko.review_retention) == (40, 85)
    assert "Your profile is saved." in answer.content.decode()


@pytest.mark.parametrize(
    "form",
    [
        {"language": "tlh"},
        {"time_zone": "Mars/Olympus"},
        {"display_name": "x" * 81},
        {"review_limit": "0"},
        {"review_retention": "98"},
    ],
)
def test_a_profile_that_cannot_be_is_refused(aiko_client, aiko, form):
    sound = {"review_limit": "30", "review_retention": "90"}

    answer = aiko_client.post(reverse("accounts:profile"), sound | form)

    aiko.refresh_from_db()
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(form)
    assert answer.context["form"].errors
    assert (aiko.display_name, aiko.language, aiko.time_zone) == ("", "", "")


def test_the_profile_refuses_other_methods(aiko_client):
    assert aiko_client.delete(reverse("accounts:profile")).status_code == 405


def test_a_site_without_mail_does_not_promise_any(client, settings):
    url = reverse("account_reset_password")

    assert 'type="email"' not in client.get(url).content.decode()

    settings.PORTAL_SENDS_MAIL = True
    assert 'type="email"' in client.get(url).content.decode()
