"""An account in moto, in process, and clients as a run makes them."""

from __future__ import annotations

import pytest
from moto import mock_aws

from labs.aws.session import Access, Clients, Keys
from tests.labs.aws.account import REGION, build

KEYS = Keys(access_key="ASIAEXAMPLE", secret_key="very-secret", token="session-token")


@pytest.fixture(autouse=True)
def _no_machine(monkeypatch, tmp_path):
    """Keep the credentials and settings of the machine out."""
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")


@pytest.fixture
def clients():
    """Clients whose requests must be answered by a test."""
    with Clients(Access(region=REGION, keys=KEYS)) as made:
        yield made


@pytest.fixture
def empty_account(clients):
    with mock_aws():
        yield clients


@pytest.fixture
def account(clients):
    """An account in which the exercises are done."""
    with mock_aws():
        build()
        yield clients
