"""What the operator can say to Gunicorn; the health check listens here for where the site is."""

from __future__ import annotations

from dataclasses import dataclass

from portal.env import Env


@dataclass(frozen=True, slots=True)
class Server:
    """Where the site listens, and how many requests it answers at once."""

    bind: str
    workers: int
    threads: int


def read(env: Env) -> Server:
    """Return what the environment says; raise BadSettingError."""
    return Server(
        bind=env.text(
            "PORTAL_BIND",
            "127.0.0.1:8000",
            meaning="Where the site listens; `0.0.0.0:8000` in a container.",
        ),
        workers=env.integer(
            "PORTAL_WORKERS", 2, least=1, most=64, meaning="How many processes serve."
        ),
        threads=env.integer(
            "PORTAL_THREADS",
            4,
            least=1,
            most=64,
            meaning="How many requests each serves at a time.",
        ),
    )
