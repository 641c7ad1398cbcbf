"""Replicas that start in the same moment bring one empty database up to date, once."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults import course
from tests.site import ROOT, Site, empty_database

pytestmark = pytest.mark.faults

REPLICAS = 3


def test_replicas_that_start_together_do_not_stumble_over_each_other(tmp_path):
    with empty_database() as settings:
        site = Site(tmp_path, **settings)
        command = [sys.executable, "manage.py", "prepare"]
        started = [
            subprocess.Popen(
                command, cwd=ROOT, env=site.environment, stdout=subprocess.PIPE, text=True
            )
            for _ in range(REPLICAS)
        ]

        said = [one.communicate(timeout=120)[0] for one in started]

        assert [one.returncode for one in started] == [0] * REPLICAS
        assert all("The database is up to date." in text for text in said)
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--check"],
            cwd=ROOT,
            env=site.environment,
            check=True,
        )


def test_sites_of_one_checkout_that_start_together_collect_their_files_once(tmp_path):
    courses, collected = course.write(tmp_path / "courses"), ROOT / "staticfiles/.collected"
    folders = [tmp_path / name for name in ("first", "second", "third")]
    sites = [Site(folder, PORTAL_COURSES_DIR=str(courses)) for folder in folders]
    collected.unlink(missing_ok=True)

    with ThreadPoolExecutor() as pool:
        list(pool.map(Site.prepare, sites))
    made = [path.stat().st_mtime_ns for path in collected.parent.rglob("*")]
    sites[0].prepare()

    assert [path.stat().st_mtime_ns for path in collected.parent.rglob("*")] == made
    assert collected.exists()
