"""The ways to a learner's account: what is proved, what is refused, what is kept."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import NoCredentialsError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from moto import mock_aws

from labs import connections
from labs.aws import roles
from labs.aws.session import Access, Keys
from labs.checks.registry import checks_of
from labs.models import Connection
from labs.policy import compact, policy_for
from tests.labs.aws.test_errors import refused
from tests.labs.practice import ACCOUNT, ENGLISH, REGION, ROLE, connect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lab_course", "no_machine")]
PAGE = "/labs/connection/"
DENIED = refused("AccessDenied", 403)


class Sts:
    """A role in AWS: answers with keys, or with what the test has it refuse."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.refuses: Any = lambda asked: DENIED if asked.get("Policy") is None else None

    def __call__(self, service: str) -> Sts:
        return self

    def assume_role(self, **asked: Any) -> dict[str, Any]:
        self.asked.append(asked)
        error = self.refuses(asked)
        if error:
            raise error
        keys = {"AccessKeyId": "ASIA1", "SecretAccessKey": "secret", "SessionToken": "token"}
        return {"Credentials": keys}

    def __enter__(self) -> Sts:
        return self

    def __exit__(self, *_: object) -> None:
        return None


@pytest.fixture
def sts(monkeypatch, settings) -> Sts:
    """A site that offers roles, and a role that opens with the ExternalId and only with it."""
    settings.PORTAL_LABS_PRINCIPAL = "arn:aws:iam::999988887777:role/gantry"
    stand_in = Sts()
    monkeypatch.setattr(roles, "Clients", lambda own: stand_in)
    return stand_in


def post_role(client: Client, arn: str = ROLE, **more: str):
    fields = {"role_arn": arn, "region": REGION} | more
    return client.post(f"{PAGE}role/", fields, headers=ENGLISH)


def test_a_sound_role_is_proved_and_kept(aiko, aiko_client, sts):
    answered = post_role(aiko_client)

    kept = Connection.objects.get()
    assert answered.status_code == 302
    assert (kept.way, kept.role_arn, kept.region, kept.account_tail) == (
        "role",
        ROLE,
        REGION,
        ACCOUNT[-4:],
    )
    assert kept.proved_at and kept.external_id == connections.external_id(aiko)


def test_the_proof_asks_with_the_external_id_then_without_then_with_another(aiko, sts):
    connections.connect_role(aiko, ROLE, REGION, timezone.now())

    right, without, another = sts.asked
    assert right["ExternalId"] == connections.external_id(aiko)
    assert "ExternalId" not in without
    assert another["ExternalId"] != right["ExternalId"]


def test_the_name_of_the_session_names_nobody(aiko, sts):
    connections.connect_role(aiko, ROLE, REGION, timezone.now())

    assert {one["RoleSessionName"] for one in sts.asked} != {aiko.username}
    assert aiko.username not in sts.asked[0]["RoleSessionName"]
    assert sts.asked[0]["ExternalId"] not in sts.asked[0]["RoleSessionName"]


@pytest.mark.parametrize("opens", ["without", "with any other"])
def test_a_role_that_opens_without_its_external_id_is_refused(aiko, aiko_client, sts, opens):
    mine = connections.external_id(aiko)
    if opens == "without":
        sts.refuses = lambda asked: None
    else:
        sts.refuses = lambda asked: None if "ExternalId" in asked else DENIED

    answered = post_role(aiko_client)

    assert answered.status_code == 422
    assert "so anybody could use it" in answered.content.decode()
    assert sts.asked[0]["ExternalId"] == mine
    assert not Connection.objects.exists()


@pytest.mark.parametrize(
    "arn",
    [
        "gantry-verify",
        "arn:aws:iam::111122223333:user/aiko",
        "arn:aws:iam::1111:role/gantry-verify",
        "arn:aws:iam::111122223333:role/",
        "arn:aws:iam::111122223333:role/演習",
        f"{ROLE} extra",
        f"{ROLE}\nextra",
        "http://169.254.169.254/",
    ],
)
def test_what_is_no_arn_of_a_role_is_refused_without_asking_aws(aiko, aiko_client, sts, arn):
    answered = post_role(aiko_client, arn)

    assert answered.status_code == 422
    assert "That is no ARN of a role." in answered.content.decode()
    assert sts.asked == []
    with pytest.raises(connections.BadRoleArnError):
        connections.connect_role(aiko, arn, REGION, timezone.now())


def test_a_region_that_is_none_is_refused(aiko_client, sts):
    answered = post_role(aiko_client, region="evil.example.com/")

    assert answered.status_code == 422
    assert "Choose a Region from the list." in answered.content.decode()
    assert sts.asked == []


