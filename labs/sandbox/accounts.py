"""One account a learner, with keys that a restart does not change."""

from __future__ import annotations

import hmac
from base64 import b32encode, b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from moto.core.base_backend import BackendDict
from moto.core.model_instances import reset_model_data
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.core.utils import utcnow
from moto.iam.models import iam_backends
from moto.sts.models import sts_backends

from labs.sandbox_client import Keys

USER = "learner"
MOST_KEY = 200
_PARTITION = "aws"
_DIGITS = 12


class FullError(Exception):
    """There are as many accounts as the operator allows."""


@dataclass(frozen=True, slots=True)
class Credential:
    """Whose request it is, and what it must be signed with."""

    account_id: str
    secret: str = field(repr=False)
    session_token: str = field(default="", repr=False)


@dataclass(slots=True)
class Accounts:
    """The accounts that were opened since the start, by learner.

    Account and keys follow from the operator's token and the learner, so that after a restart the
    learner's terminal works again as soon as the site has asked for the account.
    """

    token: str = field(repr=False)
    most: int
    _keys: dict[str, Keys] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._keys)

    def open(self, learner: str) -> Keys:
        """Return the learner's keys, with the account made when there is none; raise FullError."""
        if learner not in self._keys:
            if len(self._keys) >= self.most:
                raise FullError
            self._keys[learner] = self._new(learner)
            _furnish(self._keys[learner])
        # For a page that is shut here, moto keeps whatever was made, also when it is long gone.
        reset_model_data()
        return self._keys[learner]

    def reset(self, learner: str) -> Keys:
        """Empty the learner's account; raise FullError when it is not open and cannot be."""
        keys = self.open(learner)
        _furnish(keys)
        return keys

    def find(self, access_key_id: str) -> Credential | None:
        """Return whose key it is: a learner's, or one a learner made or was lent by a role."""
        for keys in self._keys.values():
            if keys.access_key_id == access_key_id:
                return Credential(keys.account_id, keys.secret_access_key)
        for keys in self._keys.values():
            made = iam_backends[keys.account_id][_PARTITION].access_keys.get(access_key_id)
            if made is not None and made.status == "Active":
                return _of_key(keys.account_id, access_key_id, made.secret_access_key)
        return None

    def _new(self, learner: str) -> Keys:
        taken = {keys.account_id for keys in self._keys.values()} | {DEFAULT_ACCOUNT_ID}
        account, attempt = self._number(learner, 0), 0
        while account in taken:
            attempt += 1
            account = self._number(learner, attempt)
        return Keys(
            account_id=account,
            access_key_id="AKIA" + b32encode(self._derive("key", learner))[:16].decode(),
            secret_access_key=b64encode(self._derive("secret", learner), b"xy")[:40].decode(),
        )

    def _number(self, learner: str, attempt: int) -> str:
        number = int.from_bytes(self._derive(f"account {attempt}", learner), "big")
        return str(10 ** (_DIGITS - 1) + number % (9 * 10 ** (_DIGITS - 1)))

    def _derive(self, purpose: str, learner: str) -> bytes:
        return hmac.digest(self.token.encode(), f"{purpose}\0{learner}".encode(), sha256)


def _of_key(account: str, access_key_id: str, secret: str) -> Credential | None:
    """Return a made key with the session that belongs to it; None when that has ended."""
    role = sts_backends[account][_PARTITION].get_assumed_role_from_access_key(access_key_id)
    if role is None:
        return Credential(account, secret)
    return Credential(account, secret, role.session_token) if role.expiration > utcnow() else None


def _furnish(keys: Keys) -> None:
    """Empty the account, and put a user with the keys into it."""
    every: list[dict[str, Any]] = list(vars(BackendDict)["_instances"])  # Any: of each service
    for backends in every:
        if keys.account_id in list(backends):
            # moto keeps what was once there in a cache, so it is to be empty, too.
            backends.pop(keys.account_id).clear()
    iam = iam_backends[keys.account_id][_PARTITION]
    iam.create_user(_PARTITION, USER)
    key = iam.create_access_key(USER)
    del iam.access_keys[key.access_key_id]
    key.access_key_id, key.secret_access_key = keys.access_key_id, keys.secret_access_key
    iam.access_keys[keys.access_key_id] = key
