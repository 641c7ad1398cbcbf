"""This machine's own credentials: which account it is comes first; then the connection's page."""

from __future__ import annotations

import pytest
from moto import mock_aws
from moto.core.models import DEFAULT_ACCOUNT_ID

from labs.models import Connection
from tests.labs.practice import ENGLISH, REGION, ROLE, connect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lab_course", "no_machine")]
PAGE = "/labs/connection/"


@pytest.fixture
def _credentials(no_machine):
    with mock_aws():
        yield


@pytest.mark.usefixtures("_credentials")
def test_the_account_is_shown_before_anything_is_connected(aiko_client):
    page = aiko_client.post(f"{PAGE}machine/", {"region": REGION}, headers=ENGLISH)

    assert "Check THIS account?" in page.content.decode()
    assert DEFAULT_ACCOUNT_ID in page.content.decode()
    assert not Connection.objects.exists()


@pytest.mark.usefixtures("_credentials")
def test_the_account_that_was_confirmed_is_connected(aiko_client):
    fields = {"region": REGION, "account": DEFAULT_ACCOUNT_ID}

    answered = aiko_client.post(f"{PAGE}machine/", fields)

    kept = Connection.objects.get()
    assert answered.status_code == 302
    assert (kept.way, kept.account_tail) == ("machine", DEFAULT_ACCOUNT_ID[-4:])


@pytest.mark.usefixtures("_credentials")
def test_confirming_another_account_asks_again(aiko_client):
    page = aiko_client.post(
        f"{PAGE}machine/", {"region": REGION, "account": "999999999999"}, headers=ENGLISH
    )

    assert "Check THIS account?" in page.content.decode()
    assert not Connection.objects.exists()


def test_a_machine_without_credentials_says_so(aiko_client):
    page = aiko_client.post(
        f"{PAGE}machine/", {"region": REGION}, headers=ENGLISH, follow=True
    ).content.decode()

    assert "This site has no credentials of its own for AWS." in page
    assert not Connection.objects.exists()


def test_a_profile_that_is_not_there_says_so(aiko_client, settings):
    settings.PORTAL_LABS_PROFILE = "nobody"

    page = aiko_client.post(f"{PAGE}machine/", {"region": REGION}, headers=ENGLISH, follow=True)

    assert "The profile that the site should use is not on this machine." in page.content.decode()


def test_a_region_that_is_none_is_refused(aiko_client):
    answered = aiko_client.post(f"{PAGE}machine/", {"region": "moon-1"}, headers=ENGLISH)

    assert answered.status_code == 422
    assert "Choose a Region from the list." in answered.content.decode()


@pytest.mark.parametrize("way", ["role", "sandbox", "machine"])
def test_what_the_operator_does_not_offer_is_not_there(aiko_client, settings, way):
    settings.PORTAL_LABS_MACHINE = False

    answered = aiko_client.post(f"{PAGE}{way}/", {"role_arn": ROLE, "region": REGION})

    assert answered.status_code == 404
    assert f'action="{PAGE}{way}/"' not in aiko_client.get(PAGE).content.decode()


def test_the_page_offers_every_way_that_the_operator_does(aiko_client, settings):
    settings.PORTAL_LABS_PRINCIPAL = "arn:aws:iam::999988887777:role/gantry"
    settings.PORTAL_SANDBOX_URL = "http://127.0.0.1:8001"

    page = aiko_client.get(PAGE).content.decode()

    for way in ("role", "sandbox", "machine"):
        assert f'action="{PAGE}{way}/"' in page
    assert settings.PORTAL_LABS_PRINCIPAL in page
    assert page.count('id="id_region"') == page.count('id="id_machine_region"') == 1


def test_disconnecting_forgets_the_way_and_nobody_elses(aiko, aiko_client, ben):
    connect(aiko)
    connect(ben)

    aiko_client.post(f"{PAGE}forget/")
    aiko_client.post(f"{PAGE}forget/")

    assert Connection.objects.get().user == ben


@pytest.mark.parametrize("path", ["", "role/commands/"])
def test_how_an_account_is_reached_is_for_who_signed_in(client, db, path):
    assert client.get(f"{PAGE}{path}").status_code == 302


@pytest.mark.parametrize("path", ["role/", "sandbox/", "machine/", "forget/"])
def test_changes_are_posted(aiko_client, path):
    assert aiko_client.get(f"{PAGE}{path}").status_code == 405


@pytest.mark.parametrize("path", ["", "role/commands/"])
def test_pages_are_not_posted(aiko_client, path):
    assert aiko_client.post(f"{PAGE}{path}").status_code == 405
