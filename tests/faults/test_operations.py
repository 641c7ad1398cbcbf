"""What an operator meets: the site survives it, or says in one line what to do."""

from __future__ import annotations

import json
import os
import re
import resource
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest

from tests.faults.learners import Crowd, Learner
from tests.faults.operating import ask, manage, said
from tests.faults.test_killed import assert_kept, connected
from tests.site import HOST, ROOT, Site

pytestmark = pytest.mark.faults


TRIES_WHILE_AWAY = 3  # each waits for a connection for five seconds


def send(site: Site, data: bytes) -> bytes:
    """Send bytes as they are, and return the first that come back."""
    with socket.create_connection((HOST, site.port), timeout=20) as client:
        client.sendall(data)
        return client.recv(4096)


@pytest.mark.only_sqlite  # otherwise it is the database server's disk
def test_a_full_disk_loses_nothing_that_was_acknowledged(site):
    crowd = Crowd(site, "full", 1)
    [learner] = crowd.learners
    refused = []

    with connected(site) as connection:
        learner.answer(connection, 1, "before")
        with full_disk(site):
            status, _ = learner.send(connection, "POST", f"{learner.url}2/", text="while")
            refused.append(status)
        learner.answer(connection, 3, "after")

    assert refused == [500]
    assert crowd.saved() == {(learner.attempt, 1): "before", (learner.attempt, 3): "after"}


@contextmanager
def full_disk(site: Site) -> Iterator[None]:
    """Let no process of the site make any file longer: what is written meets a full disk."""
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids(site)}
    for pid, (_, hard) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        for pid, limits in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


def pids(site: Site) -> list[int]:
    assert site.process is not None
    listed = subprocess.run(
        ["pgrep", "--pgroup", str(site.process.pid)], text=True, capture_output=True, check=True
    )
    return [int(one) for one in listed.stdout.split()]


def test_a_backup_that_finds_no_room_leaves_nothing_behind(site, tmp_path):
    Crowd(site, "room", 40)
    target = tmp_path / "backups"
    target.mkdir()
    limited = ["prlimit", "--fsize=4096", sys.executable, "manage.py", "backup"]

    process = subprocess.run(
        [*limited, str(target / "backup")],
        cwd=ROOT,
        # Python 3.11 keeps what it compiles even when it is cut short here, for all who follow.
        env=site.environment | {"PYTHONDONTWRITEBYTECODE": "1"},
        text=True,
        capture_output=True,
        check=False,
    )

    assert process.returncode == 1
    [line] = process.stderr.splitlines()
    assert "cannot be written" in line
    assert list(target.iterdir()) == []


def test_a_backup_taken_while_learners_answer_restores_whole(site, fresh, tmp_path):
    crowd = Crowd(site, "backed", 16)
    with crowd:
        crowd.wait_for(100)
        heard = dict(crowd.acknowledged)
        code, text = said(manage(site, "backup", str(tmp_path / "backup")))
        assert code == 0, text
    fresh.prepare()

    code, text = said(manage(fresh, "restore", str(tmp_path / "backup")))

    found = json.loads(fresh.run("tests.faults.rows", "answers"))
    saved = {(attempt, position): picked for attempt, position, picked in found}
    assert code == 0, text
    assert heard.items() <= saved.items()
    assert_kept(crowd)


@pytest.mark.only_postgresql
def test_a_database_that_went_away_is_used_again_by_all_as_soon_as_it_is_back(site):
    crowd = Crowd(site, "gone", 8)

    answer_at_once(site, crowd, 1, "before")
    with database_away(site):
        away = [ask(site, "/readyz")[0], ask(site, "/healthz")[0]]
        for _ in range(TRIES_WHILE_AWAY):
            answer_at_once(site, crowd, 2, "while")
    while_away = {line.partition(": ")[2] for line in crowd.strange}
    for one in crowd.learners:
        one.strange.clear()
    answer_at_once(site, crowd, 3, "after")

    assert away == [503, 200]
    assert while_away == {"500 None"}
    assert crowd.strange == []
    assert crowd.saved() == {
        (one.attempt, position): text
        for one in crowd.learners
        for position, text in ((1, "before"), (3, "after"))
    }


def answer_at_once(site: Site, crowd: Crowd, position: int, text: str) -> None:
    """Let everybody answer the same question, so that every thread of every worker is asked."""

    def answer(learner: Learner) -> None:
        with connected(site) as connection:
            learner.answer(connection, position, text)

    with ThreadPoolExecutor(len(crowd.learners)) as together:
        list(together.map(answer, crowd.learners))


@contextmanager
def database_away(site: Site) -> Iterator[None]:
    """Cut every connection to the site's database, and let no new one in."""
    [name] = re.findall(r"/(faults_\w+)", site.environment["DATABASE_URL"])
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        try:
            yield
        finally:
            server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def test_huge_headers_and_bodies_are_refused_and_the_site_serves_on(site):
    field = b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 20_000 + b"\r\n\r\n"
    line = b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
    many = b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: 1\r\n" * 500 + b"\r\n"
    body = (
        b"POST /preferences/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\ntheme=dark"
    )

    codes = [int(send(site, data).split(b" ")[1]) for data in (field, line, many, body)]

    assert all(400 <= code < 500 for code in codes), codes
    assert codes[3] == 413
    assert ask(site, "/healthz") == (200, "ok\n")


def test_metrics_add_up_every_process(fresh):
    fresh.environment["PORTAL_METRICS_TOKEN"] = "hush"
    fresh.prepare()
    fresh.start()

    for _ in range(60):
        assert ask(fresh, "/healthz")[0] == 200
    request = urllib.request.Request(
        f"{fresh.address}/metrics", headers={"Authorization": "Bearer hush"}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        text = answer.read().decode()
    fresh.ask_to_end()
    code = fresh.wait_for_end(30)

    assert 'gantry_requests_total{method="GET",route="/healthz",status="200"} 60.0' in text
    assert code == 0
