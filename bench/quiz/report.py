"""Turns what was measured of the quiz into Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable

from bench.quiz.cells import Cell
from bench.quiz.rounds import Posted
from bench.report import at, cpu, milliseconds, rate, shown, table
from bench.rounds import CLIENTS, Pair, Spread, ratio, spread

POSTS = {"answer": "answer, marked", "autosave": "choice saved in an exam"}
EXAMS = {"start": "start", "submit": "submit, 75 answered"}
POST_GOAL, FLAT_GOAL = 1.3, 1.15
MOST = max(CLIENTS)
METHOD = """\
Both sites run at the same time as for the chapter page, and are posted to in turn. **bare** is a
view of Django behind a session, a sign-in and CSRF: one form, one row inserted in a transaction,
and a template of Gantry's own words without any tags. 64 learners post: everyone to an attempt of
their own; one answer of three is wrong, and every second question has a card already. Posts come
from 1, 16 or 64 of them at once, each waiting for the answer. CPU is user and system time of
Gunicorn's processes and of PostgreSQL's; ratios are of pairs of blocks that ran one after the
other: the median, with the lowest and the highest in brackets. What was posted is counted in the
database afterwards: an answer without its row is as lost as one without a reply.
"""
HISTORY = """\
One learner who has sat so many exams of 75 questions starts one, closes it, starts the next. Those
who have sat none are several in turn, who sit few exams each while they are measured. A start's
time is told in submits of the same moments, which no history makes longer; CPU is of both together.
"""


def kinds(cells: Iterable[Cell], names: Iterable[str]) -> list[Cell]:
    return [cell for cell in cells if cell.what in names]


def both(pairs: list[Pair], of: Callable[[Posted], float]) -> str:
    """Return a time of Gantry and of bare in milliseconds."""
    sides = zip(*((of(pair.gantry), of(pair.bare)) for pair in pairs), strict=True)
    return " · ".join(f"{1000 * statistics.median(times):.0f}" for times in sides)


def p95(block: Posted) -> float:
    return block.p95


def start_time(block: Posted) -> float:
    return quartile(block, 0)


def start_share(block: Posted) -> float:
    """Return how long a start takes in submits of the same block: other work hits both alike."""
    return quartile(block, 0) / quartile(block, 1)


def quartile(block: Posted, turn: int) -> float:
    """Return the lower quartile of the times of every second post: starts are 0, submits 1."""
    return statistics.quantiles(seconds for place, seconds in block.times if place % 2 == turn)[0]


def cost(pairs: list[Pair]) -> list[str]:
    return [
        shown(ratio(pairs, cpu)),
        milliseconds(pairs, lambda pair: pair.gantry),
        milliseconds(pairs, lambda pair: pair.bare),
    ]


def posts(cells: list[Cell]) -> str:
    head = ["engine", "post", "queries", "CPU", "Gantry ms", "bare ms"]
    head += [f"posts/s, {clients} learners" for clients in CLIENTS]
    head += [f"p95 ms, {clients}" for clients in CLIENTS]
    rows = [
        [
            cell.engine,
            POSTS[cell.what],
            queries(cell),
            *cost(cell.pairs),
            *(shown(ratio(at(cell.pairs, clients), rate)) for clients in CLIENTS),
            *(both(at(cell.pairs, clients), p95) for clients in CLIENTS),
            cell.refused_or_lost,
        ]
        for cell in kinds(cells, POSTS)
    ]
    return table([*head, "refused or lost"], rows)


def queries(cell: Cell) -> str:
    return f"{cell.queries.gantry} · {cell.queries.bare}"


def exams(cells: list[Cell]) -> str:
    head = ["engine", "exam of 75", "queries", "CPU", "Gantry ms", "bare ms", "p95 ms, 8 learners"]
    rows = [
        [
            cell.engine,
            EXAMS[cell.what],
            queries(cell),
            *cost(cell.pairs),
            both(cell.pairs, p95),
            cell.refused_or_lost,
        ]
        for cell in kinds(cells, EXAMS)
    ]
    return table([*head, "refused or lost"], rows)


def growth(cell: Cell, cells: list[Cell], of: Callable[[Cell], float]) -> float:
    """Return a figure against the same without history."""
    first = next(one for one in kinds(cells, ["history"]) if one.engine == cell.engine)
    return of(cell) / of(first)


def shares(cell: Cell) -> Spread:
    return spread(start_share(pair.gantry) for pair in cell.pairs)


def share_middle(cell: Cell) -> float:
    return shares(cell).middle


def cpu_middle(cell: Cell) -> float:
    return ratio(cell.pairs, cpu).middle


def histories(cells: list[Cell]) -> str:
    head = ["engine", "exams sat before", "start, ms", "start in submits", "against none before"]
    rows = [
        [
            cell.engine,
            f"{cell.history:,}",
            both(cell.pairs, start_time),
            shown(shares(cell)),
            f"**{growth(cell, cells, share_middle):.2f}**",
            shown(ratio(cell.pairs, cpu)),
            f"**{growth(cell, cells, cpu_middle):.2f}**",
            cell.refused_or_lost,
        ]
        for cell in kinds(cells, ["history"])
    ]
    return table([*head, "CPU of start and submit", "against none before", "refused or lost"], rows)


def goals(cells: list[Cell]) -> str:
    dearest = max(cpu_middle(cell) for cell in kinds(cells, POSTS))
    old = kinds(cells, ["history"])
    flat = max(growth(cell, cells, of) for cell in old for of in (share_middle, cpu_middle))
    lost = sum(cell.refused_or_lost for cell in cells)
    lines = [
        ("CPU of a post, the dearest cell", f"{dearest:.2f}", POST_GOAL, dearest <= POST_GOAL),
        ("start with a history against none", f"{flat:.2f}", FLAT_GOAL, flat <= FLAT_GOAL),
        ("refused or lost", lost, 0, lost == 0),
    ]
    rows = [[what, is_, most, "yes" if met else "**no**"] for what, is_, most, met in lines]
    return table(["goal", "is", "at most", "met"], rows)


def written(cells: list[Cell], minutes: float) -> str:
    parts = [
        ("# Gantry's quiz against a bare Django view", METHOD),
        ("## Goals of the quiz", goals(cells)),
        ("## One post", posts(cells)),
        ("## A mock exam started and closed", exams(cells)),
        ("## A start with a history", f"{HISTORY}\n{histories(cells)}"),
    ]
    text = "\n".join(f"{title}\n\n{body}" for title, body in parts)
    return f"{text}\nMeasured in {minutes:.1f} minutes.\n"
