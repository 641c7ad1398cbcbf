"""One comparison: an engine, a size of course and a size of history, with both sites running."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench import cpu, wire
from bench.courses import Shelf
from bench.rounds import Load, Pair, compare
from bench.site import BARE, GANTRY, START_LIMIT, Filled, Running, Site, started
from tests.postgres import programs, server

REST = 0.5  # seconds without a tick of processor time


@dataclass(frozen=True, slots=True)
class Engine:
    """A database engine; `pid` is PostgreSQL's first process."""

    name: str
    gantry: str
    bare: str
    pid: int | None


@dataclass(frozen=True, slots=True)
class Both:
    """One figure of each site."""

    gantry: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.gantry / self.bare


@dataclass(frozen=True, slots=True)
class Cell:
    """What one comparison found."""

    engine: str
    chapters: int
    history: int
    pairs: list[Pair]
    plain: list[Pair]  # with identity encoding
    queries: Both
    memory_before: Both  # MiB
    memory_after: Both
    page: Both  # bytes of HTML
    packed: Both  # bytes of HTML on the wire
    gantry_visit: wire.Visit
    bare_visit: wire.Visit


@dataclass(frozen=True, slots=True)
class Sizes:
    engine: Engine
    shelf: Shelf
    history: int


def sqlite(folder: Path) -> Engine:
    names = [f"sqlite:///{folder / name}.sqlite3" for name in ("gantry", "bare")]
    return Engine("SQLite", names[0], names[1], None)


@contextlib.contextmanager
def postgresql() -> Iterator[Engine | None]:
    """Start a PostgreSQL with a database for each site; None where it is not installed."""
    home = programs()
    if home is None:
        yield None
        return
    with server(home) as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE gantry_site")
            connection.execute("CREATE DATABASE bare_site")
        folder = url.partition("host=")[2]
        pid = int(Path(folder, "data", "postmaster.pid").read_text().split()[0])
        names = [url.replace("/postgres?", f"/{name}_site?") for name in ("gantry", "bare")]
        yield Engine("PostgreSQL", names[0], names[1], pid)


def sites(engine: Engine, shelf: Shelf, folder: Path) -> tuple[Site, Site]:
    """Return both sites; the pages Gantry keeps are the shelf's, whatever the engine."""
    place, data = folder / engine.name.lower(), folder / f"data-{shelf.size}"
    gantry = Site(GANTRY, place / "gantry", shelf.folder, data, engine.gantry)
    return gantry, Site(BARE, place / "bare", shelf.folder, data, engine.bare)


def prepare(engine: Engine, shelf: Shelf, folder: Path) -> None:
    """Make the tables and the static files of both sites."""
    for site in sites(engine, shelf, folder):
        site.prepare()


def measure(sizes: Sizes, folder: Path, load: Load, *, with_plain: bool) -> Cell:
    """Fill both databases, start both sites, look at them at rest, load them in turn."""
    gantry, bare = sites(sizes.engine, sizes.shelf, folder)
    ours, theirs = (site.fill(sizes.shelf, sizes.history) for site in (gantry, bare))
    url = sizes.shelf.url
    with started(gantry, url, ours.cookie) as gantry_up:
        bare.use_text(wire.fetch(gantry_up, url).text)
        with started(bare, url, theirs.cookie) as bare_up:
            return look(sizes, load, gantry_up, bare_up, (ours, theirs), with_plain=with_plain)


def at_rest(site: Running, workers: int = 2) -> None:
    """Wait until Gunicorn and its workers are there and have done what they do at first."""
    limit = time.monotonic() + START_LIMIT
    used = -1.0
    while time.monotonic() < limit:
        now = cpu.seconds((site.pid,))
        if now == used and len(cpu.family(site.pid)) == 1 + workers:
            return
        used = now
        time.sleep(REST)


def look(
    sizes: Sizes,
    load: Load,
    gantry: Running,
    bare: Running,
    filled: tuple[Filled, Filled],
    *,
    with_plain: bool,
) -> Cell:
    url, pid = sizes.shelf.url, sizes.engine.pid
    for site in (gantry, bare):
        at_rest(site)
    before = Both(cpu.memory(gantry.pid), cpu.memory(bare.pid))
    ours, theirs = (wire.visit(site, url) for site in (gantry, bare))
    pairs = compare(gantry, bare, url, load, database=pid, accept=wire.BROWSER)
    plain_load = Load(load.rounds, load.requests, (16,))
    plain = (
        compare(gantry, bare, url, plain_load, database=pid, accept="identity")
        if with_plain
        else []
    )
    return Cell(
        engine=sizes.engine.name,
        chapters=sizes.shelf.size,
        history=sizes.history,
        pairs=pairs,
        plain=plain,
        queries=Both(len(filled[0].queries), len(filled[1].queries)),
        memory_before=before,
        memory_after=Both(cpu.memory(gantry.pid), cpu.memory(bare.pid)),
        page=Both(len(ours.answers[0].text.encode()), len(theirs.answers[0].text.encode())),
        packed=Both(ours.answers[0].size, theirs.answers[0].size),
        gantry_visit=ours,
        bare_visit=theirs,
    )
