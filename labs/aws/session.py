"""Makes clients: from keys for one learner, quickly, and with nothing kept."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from functools import cache
from types import TracebackType
from typing import Self

from labs.checks.model import Value
from labs.regions import REGIONS

AT_ONCE = 8  # look-ups of one run
_LOCK = threading.Lock()  # a session is not safe for threads; its clients are
_LOGGERS = ("boto3", "botocore", "urllib3")


class UnknownRegionError(ValueError):
    """The region is none that ECS is in; its name would become part of a host's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Keys, never shown, not even by repr; only the practice account's may lack a token."""

    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    token: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Which account to look at: by keys, or without by this machine's own credentials.

    `endpoint` is the operator's practice account; it must never come from a learner.
    """

    region: str
    keys: Keys | None = None
    profile: str = ""
    endpoint: str = ""


@cache
def _session(profile: str) -> Value:
    """Return the process's one session; a profile of this machine has one of its own.

    A session for each learner would cost 11 MB that never come back.
    """
    import boto3  # noqa: PLC0415 - 24 MB that only who verifies should pay for

    _hush()
    return boto3.Session(profile_name=profile or None)


def _hush() -> None:
    """Keep the SDK's loggers from DEBUG, each of them: there botocore logs session tokens."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.INFO))
    for name in [one for one in logging.root.manager.loggerDict if one.startswith(_LOGGERS)]:
        logger = logging.getLogger(name)
        if logging.NOTSET < logger.level < logging.INFO:
            logger.setLevel(logging.INFO)


class Clients:
    """The clients of one learner: threads share them; close them after the run."""

    def __init__(self, access: Access) -> None:
        _hush()
        self._access = access
        self._made: dict[str, Value] = {}

    def __call__(self, service: str) -> Value:
        """Return the client; raises UnknownRegionError, or what botocore raises."""
        with _LOCK:
            if service not in self._made:
                self._made[service] = self._make(service)
                _hush()
            return self._made[service]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections and forget the keys in the clients."""
        with _LOCK:
            while self._made:
                self._made.popitem()[1].close()

    def _make(self, service: str) -> Value:
        access, keys = self._access, self._access.keys
        session = _session("" if keys else access.profile)
        if access.region not in REGIONS:
            raise UnknownRegionError(access.region)
        return session.client(
            service,
            region_name=access.region,
            endpoint_url=access.endpoint or None,
            aws_access_key_id=keys and keys.access_key,
            aws_secret_access_key=keys and keys.secret_key,
            aws_session_token=(keys and keys.token) or None,
            config=_config(),
        )


@cache
def _config() -> Value:
    """A hanging endpoint costs read_timeout times attempts; the run's deadline bounds the rest."""
    from botocore.config import Config  # noqa: PLC0415 - as above

    return Config(
        connect_timeout=2,
        read_timeout=5,
        retries={"mode": "standard", "total_max_attempts": 3},
        max_pool_connections=AT_ONCE,
        # AWS_ENDPOINT_URL in the server's environment must not draw real requests to it.
        ignore_configured_endpoint_urls=True,
        user_agent_extra="gantry-labs",
    )
