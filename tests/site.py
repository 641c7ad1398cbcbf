"""A site as `make run` starts it: prepared once, then started, stopped or killed at will."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"


class Site:
    """Everything it starts is one process group, so that nothing of it can be left behind."""

    def __init__(self, data: Path, **settings: str) -> None:
        self.port = free_port()
        self.address = f"http://{HOST}:{self.port}"
        self.log = data / "log"
        self.process: subprocess.Popen[bytes] | None = None
        self.environment = {k: v for k, v in os.environ.items() if not is_ours(k)}
        self.environment |= {"PORTAL_DATA_DIR": str(data), "PORTAL_BIND": f"{HOST}:{self.port}"}
        self.environment |= settings

    def prepare(self) -> None:
        subprocess.run(
            [ROOT / "scripts/prepare", sys.executable], cwd=ROOT, env=self.environment, check=True
        )

    def run(self, module: str, *arguments: str) -> str:
        """Run a module with the site's own settings and return what it prints."""
        command = [sys.executable, "-m", module, *arguments]
        environment = self.environment | {"DJANGO_SETTINGS_MODULE": "portal.settings"}
        return subprocess.run(
            command, cwd=ROOT, env=environment, check=True, text=True, stdout=subprocess.PIPE
        ).stdout

    def start(self) -> None:
        self.launch()
        self._wait_until_ready()

    def launch(self) -> None:
        """Start it, and do not wait until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [Path(sys.executable).with_name("gunicorn")],
                cwd=ROOT,
                env=self.environment,
                stderr=log,
                start_new_session=True,
            )

    def ask_to_end(self) -> None:
        """Ask the site to end, as an operating system does."""
        assert self.process is not None
        self.process.terminate()

    def wait_for_end(self, within: float) -> int:
        """Return what the site ended with."""
        assert self.process is not None
        return self.process.wait(within)

    def kill(self) -> None:
        """End the master and all its workers in the same moment, without a word to them."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)

    def _wait_until_ready(self) -> None:
        for _ in range(100):
            try:
                with urllib.request.urlopen(f"{self.address}/readyz", timeout=2):
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        raise AssertionError(f"the site did not start:\n{self.log.read_text()}")


def is_ours(name: str) -> bool:
    return name.startswith("PORTAL_") or name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def empty_database() -> Iterator[dict[str, str]]:
    """Give the setting of an empty database on the PostgreSQL there is; else of SQLite, none."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield {}
        return
    name = f"faults_{secrets.token_hex(4)}"
    head, _, options = server.partition("?")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield {"DATABASE_URL": f"{head.rpartition('/')[0]}/{name}?{options}"}
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )
