"""Posts to both sites in turn, and looks whether everything that was posted was written."""

from __future__ import annotations

from dataclasses import dataclass

from bench import cpu
from bench.quiz.load import Plan, in_own_process
from bench.quiz.posts import Pool
from bench.rounds import Block, Pair
from bench.site import Running

WARM = 16  # clients


@dataclass(frozen=True, slots=True)
class Posted(Block):
    """One site under posts. `times` are seconds, by the place in a learner's list."""

    times: list[tuple[int, float]]
    refused: list[str]
    lost: int

    @property
    def p95(self) -> float:
        seconds = sorted(one for _, one in self.times)
        return seconds[int(0.95 * (len(seconds) - 1))]


@dataclass(frozen=True, slots=True)
class Side:
    """A site, where its posts come from, and how many of them are one piece of work."""

    running: Running
    database: int | None  # PostgreSQL's first process
    pool: Pool
    size: int = 1
    most_clients: int = 64

    def block(self, work: int, clients: int) -> Posted:
        """Post `work` pieces; the database's processes count as the site's meanwhile."""
        roots = (self.running.pid, *([] if self.database is None else [self.database]))
        learners = self.pool.take(work * self.size, min(clients, self.most_clients))
        before = cpu.seconds(roots)
        outcome = in_own_process(Plan(self.running.port, learners))
        used = cpu.seconds(roots) - before
        times = [(place, seconds) for place, seconds in outcome.times]
        return Posted(used / work, work / outcome.seconds, times, outcome.refused, outcome.lost)


@dataclass(frozen=True, slots=True)
class Work:
    """How much is posted to either site in a block, with how many clients, how often."""

    rounds: int
    gantry: int
    bare: int
    clients: tuple[int, ...]


def compare(gantry: Side, bare: Side, work: Work) -> list[Pair]:
    """Run all rounds; who goes first changes with every pair of blocks."""
    pairs: list[Pair] = []
    counts = {gantry.running.pid: work.gantry, bare.running.pid: work.bare}
    for side in (gantry, bare):
        side.block(warm(counts[side.running.pid]), WARM)
    for turn in range(work.rounds):
        for nth, clients in enumerate(work.clients):
            sides = (gantry, bare) if (turn + nth) % 2 == 0 else (bare, gantry)
            blocks = {
                side.running.pid: side.block(counts[side.running.pid], clients) for side in sides
            }
            pairs.append(Pair(clients, blocks[gantry.running.pid], blocks[bare.running.pid]))
    return pairs


def warm(count: int) -> int:
    return max(4, count // 4)


def total(work: Work) -> int:
    """Return how many pieces of Gantry's work all rounds need together."""
    return warm(work.gantry) + work.rounds * len(work.clients) * work.gantry
