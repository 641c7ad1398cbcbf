from __future__ import annotations

import logging
import subprocess
import sys

import pytest

from labs.aws import session
from labs.aws.run import look_up
from labs.aws.session import Access, Clients, Keys, UnknownRegionError
from labs.checks.model import Broken
from tests.labs.aws.account import REGION
from tests.labs.aws.conftest import KEYS


def test_keys_are_never_shown():
    told = repr(Access(region=REGION, keys=KEYS)) + repr(Clients(Access(region=REGION, keys=KEYS)))

    for one in (KEYS.access_key, KEYS.secret_key, KEYS.token):
        assert one not in told


def test_one_session_serves_all_learners_with_their_own_keys():
    session._session.cache_clear()

    for key in ("ASIAONE", "ASIATWO"):
        keys = Keys(access_key=key, secret_key="s", token="t")
        with Clients(Access(region=REGION, keys=keys)) as clients:
            signed_by = clients("ecs")._request_signer._credentials
            assert (signed_by.access_key, signed_by.token) == (key, "t")

    assert session._session.cache_info().misses == 1


def test_a_client_is_made_once_and_forgotten_on_closing():
    with Clients(Access(region=REGION, keys=KEYS)) as clients:
        assert clients("ecs") is clients("ecs")
        assert clients("ecs") is not clients("ecr")

    assert clients._made == {}


def test_clients_are_patient_only_for_a_while(clients):
    config = clients("ecs").meta.config

    assert (config.connect_timeout, config.read_timeout) == (2, 5)
    assert config.retries["total_max_attempts"] == 3
    assert config.retries["mode"] == "standard"
    assert config.max_pool_connections == 8


def test_an_endpoint_in_the_environment_draws_no_real_request(monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    session._session.cache_clear()

    with Clients(Access(region=REGION, keys=KEYS)) as clients:
        assert clients("ecs").meta.endpoint_url == f"https://ecs.{REGION}.amazonaws.com"


def test_the_operators_practice_account_is_used_when_it_is_named():
    access = Access(region=REGION, keys=KEYS, endpoint="http://127.0.0.1:1")

    with Clients(access) as clients:
        assert clients("ecs").meta.endpoint_url == "http://127.0.0.1:1"


@pytest.mark.parametrize("region", ["tokyo", "", "ap-northeast-1.evil.example", "AP-NORTHEAST-1"])
def test_a_region_that_is_none_gets_no_signed_request(region):
    with Clients(Access(region=region, keys=KEYS)) as clients:
        with pytest.raises(UnknownRegionError):
            clients("ecs")

        found = look_up(["cluster", "repo"], clients)
        assert set(found.values()) == {Broken("no_region", "UnknownRegionError")}


def test_without_keys_this_machines_own_are_used(monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    session._session.cache_clear()

    with Clients(Access(region=REGION)) as clients:
        found = look_up(["cluster"], clients)
    session._session.cache_clear()

    assert found["cluster"] == Broken("no_credentials", "NoCredentialsError")


def test_a_profile_that_is_none_is_told():
    with Clients(Access(region=REGION, profile="no-such")) as clients:
        found = look_up(["cluster"], clients)

    assert found["cluster"] == Broken("no_profile", "ProfileNotFound")


def test_loggers_that_would_tell_tokens_are_capped():
    logging.getLogger("botocore").setLevel(logging.DEBUG)
    session._session.cache_clear()

    with Clients(Access(region=REGION, keys=KEYS)) as clients:
        clients("ecs")

    assert logging.getLogger("botocore").level == logging.INFO
    assert not logging.getLogger("botocore.auth").isEnabledFor(logging.DEBUG)


def test_the_engine_starts_without_boto3():
    code = (
        "import sys, labs.aws.run, labs.policy, labs.checks.registry;"
        "sys.exit(any(one in sys.modules for one in ('boto3', 'botocore', 'django')))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
