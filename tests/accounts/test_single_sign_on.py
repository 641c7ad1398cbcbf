from __future__ import annotations

import copy
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers import registry
from django.test import Client

from accounts.models import AuditEntry, User
from accounts.single_sign_on import claims_of, may_sign_in, staff_by
from tests.accounts import provider as providers
from tests.accounts.provider import Provider
from tests.factories import make_user
from tests.site import free_port

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.enable_socket,
    pytest.mark.urls("tests.accounts.sso_urls"),
    pytest.mark.usefixtures("courses_dir", "team"),
]
LOGIN = "/accounts/oidc/team/login/"
AIKO = {"email": "aiko@team.example", "email_verified": True, "name": "Aiko Sato"}


@pytest.fixture(scope="session")
def provider():
    with providers.running() as running:
        yield running


@pytest.fixture
def team(settings, provider):
    """A site that a team signs in to by its provider, which alone gives accounts."""
    settings.INSTALLED_APPS = [
        *settings.INSTALLED_APPS,
        "allauth.socialaccount.providers.openid_connect",
    ]
    registry.loaded = False
    registry.load()
    settings.PORTAL_OPEN_SIGNUP = False
    settings.PORTAL_OIDC_URL = provider.url
    settings.PORTAL_OIDC_NAME = "Team"
    app = {
        "provider_id": "team",
        "name": "Team",
        "client_id": "gantry",
        "secret": "hush",
        "settings": {"server_url": provider.url},
    }
    configured = copy.deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
    configured["openid_connect"]["APPS"] = [app]
    settings.SOCIALACCOUNT_PROVIDERS = configured
    make_user("chie", is_staff=True, is_owner=True)
    provider.know("aiko", **AIKO)
    return app


def sign_in(client: Client, provider: Provider, subject: str, start: str = LOGIN):
    """Go from the site to the provider and back; give the site's last answer."""
    there = client.get(start)
    assert there.status_code == 302
    return client.get(provider.sign_in(there["Location"], subject))


def who(client: Client) -> str | None:
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key).username if key else None


def test_the_sign_in_page_offers_the_teams_own(client):
    page = client.get("/accounts/login/?next=/labs/", headers={"Accept-Language": "en"})

    text = page.content.decode()
    assert f'href="{LOGIN}?next=%2Flabs%2F"' in text
    assert "Sign in with Team" in text


def test_a_person_the_provider_knows_gets_an_account_and_is_signed_in(client, provider):
    answer = sign_in(client, provider, "aiko", f"{LOGIN}?next=/labs/")

    aiko = User.objects.get(email="aiko@team.example")
    assert answer.url == "/labs/"
    assert who(client) == aiko.username
    assert (aiko.display_name, aiko.is_staff, aiko.is_owner) == ("Aiko Sato", False, False)
    assert not aiko.has_usable_password()


def test_the_request_to_the_provider_is_bound_to_the_browser(client):
    query = parse_qs(urlsplit(client.get(LOGIN).url).query)

    assert query["response_type"] == ["code"]
    assert query["code_challenge_method"] == ["S256"]
    assert len(query["state"][0]) >= 16


def test_a_code_brought_to_another_browser_signs_nobody_in(client, provider):
    back = provider.sign_in(client.get(LOGIN).url, "aiko")
    other = Client()

    other.get(back)

    assert who(other) is None


def test_a_second_sign_in_is_the_same_account(client, provider):
    sign_in(client, provider, "aiko")
    provider.know("aiko", **AIKO | {"email": "married@team.example"})
    again = Client()

    sign_in(again, provider, "aiko")

    assert who(again) == who(client)
    assert SocialAccount.objects.count() == 1


def test_of_what_the_provider_tells_little_is_kept(client, provider):
    provider.know("aiko", **AIKO, picture="https://p.example/", phone="1", groups=["x"])

    sign_in(client, provider, "aiko")
    sign_in(Client(), provider, "aiko")

    [kept] = SocialAccount.objects.all()
    assert kept.extra_data == {"userinfo": {"sub": "aiko", "email": "aiko@team.example"}}


@pytest.mark.parametrize(
    ("email", "is_verified", "is_in"),
    [
        ("aiko@team.example", True, True),
        ("aiko@TEAM.example", True, True),
        ("aiko@team.example", False, False),
        ("aiko@evil-team.example", True, False),
        ("aiko@team.example.evil.example", True, False),
        ('"@team.example"@evil.example', True, False),
    ],
)
def test_only_verified_addresses_of_the_teams_domains_get_in(
    client, provider, settings, email, is_verified, is_in
):
    settings.PORTAL_OIDC_DOMAINS = ("team.example",)
    provider.know("aiko", email=email, email_verified=is_verified)

    answer = sign_in(client, provider, "aiko")

    assert (who(client) is not None) is is_in
    assert answer.status_code == (302 if is_in else 403)
    assert User.objects.count() == 1 + is_in


