"""As the template tells it, the site signs in to a PostgreSQL that asks for TLS and a password."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.deploy.template import stack, variables
from tests.site import HOST, ROOT

pytestmark = pytest.mark.only_postgresql  # where there is one at all

PASSWORD = "made-by-secrets-manager"
AUTHENTICATED = "hostssl all all 127.0.0.1/32 scram-sha-256\n"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server as RDS is with rds.force_ssl: TLS or nothing, and a password by SCRAM."""
    programs = postgres.programs()
    assert programs is not None
    user = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    with tempfile.TemporaryDirectory(prefix="gantry-pg-") as name:
        folder, number = Path(name), a_free_port()
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        prepare(programs, folder, user)
        options = f"-k {folder} -c listen_addresses={HOST} -p {number} -c ssl=on -c fsync=off"
        control = [str(programs / "pg_ctl"), "-D", str(folder / "data"), "-s", "-w"]
        run([*control, "-l", str(folder / "log"), "-o", options, "start"], user, folder)
        try:
            yield number
        finally:
            run([*control, "-m", "immediate", "stop"], user, folder)


def prepare(programs: Path, folder: Path, user: str | None) -> None:
    """Make the server's files: a password to begin with, a certificate, and who may come in."""
    data, password = folder / "data", folder / "password"
    password.write_text(PASSWORD)
    initdb = [str(programs / "initdb"), "-D", str(data), "-U", "gantry", "-A", "scram-sha-256"]
    run([*initdb, "-N", "--pwfile", str(password)], user, folder)
    certify(data, user)
    (data / "pg_hba.conf").write_text(AUTHENTICATED)


def a_free_port() -> int:
    """Ask in another process: sockets are off in this one."""
    code = "from tests.site import free_port; print(free_port())"
    return int(subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True))


def certify(data: Path, user: str | None) -> None:
    openssl = shutil.which("openssl")
    assert openssl is not None
    made = ["-keyout", str(data / "server.key"), "-out", str(data / "server.crt")]
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *made]
    run([*command, "-subj", "/CN=database"], user, data)
    (data / "server.key").chmod(0o600)


def run(command: list[str], user: str | None, folder: Path) -> None:
    quiet = subprocess.DEVNULL
    subprocess.run(command, check=True, user=user, cwd=folder, stdout=quiet, stderr=quiet)


def site(port: int, folder: Path, password: str, code: str, **more: str) -> tuple[int, str]:
    """Run code with the site's settings, told of its database by the template alone."""
    told = variables(stack({"Database.Endpoint.Address": HOST}))
    address = told["DATABASE_URL"].replace(":5432/gantry", f":{port}/postgres")
    own = {"PORTAL_SECRET_KEY": "k" * 64, "PORTAL_DATA_DIR": str(folder), "HOME": str(folder)}
    environment = {
        **told,
        **own,
        "DATABASE_URL": address,
        "PORTAL_DATABASE_PASSWORD": password,
        **more,
    }
    environment["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    said = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {code}"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return said.returncode, said.stdout + said.stderr


LOOK = (
    "from django.db import connection as c; u = c.cursor();"
    "u.execute('SELECT current_user, ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()');"
    "print(u.fetchone())"
)


@pytest.mark.parametrize("server", [{}, {"GUNICORN_SERVES": "1"}], ids=["command", "pool"])
def test_the_password_of_the_secret_opens_the_database_over_tls(port, tmp_path, server):
    code, said = site(port, tmp_path, PASSWORD, LOOK, **server)

    assert code == 0, said
    assert "('gantry', True)" in said


def test_another_password_does_not(port, tmp_path):
    code, said = site(port, tmp_path, "of-last-week", LOOK)

    assert code == 1
    assert "password authentication failed" in said


def test_a_task_brings_the_database_up_to_date_with_it(port, tmp_path):
    prepare = "from django.core.management import call_command as c; c('prepare')"

    code, said = site(port, tmp_path, PASSWORD, prepare)

    assert code == 0, said
    assert "The database is up to date." in said
