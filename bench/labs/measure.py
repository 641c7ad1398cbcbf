"""Does chapter 9's exercises in a practice account, then measures how labs look at it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.rounds import Spread, spread
from bench.site import GANTRY, ROOT, Site, SiteError
from bench.starts import REAL
from tests.course.exercises.chapter import hands_on
from tests.course.exercises.session import REGION, Session, practice_session
from tests.labs.sandbox.process import TOKEN

LEARNER = "reader"  # the one who does the exercises in practice_session
LIMIT = 420  # seconds for the exercises
PRESSES = 8  # a learner may press 12 times a minute


@dataclass(frozen=True, slots=True)
class Extent:
    """How many first runs, rounds of others, and learners there are."""

    firsts: int
    rounds: int
    learners: int
    at_once: int = 4  # threads of a Gunicorn worker


@dataclass(frozen=True, slots=True)
class First:
    """Something done once in each of several processes: seconds, and how crowded it was."""

    total: Spread
    cpu: Spread
    crowd: Spread  # how long work took against its processor time

    @classmethod
    def of(cls, seen: list[dict[str, float]]) -> First:
        return cls(*(spread(one[name] for one in seen) for name in ("total", "cpu", "crowd")))


@dataclass(frozen=True, slots=True)
class Found:
    """All figures; times in seconds, memory in MiB."""

    times: dict[str, list[float]]  # a list for each kind of run, in the same rounds
    seen: dict[str, dict[str, Any]]  # what a run of each set comes to
    first: First  # of exercises 1-4
    first_all: First
    sdk: First  # the import within a first run
    memory: list[float]  # after each learner
    together: list[float]  # the same, while all clients stay open
    page: dict[str, Any]

    def of(self, kind: str) -> Spread:
        return spread(self.times[kind])

    def ratio(self, kind: str) -> Spread:
        """Return one after another against side by side, of the same rounds."""
        slow, quick = (
            self.times[f"{kind}, {way}"] for way in ("one after another", "side by side")
        )
        return spread(one / other for one, other in zip(slow, quick, strict=True))


@dataclass(frozen=True, slots=True)
class LabsSite(Site):
    """The site with a practice account."""

    sandbox: str = ""

    def environment(self) -> dict[str, str]:
        more = {"PORTAL_SANDBOX_URL": self.sandbox, "PORTAL_SANDBOX_TOKEN": TOKEN}
        return Site.environment(self) | more


def measure(folder: Path, extent: Extent) -> Found:
    with practice_session(folder) as session:
        session.run(hands_on("en").exercises, limit=LIMIT)
        firsts = [
            First.of([inside(session, command, which) for _ in range(extent.firsts)])
            for command, which in (("first", 0), ("first", 1), ("sdk", 0))
        ]
        return Found(
            **inside(session, "rounds", extent.rounds),
            first=firsts[0],
            first_all=firsts[1],
            sdk=firsts[2],
            memory=inside(session, "memory", extent.learners),
            together=inside(session, "together", extent.at_once),
            page=page(session, folder),
        )


def inside(session: Session, command: str, number: int) -> Any:  # Any: each command's own answer
    account = {
        "address": session.address,
        "access_key": session.keys.access_key_id,
        "secret_key": session.keys.secret_access_key,
        "region": REGION,
    }
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "bench.labs.inside", command, str(number)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": str(session.home)},
        input=json.dumps(account),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SiteError(f"labs: {command}\n{done.stderr}")
    return json.loads(done.stdout)


def page(session: Session, folder: Path) -> Any:  # Any: as above
    """Start the site with the course that comes with it, and let a learner press."""
    courses, database = folder / "courses", f"sqlite:///{folder / 'labs.sqlite3'}"
    shutil.copytree(REAL, courses)
    site = LabsSite(GANTRY, folder / "site", courses, folder / "data", database, session.address)
    site.prepare()
    return json.loads(site.python("-m", "bench.labs.page", LEARNER, str(PRESSES)))