def test_who_left_the_teams_domains_gets_in_no_more(client, provider, settings):
    sign_in(client, provider, "aiko")
    settings.PORTAL_OIDC_DOMAINS = ("other.example",)
    again = Client()

    assert sign_in(again, provider, "aiko").status_code == 403
    assert who(again) is None
    assert AuditEntry.objects.get().action == "sign-in refused"


def test_a_closed_account_stays_closed_whatever_the_provider_says(client, provider):
    sign_in(client, provider, "aiko")
    User.objects.filter(email="aiko@team.example").update(is_active=False)
    again = Client()

    answer = sign_in(again, provider, "aiko")

    assert answer.headers["Location"] == "/accounts/inactive/"
    assert who(again) is None


def test_the_providers_group_makes_staff_and_unmakes_them(client, provider, settings):
    settings.PORTAL_OIDC_STAFF = "instructors"
    roles = []

    for groups in (["instructors"], "instructors", ["others"], []):
        provider.know("aiko", **AIKO, groups=groups)
        sign_in(Client(), provider, "aiko")
        roles.append(User.objects.get(email="aiko@team.example").is_staff)

    assert roles == [True, True, False, False]
    assert [one.details for one in AuditEntry.objects.all()] == [{"staff": False}]


def test_the_owner_stays_staff_whatever_the_provider_says(client, provider, settings):
    settings.PORTAL_OIDC_STAFF = "instructors"
    chie = User.objects.get(username="chie")
    SocialAccount.objects.create(user=chie, provider="team", uid="chie")
    provider.know("chie", email="chie@team.example", email_verified=True, groups=[])

    sign_in(client, provider, "chie")

    assert who(client) == "chie"
    chie.refresh_from_db()
    assert chie.is_staff


def test_the_first_person_of_a_new_site_owns_it(client, provider):
    User.objects.all().delete()

    sign_in(client, provider, "aiko")

    assert User.objects.get().is_owner


def test_nobody_takes_an_account_by_its_address(client, provider):
    ben = make_user("ben")
    EmailAddress.objects.create(user=ben, email="ben@example.com", primary=True, verified=False)
    provider.know("mallory", email="ben@example.com", email_verified=True)

    answer = sign_in(client, provider, "mallory")

    assert who(client) is None
    assert answer.url == "/accounts/connections/signup/"
    assert client.get(answer.url).status_code == 200


def test_somebody_signed_in_connects_their_account_and_later_disconnects_it(provider):
    ben = make_user("ben")
    client = Client()
    client.post("/accounts/login/", {"login": "ben", "password": "correct horse battery"})
    provider.know("ben", email="ben@team.example", email_verified=True)
    page = client.get("/accounts/connections/").content.decode()

    sign_in(client, provider, "ben", f"{LOGIN}?process=connect")
    other = Client()
    sign_in(other, provider, "ben")
    assert f"{LOGIN}?process=connect" in page
    assert who(other) == "ben"

    [account] = SocialAccount.objects.filter(user=ben)
    assert f'value="{account.pk}"' in client.get("/accounts/connections/").content.decode()
    client.post("/accounts/connections/", {"account": account.pk})

    assert not SocialAccount.objects.exists()


def test_whoever_leaves_the_provider_is_told_so(client, provider):
    back = provider.refuse(client.get(LOGIN).url)

    page = client.get(back, follow=True, headers={"Accept-Language": "en"})

    assert "You are not signed in" in page.content.decode()


def test_a_provider_that_is_away_is_told(client, settings, team):
    team["settings"]["server_url"] = f"http://127.0.0.1:{free_port()}"

    page = client.get(LOGIN, headers={"Accept-Language": "en"})

    assert "Signing in did not work" in page.content.decode()
    assert page.status_code == 503


def test_others_cannot_sign_up(client):
    page = client.get("/accounts/signup/", headers={"Accept-Language": "en"})

    assert "New accounts are closed here" in page.content.decode()


def test_claims_come_from_the_user_info_before_the_token():
    data = {"id_token": {"sub": "1", "groups": ["a"]}, "userinfo": {"sub": "2"}}

    assert claims_of(data) == {"sub": "2", "groups": ["a"]}
    assert claims_of({}) == {}


def test_roles_and_domains_are_not_decided_where_none_are_set():
    assert staff_by({"groups": ["a"]}, "groups", "") is None
    assert may_sign_in([], ())
    assert not may_sign_in([], ("team.example",))
