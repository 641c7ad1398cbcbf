"""Starting a site, on databases and with settings that are not as they should be."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.operating import ask, manage, said
from tests.site import ROOT

pytestmark = pytest.mark.faults


def test_replicas_that_start_at_once_migrate_one_after_another(fresh):
    migrating = [manage(fresh, "migrate", "--verbosity", "0") for _ in range(4)]

    ended = [said(one) for one in migrating]

    assert [code for code, _ in ended] == [0] * 4, ended
    code, text = said(manage(fresh, "migrate", "--check"))
    assert code == 0, text


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgres://gantry:hush@127.0.0.1:1/gantry", "The database cannot be reached"),
        ("sqlite:////nowhere/at/all.sqlite3", "The database cannot be reached"),
        ("mysql://x@y/z", "it should be sqlite or postgres"),
        ("postgres", "DATABASE_URL cannot be read"),
    ],
)
def test_a_wrong_database_is_told_in_one_line(fresh, url, says):
    code, text = said(manage(fresh, "migrate", DATABASE_URL=url))

    assert code == 1
    [line] = text.splitlines()
    assert says in line
    assert "hush" not in line


@pytest.mark.parametrize("name", ["PORTAL_SECRET_KEY", "PORTAL_METRICS_TOKEN", "DATABASE_URL"])
def test_an_empty_secret_file_stops_the_start_in_one_line(fresh, tmp_path, name):
    (tmp_path / "secret").write_text("\n")
    fresh.environment.pop(name, None)

    process = subprocess.run(
        [Path(sys.executable).with_name("gunicorn")],
        cwd=ROOT,
        env=fresh.environment | {f"{name}_FILE": str(tmp_path / "secret")},
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert process.returncode != 0
    assert "Traceback" not in process.stderr
    assert f"which is empty; it should hold {name}." in process.stderr


def test_new_code_on_an_old_database_says_what_to_run(fresh):
    fresh.prepare()
    assert said(manage(fresh, "migrate", "accounts", "0002"))[0] == 0

    with pytest.raises(AssertionError, match="did not start"):
        fresh.start()
    code, text = ask(fresh, "/readyz")
    is_alive = ask(fresh, "/healthz") == (200, "ok\n")
    assert said(manage(fresh, "migrate", "--verbosity", "0"))[0] == 0

    assert (code, is_alive) == (503, True)
    assert json.loads(text)["database"] == "migrations missing: run manage.py migrate"
    assert ask(fresh, "/readyz")[0] == 200


def test_old_code_on_a_new_database_serves_on_and_takes_no_wrong_backup(fresh, tmp_path):
    fresh.prepare()
    newer = (
        "import django; django.setup();"
        "from django.db.migrations.recorder import MigrationRecorder as R;"
        "from django.db import connection;"
        "R(connection).record_applied('quizzes', '0999_newer')"
    )
    environment = fresh.environment | {"DJANGO_SETTINGS_MODULE": "portal.settings"}
    subprocess.run([sys.executable, "-c", newer], cwd=ROOT, env=environment, check=True)
    fresh.start()

    code, text = said(manage(fresh, "backup", str(tmp_path / "backup")))
    _, doctor = said(manage(fresh, "doctor"))

    assert ask(fresh, "/readyz")[0] == 200
    assert code == 1
    assert "migrated by a newer release (quizzes.0999_newer)" in text
    assert "Run that release" in doctor
