"""A container engine hears whether the practice account in it is alive."""

from __future__ import annotations

from labs.sandbox import health


def test_it_is_asked_on_its_own_machine_whatever_it_is_bound_to():
    assert health.address({}) == "http://127.0.0.1:8001/_sandbox/health"
    bound = health.address({"PORTAL_SANDBOX_BIND": "0.0.0.0:9001"})
    assert bound == "http://127.0.0.1:9001/_sandbox/health"


def test_nobody_answering_is_told_with_the_exit_status(monkeypatch, capsys):
    def refuse(address: str, timeout: float) -> None:
        raise ConnectionRefusedError(address)

    monkeypatch.setattr("urllib.request.urlopen", refuse)

    assert health.main() == 1
    assert "The practice account does not answer: " in capsys.readouterr().err
