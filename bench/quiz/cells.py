"""One engine: every kind of post to both sites, which run all the while."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, cycle
from pathlib import Path
from typing import Any

from bench.cells import Both, Engine, at_rest, prepare, sites
from bench.courses import Shelf
from bench.quiz import posts
from bench.quiz.course import MOCK, PRACTICE
from bench.quiz.load import ATTEMPT
from bench.quiz.posts import AGAIN, Person, Pool, pool
from bench.quiz.rounds import Side, Work, compare, total
from bench.rounds import CLIENTS, Pair
from bench.site import Running, Site, started

LEARNERS = 64
ALONE = (1,)
FEW = (8,)  # clients who start or close exams at once


@dataclass(frozen=True, slots=True)
class Extent:
    """How often, how many posts and exams a block has, and how much history there is before."""

    rounds: int
    posts: int
    exams: int
    history: tuple[int, ...] = (0, 100, 1_000)  # earlier attempts, each time more

    def answers(self) -> Work:
        return Work(self.rounds, self.posts, self.posts, CLIENTS)

    def sittings(self) -> Work:
        return Work(self.rounds, self.exams, self.posts, FEW)

    def turns(self) -> Work:
        """Return more rounds of what is over soon: one exam after the other."""
        return Work(2 * self.rounds, self.exams, self.posts, ALONE)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one kind of post came to. `unwritten` are posts that left no row."""

    engine: str
    what: str
    pairs: list[Pair]
    unwritten: int
    queries: Both
    history: int = 0

    @property
    def refused_or_lost(self) -> int:
        blocks: list[Any] = [one for pair in self.pairs for one in (pair.gantry, pair.bare)]
        return sum(len(one.refused) + one.lost for one in blocks) + self.unwritten


def inside(site: Site, command: str, number: int = 0) -> Any:  # Any: each command's own answer
    return json.loads(site.python("-m", "bench.quiz.inside", command, str(number)))


@dataclass(frozen=True, slots=True)
class Room:
    """Both sites, running, and who sits there: learners, those who sit exams, and one more."""

    engine: Engine
    gantry: Running
    bare: Running
    people: list[Person]
    readers: list[Person]  # of the bare site
    attempts: dict[str, list[posts.Started]]
    queries: dict[str, Both]

    def sides(self, waiting: Pool, *, small: bool = False) -> tuple[Side, Side]:
        notes = pool(posts.notes(self.readers, AGAIN if small else {}))
        pid = self.engine.pid
        return Side(self.gantry, pid, waiting), Side(self.bare, pid, notes)

    def rows(self) -> dict[str, int]:
        return {**inside(self.gantry.site, "rows"), **inside(self.bare.site, "rows")}

    def cell(
        self, what: str, sides: tuple[Side, Side], work: Work, wrote: str, *, sign: int = 1
    ) -> Cell:
        """Compare, and count the rows before and after: `wrote` grows by one a post."""
        before = self.rows()
        pairs = compare(*sides, work)
        after = self.rows()
        ours, theirs = (side.pool.used // side.size for side in sides)
        missing = abs(ours - sign * (after[wrote] - before[wrote]))
        missing += abs(theirs - (after["notes"] - before["notes"]))
        return Cell(self.engine.name, what, pairs, missing, self.queries[what])


@contextlib.contextmanager
def opened(engine: Engine, shelf: Shelf, folder: Path, extent: Extent) -> Iterator[Room]:
    """Fill both databases and start both sites."""
    prepare(engine, shelf, folder)
    gantry, bare = sites(engine, shelf, folder)
    last = LEARNERS + total(extent.sittings())
    bare.fill(shelf, 0)
    readers = [Person(*one) for one in inside(bare, "people", LEARNERS)]
    # learners, those who sit exams, one whose queries are counted, one with a history
    people = [Person(*one) for one in inside(gantry, "people", last + 2)]
    attempts = inside(gantry, "attempts", LEARNERS)
    queries = sampled(gantry, bare, last)
    with (
        started(gantry, shelf.url, people[0].cookie) as ours,
        started(bare, shelf.url, readers[0].cookie) as theirs,
    ):
        for site in (ours, theirs):
            at_rest(site)
        yield Room(engine, ours, theirs, people, readers, attempts, queries)


def sampled(gantry: Site, bare: Site, place: int) -> dict[str, Both]:
    """Make every kind of post once: give the bare site the words, return the queries."""
    ours = inside(gantry, "sample", place)
    for name, kind in (("marked", "answer"), ("saved", "autosave")):
        bare.use_words(name, ours[kind][1])
    theirs = inside(bare, "sample")
    return {kind: Both(ours[kind][0], theirs.get(kind, theirs["answer"])[0]) for kind in ours}


def measure(engine: Engine, shelf: Shelf, folder: Path, extent: Extent) -> list[Cell]:
    with opened(engine, shelf, folder, extent) as room:
        return [*answer_cells(room, extent), *exam_cells(room, extent)]


def answer_cells(room: Room, extent: Extent) -> Iterator[Cell]:
    people, work = room.people[:LEARNERS], extent.answers()
    marked = pool(posts.answers(people, room.attempts[PRACTICE], {}))
    yield room.cell("answer", room.sides(marked), work, "marked")
    saved = pool(posts.answers(people, room.attempts[MOCK], AGAIN))
    yield room.cell("autosave", room.sides(saved, small=True), work, "saved")


def exam_cells(room: Room, extent: Extent) -> Iterator[Cell]:
    sitters, work = room.people[LEARNERS:-2], extent.sittings()
    starts = pool(person.start(MOCK) for person in sitters)
    yield room.cell("start", room.sides(starts), work, "exams")
    exams = inside(room.gantry.site, "finish", LEARNERS)
    ends = pool(person.submit(exam) for person, exam in zip(sitters, exams, strict=True))
    yield room.cell("submit", room.sides(ends), work, "open", sign=-1)
    for count in extent.history:
        inside(room.gantry.site, "history", count)
        yield history_cell(room, [room.people[-1]] if count else sitters, count, extent.turns())


def history_cell(room: Room, people: list[Person], count: int, work: Work) -> Cell:
    """Start and close exams one by one, by people in turn who have sat `count` before."""
    turns = ((person.start(MOCK), person.submit(ATTEMPT)) for person in cycle(people))
    ours, theirs = room.sides(pool(chain.from_iterable(turns)))
    one_by_one = (replace(ours, size=2, most_clients=1), theirs)
    return replace(room.cell("start", one_by_one, work, "exams"), what="history", history=count)
