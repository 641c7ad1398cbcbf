"""What compose.yaml says is enough: environment, secrets and health checks, on the real images.

No engine for Compose is needed: `scripts/image` runs each service as the file tells it, and a
PostgreSQL that asks for the password stands for `db`.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import secrets
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import postgres
from tests.image.container import Container, PracticeContainer
from tests.site import HOST, free_port
from tests.test_compose import COMPOSE, IN_SECRETS, SERVICES

pytestmark = pytest.mark.image

HOSTS = {"PORTAL_HOSTS": "study.example.com"}  # what the operator writes into .env


@dataclass(frozen=True, slots=True)
class Database:
    port: int
    password: str
    programs: Path


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    programs = postgres.programs()
    if programs is None and os.environ.get("CI"):
        pytest.fail(postgres.MISSING)
    if programs is None:
        pytest.skip(postgres.MISSING)
    found = Database(free_port(), secrets.token_hex(32), programs)
    with postgres.server(programs, port=found.port, password=found.password):
        yield found


@pytest.fixture
def secret_folder(tmp_path: Path, database: Database) -> Path:
    """The secrets as the guide makes them: readable to whoever the containers run as."""
    folder = tmp_path / "secrets"
    folder.mkdir()
    for name in COMPOSE["secrets"]:
        value = database.password if name == "database_password" else secrets.token_hex(32)
        (folder / name).write_text(f"{value}\n")
        (folder / name).chmod(0o444)
    return folder


def environment(service: str, folder: Path) -> dict[str, str]:
    """Return what a service is given, with the secrets where it looks for them."""
    given: dict[str, str] = SERVICES[service]["environment"]
    return given | {"IMAGE_MOUNT": f"{folder}:{IN_SECRETS.rstrip('/')}"}


def site(tmp_path: Path, folder: Path, database: Database) -> Container:
    settings = environment("portal", folder) | HOSTS
    url = settings["DATABASE_URL"].replace("@db:5432/", f"@{HOST}:{database.port}/")
    return Container(tmp_path, **settings | {"DATABASE_URL": f"{url.rpartition('/')[0]}/postgres"})


def answer(address: str) -> int:
    """Ask as a proxy does; return the status."""
    asked = http.client.HTTPConnection(address.removeprefix("http://"))
    with contextlib.closing(asked) as connection:
        headers = {"Host": "study.example.com", "X-Forwarded-Proto": "https"}
        connection.request("GET", "/", headers=headers)
        response = connection.getresponse()
        response.read()
        return response.status


def test_the_site_serves_behind_a_proxy_with_the_password_from_its_file(
    tmp_path: Path, secret_folder: Path, database: Database
):
    container = site(tmp_path, secret_folder, database)

    with container.serving():
        status = answer(container.address)
        health = container.run(*SERVICES["portal"]["healthcheck"]["test"][1:])

    assert status == 200
    assert health.returncode == 0, health.stderr
    assert not (container.volume / "gantry.sqlite3").exists()


def test_the_site_does_not_start_with_another_password(
    tmp_path: Path, secret_folder: Path, database: Database
):
    (secret_folder / "database_password").chmod(0o644)
    (secret_folder / "database_password").write_text("another")

    done = site(tmp_path, secret_folder, database).run("scripts/serve")

    assert done.returncode == 1
    assert "password authentication failed" in done.stderr


def test_the_database_is_healthy_once_it_answers(database: Database):
    command = SERVICES["db"]["healthcheck"]["test"]
    ask = [database.programs / command[1], *command[2:]]

    there, gone = (
        subprocess.run(ask, env={"PGPORT": str(port)}, check=False).returncode
        for port in (database.port, free_port())
    )

    assert (there, gone) == (0, 2)


def test_the_practice_account_serves_with_the_token_from_its_file(
    tmp_path: Path, secret_folder: Path
):
    container = PracticeContainer(tmp_path, **environment("practice", secret_folder))

    with container.serving():
        health = container.run(*SERVICES["practice"]["healthcheck"]["test"][1:])

    assert health.returncode == 0, health.stderr
