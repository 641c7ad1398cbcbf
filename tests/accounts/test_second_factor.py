from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from django.test import Client

from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("courses_dir")]
AT = "/accounts/second-factor"
PASSWORD = "correct horse battery"


def sign_in(client: Client, username: str = "aiko"):
    return client.post("/accounts/login/", {"login": username, "password": PASSWORD})


def code_of(secret: str) -> str:
    counter = int(time.time()) // 30
    return str(auth.format_hotp_value(auth.hotp_value(secret, counter)))


@pytest.fixture
def signed_in(aiko):
    client = Client(headers={"Accept-Language": "en"})
    sign_in(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.fixture
def secret(signed_in):
    """Turn the second factor on, and give its key."""
    key = signed_in.get(f"{AT}/totp/activate/").context["form"].secret
    answer = signed_in.post(f"{AT}/totp/activate/", {"code": code_of(key)})
    assert answer.status_code == 302
    return key


def test_the_key_is_shown_as_a_picture_the_policy_allows(signed_in):
    page = signed_in.get(f"{AT}/totp/activate/").content.decode()

    assert "<svg" in page
    assert "<?xml" not in page
    assert "data:image" not in page


def test_a_wrong_code_turns_nothing_on(signed_in, aiko):
    signed_in.get(f"{AT}/totp/activate/")

    page = signed_in.post(f"{AT}/totp/activate/", {"code": "000000"})

    assert "Incorrect code." in page.content.decode()
    assert not Authenticator.objects.filter(user=aiko).exists()


def test_a_password_alone_lets_nobody_in(secret):
    client = Client()

    answer = sign_in(client)

    assert answer.url.startswith(f"{AT}/authenticate/")
    assert "_auth_user_id" not in client.session
    assert client.get("/accounts/profile/").status_code == 302


def test_the_code_of_now_lets_in_once(secret, aiko):
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client)

    cache.clear()  # turning it on used the code of this half minute already
    code = code_of(secret)
    first.post(f"{AT}/authenticate/", {"code": code})
    second.post(f"{AT}/authenticate/", {"code": code})

    signed = ["_auth_user_id" in client.session for client in (first, second)]
    assert signed == [True, False]


def test_a_recovery_code_lets_in_once(secret, signed_in):
    page = signed_in.get(f"{AT}/recovery-codes/")
    code = page.context["unused_codes"][0]
    first, second = Client(), Client()

    for client in (first, second):
        sign_in(client)
        client.post(f"{AT}/authenticate/", {"code": code})

    assert "_auth_user_id" in first.session
    assert "_auth_user_id" not in second.session


def test_the_profile_leads_to_it_and_it_can_be_turned_off(secret, signed_in, aiko):
    assert f'href="{AT}/"' in signed_in.get("/accounts/profile/").content.decode()
    assert "It is on" in signed_in.get(f"{AT}/").content.decode()
    assert signed_in.get(f"{AT}/recovery-codes/generate/").status_code == 200
    assert signed_in.get(f"{AT}/totp/deactivate/").status_code == 200

    signed_in.post(f"{AT}/totp/deactivate/")

    assert "It is off" in signed_in.get(f"{AT}/").content.decode()
    assert not Authenticator.objects.filter(user=aiko).exists()


def test_another_persons_second_factor_is_not_touched(secret, aiko):
    make_user("ben")
    client = Client()
    sign_in(client, "ben")

    client.post(f"{AT}/totp/deactivate/")

    assert Authenticator.objects.filter(user=aiko, type="totp").exists()


def test_a_change_asks_for_the_password_once_more(aiko):
    client = Client()
    sign_in(client)

    answer = client.get(f"{AT}/totp/activate/")

    assert answer["Location"].startswith("/accounts/reauthenticate/")


def test_guests_are_asked_to_sign_in(client):
    assert client.get(f"{AT}/").status_code == 302
