"""What the site is told by the practice account, and what it says when nobody answers."""

from __future__ import annotations

import io
from http import HTTPStatus

import pytest
from werkzeug.test import Client

from labs import sandbox_client
from labs.sandbox_client import Sandbox, SandboxDownError, SandboxRefusedError
from tests.labs.sandbox.process import TOKEN

ADDRESS = "http://127.0.0.1:8001"


class Answer(io.BytesIO):
    """What a connection gives back."""

    def __init__(self, status: int, content: bytes) -> None:
        super().__init__(content)
        self.status = status


@pytest.fixture
def answers(monkeypatch):
    """Let every connection answer as given, or break as given."""

    def set_to(reply) -> None:
        class Connection:
            def __init__(self, host, port, timeout) -> None:
                assert (host, port, timeout) == ("127.0.0.1", 8001, 3.0)

            def request(self, method, path, body, headers) -> None:
                self.asked = (method, path, body, headers)

            def getresponse(self) -> Answer:
                answer: Answer = reply(*self.asked)
                return answer

            def close(self) -> None:
                pass

        monkeypatch.setattr(sandbox_client, "HTTPConnection", Connection)

    return set_to


@pytest.fixture
def connected(answers, sandbox):
    """Let every connection reach the practice account in this process."""

    def reply(method, path, body, headers) -> Answer:
        response = Client(sandbox).open(path, method=method, data=body, headers=headers)
        return Answer(response.status_code, response.data)

    answers(reply)


@pytest.mark.usefixtures("connected")
def test_an_account_is_opened_and_emptied(mei):
    site = Sandbox(ADDRESS, TOKEN)

    assert site.is_up()
    assert site.open_account("mei") == mei.keys
    mei.ecs.create_cluster(clusterName="c")
    assert site.reset("mei") == mei.keys
    assert mei.ecs.list_clusters()["clusterArns"] == []


@pytest.mark.usefixtures("connected")
def test_the_wrong_token_is_told():
    with pytest.raises(SandboxRefusedError, match="token is not the one"):
        Sandbox(ADDRESS, "other").open_account("mei")


@pytest.mark.parametrize("error", [ConnectionRefusedError("no"), TimeoutError(), OSError("x")])
def test_nobody_answers(answers, error):
    def reply(*_):
        raise error

    answers(reply)

    assert not Sandbox(ADDRESS, TOKEN).is_up()
    with pytest.raises(SandboxDownError, match=f"does not answer at {ADDRESS}"):
        Sandbox(ADDRESS, TOKEN).open_account("mei")


@pytest.mark.parametrize("content", [b"<html>", b"[]", b"{}", b"\xff", b'{"account_id": "1"}'])
@pytest.mark.parametrize("status", [HTTPStatus.OK, HTTPStatus.BAD_GATEWAY])
def test_somebody_else_answers(answers, status, content):
    answers(lambda *_: Answer(status, content))

    assert not Sandbox(ADDRESS, TOKEN).is_up()
    with pytest.raises(SandboxRefusedError):
        Sandbox(ADDRESS, TOKEN).open_account("mei")


@pytest.mark.parametrize("address", ["", "127.0.0.1:8001", "ftp://x", "http://", "http://x:y"])
def test_an_address_that_is_none_is_told(address):
    with pytest.raises(SandboxDownError, match="is no address"):
        Sandbox(address, TOKEN).open_account("mei")
