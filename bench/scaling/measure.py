"""Starts the site in each way a team may run it, and loads it with what learners do."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench import cpu
from bench.cells import Engine, at_rest
from bench.courses import Shelf
from bench.load import Plan
from bench.load import in_own_process as get
from bench.quiz import load as posting
from bench.quiz import posts
from bench.quiz.cells import inside
from bench.quiz.course import PRACTICE
from bench.quiz.posts import Person, Pool, pool
from bench.rounds import LONGEST, Spread, spread
from bench.site import GANTRY, Running, Site, started
from bench.wire import BROWSER

LEARNERS = 64
CLIENTS = 16
ANSWER = "a marked answer"


@dataclass(frozen=True, slots=True)
class Extent:
    """How often each way is started, how many requests a block has, how many learners there are."""

    rounds: int
    requests: int
    learners: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """How the site runs: on which engine, with how many replicas of how many workers each."""

    engine: str
    workers: int
    replicas: int = 1

    @property
    def name(self) -> str:
        workers = f"{self.workers} worker{'s' if self.workers > 1 else ''}"
        return f"{self.replicas} replicas of {workers}" if self.replicas > 1 else workers


@dataclass(frozen=True, slots=True)
class Block:
    """Requests of one kind: so many a second, and seconds of processor time each cost."""

    rate: float
    site: float
    database: float


@dataclass(frozen=True, slots=True)
class Run:
    """One start: seconds to the first answer, MiB of one replica at rest and after the load."""

    start: float
    idle: float
    loaded: float
    blocks: dict[str, Block]


@dataclass(frozen=True, slots=True)
class Figures:
    """What all runs of one way came to, with so many learners in the database."""

    way: Way
    learners: int
    start: Spread
    idle: Spread
    loaded: Spread
    rate: dict[str, Spread]
    site: dict[str, Spread]
    database: dict[str, Spread]


@dataclass(frozen=True, slots=True)
class Found:
    engine: str
    ways: list[Figures]
    grown: list[Figures]
    rows: dict[str, int]  # a learner's
    bytes: float  # a learner's


@dataclass(frozen=True, slots=True)
class Room:
    """A filled site, who uses it, what they ask for and what they post."""

    engine: Engine
    site: Site
    shelf: Shelf
    person: Person
    pages: dict[str, str]
    answers: Pool


def opened(engine: Engine, shelf: Shelf, folder: Path) -> Room:
    site = Site(GANTRY, folder / engine.name.lower(), shelf.folder, folder / "data", engine.gantry)
    site.prepare()
    people = [Person(*one) for one in inside(site, "people", LEARNERS + 1)]
    attempts = inside(site, "attempts", LEARNERS)[PRACTICE]
    pages = {
        "a chapter": shelf.url,
        "the start page": "/",
        "a question": f"/quizzes/attempts/{attempts[0][0]}/{len(attempts[0][1])}/",
    }
    return Room(
        engine, site, shelf, people[0], pages, pool(posts.answers(people[:-1], attempts, {}))
    )


@contextlib.contextmanager
def serving(room: Room, way: Way) -> Iterator[list[Running]]:
    """Start every replica, one after the other, as a rolling deployment does."""
    with contextlib.ExitStack() as stack:
        yield [
            stack.enter_context(
                started(
                    room.site, room.shelf.url, room.person.cookie, PORTAL_WORKERS=str(way.workers)
                )
            )
            for _ in range(way.replicas)
        ]


def run(room: Room, way: Way, requests: int) -> Run:
    with serving(room, way) as replicas:
        for one in replicas:
            at_rest(one, way.workers)
        idle = cpu.memory(replicas[0].pid)
        for url in room.pages.values():
            asked(room, replicas, url, requests // 4)  # what is loaded once does not count
        blocks = {name: asked(room, replicas, url, requests) for name, url in room.pages.items()}
        blocks[ANSWER] = posted(room, replicas, requests)
        return Run(replicas[0].wall, idle, cpu.memory(replicas[0].pid), blocks)


def asked(room: Room, replicas: list[Running], url: str, requests: int) -> Block:
    """Ask all replicas for a page at once; each has its share of the clients."""
    plans = [
        Plan(
            one.port,
            one.request(url, Accept_Encoding=BROWSER),
            CLIENTS // len(replicas),
            requests // len(replicas),
            LONGEST,
        )
        for one in replicas
    ]
    before = used(room, replicas)
    with ThreadPoolExecutor(len(replicas)) as together:
        outcomes = list(together.map(get, plans))
    done = sum(one.requests for one in outcomes)
    return block(room, replicas, before, done, max(one.seconds for one in outcomes))


def posted(room: Room, replicas: list[Running], count: int) -> Block:
    """Post answers to all replicas at once; none may be refused or lost."""
    learners = room.answers.take(count, CLIENTS)
    plans = [
        posting.Plan(one.port, learners[nth :: len(replicas)]) for nth, one in enumerate(replicas)
    ]
    before = used(room, replicas)
    with ThreadPoolExecutor(len(replicas)) as together:
        outcomes = list(together.map(posting.in_own_process, plans))
    for outcome in outcomes:
        assert not outcome.refused, outcome.refused[:3]
        assert not outcome.lost, outcome.lost
    return block(room, replicas, before, count, max(one.seconds for one in outcomes))


def used(room: Room, replicas: list[Running]) -> tuple[float, float]:
    """Return the processor time of the site and of the database's own processes."""
    pid = room.engine.pid
    return cpu.seconds(tuple(one.pid for one in replicas)), cpu.seconds((pid,)) if pid else 0.0


def block(
    room: Room, replicas: list[Running], before: tuple[float, float], done: int, seconds: float
) -> Block:
    after = used(room, replicas)
    site, database = (there - here for here, there in zip(before, after, strict=True))
    return Block(done / seconds, site / done, database / done)


def figures(way: Way, learners: int, runs: list[Run]) -> Figures:
    kinds = list(runs[0].blocks)
    return Figures(
        way,
        learners,
        *(spread(getattr(one, name) for one in runs) for name in ("start", "idle", "loaded")),
        *(
            {kind: spread(getattr(one.blocks[kind], name) for one in runs) for kind in kinds}
            for name in ("rate", "site", "database")
        ),
    )


def measure(engine: Engine, shelf: Shelf, folder: Path, extent: Extent) -> Found:
    """Run every way in turn, a round after the other; then let the learners become many."""
    room = opened(engine, shelf, folder)
    ways = [Way(engine.name, 1), Way(engine.name, 2)]
    if engine.pid:
        ways.append(Way(engine.name, 1, replicas=2))
    few, many = (grow(room, count) for count in extent.learners[:1] * 2)
    runs: dict[Way, list[Run]] = {way: [] for way in ways}
    for _ in range(extent.rounds):
        for way in ways:
            runs[way].append(run(room, way, extent.requests))
    found = [figures(way, extent.learners[0], seen) for way, seen in runs.items()]
    grown = []
    for count in extent.learners[1:]:
        many = grow(room, count)
        again = [run(room, ways[1], extent.requests) for _ in range(extent.rounds)]
        grown.append(figures(ways[1], count, again))
    more = extent.learners[-1] - extent.learners[0]
    rows = {kind: round((many.rows[kind] - few.rows[kind]) / more) for kind in many.rows}
    return Found(engine.name, found, grown, rows, (many.bytes - few.bytes) / more)


@dataclass(frozen=True, slots=True)
class Grown:
    rows: dict[str, int]
    bytes: int


def grow(room: Room, learners: int) -> Grown:
    return Grown(**json.loads(room.site.python("-m", "bench.scaling.inside", str(learners))))
