"""How the site asks the practice account: to open a learner's account, and to empty it."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

ACCOUNTS = "/_sandbox/accounts"
RESET = "/_sandbox/reset"
HEALTH = "/_sandbox/health"
LEAST_TOKEN = 32
MOST_ANSWER = 64 * 1024
_OK = 200


class SandboxError(Exception):
    """The practice account did not do what was asked; the message is one sentence."""


class SandboxDownError(SandboxError):
    """Nobody answers at the address, or not in time."""


class SandboxRefusedError(SandboxError):
    """It answers, and says no: the token is another, or it is full."""


@dataclass(frozen=True, slots=True)
class Keys:
    """An account and the keys for it. They open nothing but the practice account."""

    account_id: str
    access_key_id: str
    secret_access_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sandbox:
    """The practice account at an address such as http://127.0.0.1:8001, and the shared token."""

    address: str
    token: str = field(repr=False)
    timeout: float = 3.0

    def open_account(self, learner_key: str) -> Keys:
        """Return the keys of a learner's account, made at the first call and the same ever after.

        Raises SandboxDownError or SandboxRefusedError.
        """
        return _keys(self._ask("POST", ACCOUNTS, {"learner": learner_key}))

    def reset(self, learner_key: str) -> Keys:
        """Empty a learner's account, and nobody else's; account and keys stay the same.

        Raises SandboxDownError or SandboxRefusedError.
        """
        return _keys(self._ask("POST", RESET, {"learner": learner_key}))

    def is_up(self) -> bool:
        """Whether it answers, and is what it should be."""
        try:
            return self._ask("GET", HEALTH)["status"] == "ok"
        except (SandboxError, KeyError):
            return False

    def _ask(
        self, method: str, path: str, body: Mapping[str, str] | None = None
    ) -> Mapping[str, object]:
        status, text = self._call(method, path, json.dumps(body) if body is not None else "")
        try:
            answer = json.loads(text)
        except ValueError as error:
            raise SandboxRefusedError(
                f"What answers at {self.address} is no practice account (status {status})."
            ) from error
        if status != _OK or not isinstance(answer, dict):
            said = answer.get("error") if isinstance(answer, dict) else ""
            raise SandboxRefusedError(f"The practice account refused: {said or f'status {status}'}")
        return answer

    def _call(self, method: str, path: str, body: str) -> tuple[int, str]:
        connection = self._connection()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        try:
            connection.request(method, path, body.encode(), headers)
            response = connection.getresponse()
            return response.status, response.read(MOST_ANSWER).decode("utf-8", errors="replace")
        except (OSError, HTTPException) as error:
            raise SandboxDownError(
                f"The practice account does not answer at {self.address}: {error}."
            ) from error
        finally:
            connection.close()

    def _connection(self) -> HTTPConnection:
        try:
            address = urlsplit(self.address)
            host, port = address.hostname, address.port
        except ValueError as error:
            raise SandboxDownError(f"{self.address!r} is no address.") from error
        if address.scheme not in {"http", "https"} or not host:
            raise SandboxDownError(f"{self.address!r} is no address such as http://127.0.0.1:8001.")
        kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
        return kind(host, port, timeout=self.timeout)


def kept_token(folder: Path) -> str:
    """Return the token that stands in the folder, written there at the first call.

    Site and practice account on one machine share it this way without a setting. Raises OSError.
    """
    path = folder / "sandbox-token"
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _write_token(path)
    return path.read_text(encoding="utf-8").strip()


def _write_token(path: Path) -> None:
    """Write a token under a name of its own and link it into place: the first process wins."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:  # noqa: PTH123 - the mode must hold from the first byte
        file.write(secrets.token_urlsafe(LEAST_TOKEN))
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()


def _keys(answer: Mapping[str, object]) -> Keys:
    try:
        return Keys(
            account_id=str(answer["account_id"]),
            access_key_id=str(answer["access_key_id"]),
            secret_access_key=str(answer["secret_access_key"]),
        )
    except KeyError as error:
        raise SandboxRefusedError(f"The practice account left out {error}.") from error
