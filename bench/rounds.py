"""Loads both sites in turn, so that whatever else the machine does falls on both alike."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bench import cpu
from bench.load import Plan, in_own_process
from bench.site import Running

CLIENTS = (1, 16, 64)
LONGEST = 2.0  # seconds a block may take


@dataclass(frozen=True, slots=True)
class Block:
    """One site under one load."""

    cpu: float  # seconds a request
    rate: float  # requests a second


@dataclass(frozen=True, slots=True)
class Pair:
    """Two blocks that were run one right after the other."""

    clients: int
    gantry: Block
    bare: Block


@dataclass(frozen=True, slots=True)
class Spread:
    """A middle value and the lowest and highest that were seen."""

    middle: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Load:
    """What each block does: clients, requests, and how often all of it is repeated."""

    rounds: int
    requests: int
    clients: tuple[int, ...] = CLIENTS


def compare(
    gantry: Running, bare: Running, url: str, load: Load, *, database: int | None, accept: str
) -> list[Pair]:
    """Run all rounds; who goes first changes with every pair of blocks."""
    pairs: list[Pair] = []
    for site in (gantry, bare):
        run_block(site, url, Load(1, load.requests), 16, database=database, accept=accept)
    for turn in range(load.rounds):
        for nth, clients in enumerate(load.clients):
            sites = (gantry, bare) if (turn + nth) % 2 == 0 else (bare, gantry)
            blocks = {
                site.pid: run_block(site, url, load, clients, database=database, accept=accept)
                for site in sites
            }
            pairs.append(Pair(clients, blocks[gantry.pid], blocks[bare.pid]))
    return pairs


def run_block(
    site: Running, url: str, load: Load, clients: int, *, database: int | None, accept: str
) -> Block:
    """Load one site; the database's processes count as the site's while it is loaded."""
    roots = (site.pid,) if database is None else (site.pid, database)
    request = site.request(url, Accept_Encoding=accept)
    before = cpu.seconds(roots)
    outcome = in_own_process(Plan(site.port, request, clients, load.requests, LONGEST))
    used = cpu.seconds(roots) - before
    return Block(used / outcome.requests, outcome.rate)


def spread(values: Iterable[float]) -> Spread:
    found = sorted(values)
    return Spread(statistics.median(found), found[0], found[-1])


def ratio(pairs: Iterable[Pair], of: Callable[[Block], float]) -> Spread:
    """Return Gantry's share of bare, pair by pair."""
    return spread(of(pair.gantry) / of(pair.bare) for pair in pairs)