def test_the_role_of_somebody_else_is_refused(aiko_client, ben, sts):
    connect(ben, "role", role_arn=ROLE, proved_at=timezone.now())

    answered = post_role(aiko_client)

    assert answered.status_code == 422
    assert "Another person here has connected this role." in answered.content.decode()
    assert sts.asked == []


def test_two_people_who_connect_one_role_at_once_do_not_share_it(aiko, ben, sts, monkeypatch):
    def ben_is_quicker(*_: object, **__: object) -> None:
        connect(ben, "role", role_arn=ROLE, proved_at=timezone.now())

    monkeypatch.setattr(roles, "prove", ben_is_quicker)

    with pytest.raises(connections.TakenRoleError):
        connections.connect_role(aiko, ROLE, REGION, timezone.now())

    assert Connection.objects.get().user == ben


def test_connecting_ones_own_role_again_proves_it_again(aiko, aiko_client, sts):
    post_role(aiko_client)

    post_role(aiko_client, region="eu-west-1")

    assert Connection.objects.get().region == "eu-west-1"
    assert len(sts.asked) == 6


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (DENIED, "AWS does not let this site use the role."),
        (NoCredentialsError(), "This site has no credentials of its own for AWS."),
        (refused("RegionDisabledException", 403), "The Region is switched off in this account."),
    ],
)
def test_a_role_that_does_not_open_says_why_and_changes_nothing(
    aiko, aiko_client, sts, error, told
):
    connect(aiko)
    sts.refuses = lambda asked: error

    answered = post_role(aiko_client)

    assert answered.status_code == 422
    assert told in answered.content.decode()
    assert Connection.objects.get().way == "machine"


def test_a_proof_that_could_not_be_finished_is_no_proof(aiko_client, sts):
    sts.refuses = lambda asked: None if "ExternalId" in asked else refused("Throttling")

    answered = post_role(aiko_client)

    assert "AWS asked to be called less often." in answered.content.decode()
    assert not Connection.objects.exists()


def test_a_site_without_credentials_of_its_own_asks_nobody(aiko, settings, monkeypatch):
    settings.PORTAL_LABS_PRINCIPAL = "arn:aws:iam::999988887777:role/gantry"

    with pytest.raises(roles.RoleError) as raised:
        connections.connect_role(aiko, ROLE, REGION, timezone.now())

    assert roles.is_own_fault(raised.value.outcome)


def test_a_role_is_proved_through_the_real_sdk(aiko, settings, monkeypatch):
    """Moto opens every role to everybody, which is the very thing to be found out."""
    settings.PORTAL_LABS_PRINCIPAL = "arn:aws:iam::999988887777:role/gantry"

    with mock_aws(), pytest.raises(roles.OpenRoleError):
        connections.connect_role(aiko, ROLE, REGION, timezone.now())


def test_a_run_by_a_role_may_do_no_more_than_its_checks_need(aiko, sts):
    found = connect(aiko, "role", role_arn=ROLE, proved_at=timezone.now())
    checks = checks_of("cluster")

    access = connections.access_of(found, checks)

    assert sts.asked[0]["Policy"] == compact(policy_for(checks))
    assert access == Access(
        region=REGION, keys=Keys(access_key="ASIA1", secret_key="secret", token="token")
    )


def test_the_external_id_is_stable_for_a_person_and_differs_between_persons(aiko, ben):
    mine = connections.external_id(aiko)
    connect(aiko)

    connections.forget(aiko)

    assert connections.of(aiko).external_id == mine == connections.external_id(aiko)
    assert mine != connections.external_id(ben)
    assert len(mine) == 40 and mine.isalnum()


@pytest.mark.parametrize("values", [{"proved_at": None}, {"role_arn": ""}])
def test_the_database_keeps_no_role_that_was_not_proved(aiko, values):
    sound = {"role_arn": ROLE, "proved_at": timezone.now()}

    with pytest.raises(IntegrityError), transaction.atomic():
        connect(aiko, "role", **(sound | values))


@pytest.mark.parametrize("way", ["role", "sandbox", "machine"])
def test_a_way_that_the_operator_took_away_is_not_gone(aiko, settings, way):
    values = {"role_arn": ROLE, "proved_at": timezone.now()} if way == "role" else {}
    found = connect(aiko, way, **values)
    settings.PORTAL_LABS_MACHINE = False

    with pytest.raises(connections.NotOfferedError):
        connections.access_of(found, ())
    with pytest.raises(connections.NotConnectedError):
        connections.access_of(Connection(user=aiko), ())
