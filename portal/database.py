"""Which database the site uses, and how Django reaches it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dj_database_url

from portal.env import BadSettingError, Env

Settings = dict[str, Any]  # Any: the shape is Django's

SQLITE_NAME = "gantry.sqlite3"
SQLITE: Settings = {
    "ENGINE": "django.db.backends.sqlite3",
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    },
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the operator chose; the password is the one that stands beside the URL."""

    url: str
    password: str
    pool: int


def read(env: Env, data_folder: Path) -> Chosen:
    """Return what the environment says; raise BadSettingError."""
    pool = env.integer(
        "PORTAL_DATABASE_POOL",
        4,
        least=0,
        most=100,
        meaning="PostgreSQL connections each worker shares among its threads; 0: each keeps its "
        "own.",
    )
    url = env.secret(
        "DATABASE_URL",
        shown="(SQLite in the data folder)",
        meaning="The PostgreSQL to use: `postgres://user:password@host:5432/name`.",
    )
    password = env.secret(
        "PORTAL_DATABASE_PASSWORD",
        meaning="The password for DATABASE_URL, where that names none.",
    )
    return Chosen(url or f"sqlite:///{data_folder / SQLITE_NAME}", password, pool)


def settings(chosen: Chosen, *, is_served: bool) -> Settings:
    """Return Django's settings of the database, for the server or a command.

    Raise BadSettingError.
    """
    try:
        found: Settings = {**dj_database_url.parse(chosen.url)}
    except (ValueError, dj_database_url.UnknownSchemeError) as error:
        raise BadSettingError(
            "DATABASE_URL cannot be read; it should look like "
            "postgres://user:password@host:5432/name."
        ) from error
    if found["ENGINE"] == SQLITE["ENGINE"]:
        return found | SQLITE
    if found["ENGINE"] == "django.db.backends.postgresql":
        return found | _postgresql(found, chosen, is_served=is_served)
    scheme = chosen.url.split(":")[0]
    raise BadSettingError(f"DATABASE_URL begins with {scheme!r}; it should be sqlite or postgres.")


def _postgresql(found: Settings, chosen: Chosen, *, is_served: bool) -> Settings:
    if chosen.password and found.get("PASSWORD"):
        raise BadSettingError(
            "DATABASE_URL and PORTAL_DATABASE_PASSWORD both hold a password; it should be only one."
        )
    password = found.get("PASSWORD") or chosen.password
    kept: Settings = {"PASSWORD": password, "CONN_HEALTH_CHECKS": True}
    # A command has one connection; its errors say more than a pool's that waited in vain.
    if not (chosen.pool and is_served):
        return kept | {"CONN_MAX_AGE": 600}
    # A request waits for a connection for as long as the pool tries to make one. By itself it
    # waits ever longer between tries, and requests fail for minutes after the database is back.
    pool = {"min_size": 1, "max_size": chosen.pool, "timeout": 5, "reconnect_timeout": 5}
    return kept | {"OPTIONS": {**found.get("OPTIONS", {}), "pool": pool}}
