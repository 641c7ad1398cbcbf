"""Turns what was measured of growth into Markdown."""

from __future__ import annotations

from bench.report import shown, table
from bench.rounds import Spread
from bench.scaling.measure import CLIENTS, Figures, Found

START_GOAL, IDLE_GOAL, LOADED_GOAL = 1.0, 110, 160  # seconds, MiB, MiB
METHOD = f"""\
The site runs under Gunicorn as `make run` starts it (4 threads a worker, preloaded), with a course
of 15 chapters and 200 questions. Load comes over loopback from a process of its own with {CLIENTS}
clients, on the same cores: **requests a second** are what is left of this machine, and two replicas
have no more cores than one. **CPU** is user and system time of Gunicorn's processes and, apart, of
PostgreSQL's; capacity is reckoned from it. Pages are compressed. Memory is the proportional set
size of Gunicorn and its workers (of one replica). Every way is started anew in each round; figures
are the median, with the least and the most. Each learner of the database has finished the course.
"""


def ms(value: Spread) -> str:
    return f"{1000 * value.middle:.1f}"


def whole(value: Spread) -> str:
    return shown(value, digits=0)


def ways(found: list[Found]) -> str:
    rows = [
        [one.engine, figures.way.name, kind, whole(rate), ms(figures.site[kind]),
         ms(figures.database[kind])]
        for one in found
        for figures in one.ways
        for kind, rate in figures.rate.items()
    ]  # fmt: skip
    head = ["engine", "run as", "what", "requests/s", "CPU ms, site", "CPU ms, database"]
    return table(head, rows)


def memory(found: list[Found]) -> str:
    rows = [
        [one.engine, figures.way.name, whole(figures.idle), whole(figures.loaded),
         shown(figures.start)]
        for one in found
        for figures in one.ways
    ]  # fmt: skip
    return table(["engine", "run as", "MiB at rest", "MiB after load", "s to first answer"], rows)


def growth(found: list[Found]) -> str:
    rows = [
        [one.engine, f"{figures.learners:,}", kind, ms(figures.site[kind]),
         ms(figures.database[kind])]
        for one in found
        for figures in [two_workers(one), *one.grown]
        for kind in figures.site
    ]  # fmt: skip
    return table(["engine", "learners", "what", "CPU ms, site", "CPU ms, database"], rows)


def two_workers(found: Found) -> Figures:
    return next(one for one in found.ways if one.way.workers > 1)


def goals(found: list[Found]) -> str:
    rows = []
    for one in found:
        two = two_workers(one)
        rows += [
            [one.engine, "MiB of two workers at rest", f"{two.idle.middle:.0f}", IDLE_GOAL],
            [one.engine, "MiB of two workers after load", f"{two.loaded.middle:.0f}", LOADED_GOAL],
            [one.engine, "s from start to first answer", f"{two.start.middle:.2f}", START_GOAL],
        ]
    return table(["engine", "what", "found", "at most"], rows)


def a_learner(found: list[Found]) -> str:
    lines = []
    for one in found:
        rows = ", ".join(f"{count:,} {kind.split('.')[1]}" for kind, count in one.rows.items())
        lines.append(
            f"* {one.engine}: a learner who finished takes {one.bytes / 1000:,.0f} kB: {rows}."
        )
    return "\n".join(lines) + "\n"


def written(found: list[Found], minutes: float) -> str:
    parts = [
        f"## Growing\n\n{METHOD}", goals(found), ways(found), memory(found),
        f"### With more learners, two workers\n\n{growth(found)}", a_learner(found),
        f"The run took {minutes:.0f} minutes.\n",
    ]  # fmt: skip
    return "\n".join(parts)
