"""The practice account as a way: connected, used, emptied, and not answering."""

from __future__ import annotations

import pytest

from labs import connections
from labs.models import Connection
from labs.sandbox_client import Keys as SandboxKeys
from labs.sandbox_client import Sandbox, SandboxDownError
from tests.labs.practice import ENGLISH, connect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lab_course")]
PAGE = "/labs/connection/"


@pytest.fixture
def sandbox(monkeypatch, settings):
    """A practice account that gives everybody the same keys and notes who asked for what."""
    settings.PORTAL_SANDBOX_URL = "http://127.0.0.1:8001"
    asked: list[tuple[str, str]] = []

    def answer(what: str):
        def method(_: object, learner: str) -> SandboxKeys:
            asked.append((what, learner))
            return SandboxKeys("100000000042", "AKIASANDBOX", "sandbox-secret")

        return method

    for name in ("open_account", "reset"):
        monkeypatch.setattr(Sandbox, name, answer(name))
    return asked


def test_the_practice_account_is_connected_used_and_emptied(aiko, aiko_client, sandbox):
    aiko_client.post(f"{PAGE}sandbox/")
    page = aiko_client.get(PAGE, headers=ENGLISH).content.decode()
    aiko_client.post(f"{PAGE}sandbox/", {"reset": "1"})
    access = connections.access_of(connections.of(aiko), ())

    assert Connection.objects.get().way == "sandbox"
    assert "export AWS_ACCESS_KEY_ID=AKIASANDBOX" in page
    assert ("reset", connections.learner_key(aiko)) in sandbox
    assert access.endpoint == "http://127.0.0.1:8001" and access.keys


def test_a_practice_account_that_does_not_answer_says_who_starts_it(
    aiko, aiko_client, sandbox, monkeypatch
):
    def down(*_: object) -> None:
        raise SandboxDownError("down")

    connect(aiko, "sandbox")
    monkeypatch.setattr(Sandbox, "open_account", down)

    pages = [
        aiko_client.post(f"{PAGE}sandbox/", headers=ENGLISH, follow=True),
        aiko_client.post("/labs/demo/push-image/verify/", headers=ENGLISH, follow=True),
    ]

    for page in pages:
        assert "The practice account does not answer." in page.content.decode()
    assert aiko_client.get(PAGE).status_code == 200
    assert Connection.objects.get().way == "sandbox"
