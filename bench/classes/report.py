"""Turns what was measured of classes into Markdown."""

from __future__ import annotations

from bench.classes.inside import SIZES
from bench.classes.measure import Found
from bench.report import shown, table
from bench.rounds import Spread

METHOD = """\
Each site has one process, which asks itself for the pages in turn; nothing is compressed and no
network is crossed. Learners are simulated (`manage.py demo` makes the same), each class with twenty
pieces of work set; the quiz of the item analysis has 100 questions, which all 5,000 answered. Times
are milliseconds by the clock, so that PostgreSQL's own work counts: the median, with the least and
the most. **bare** is a CSV of 5,000 × 20 scores from one table, written by hand in the same chunks.
"""
FIRST_GOAL, BYTES_GOAL, CSV_GOAL, ITEMS_GOAL = 3.0, 60_000, 1.5, 2.0


def ms(value: Spread) -> str:
    return shown(Spread(*(1000 * one for one in (value.middle, value.least, value.most))), digits=0)


def times(found: list[Found]) -> str:
    rows = [
        [one.engine, name, f"{size:,}", ms(figure.clock), figure.queries, f"{figure.bytes:,}"]
        for one in found
        for name, here in one.pages.items()
        for size, figure in here.items()
    ]
    rows += [
        [
            one.engine,
            "bare CSV",
            f"{SIZES[-1]:,}",
            ms(one.bare.clock),
            one.bare.queries,
            f"{one.bare.bytes:,}",
        ]
        for one in found
    ]
    return table(["engine", "what", "learners", "ms", "queries", "bytes"], rows)


def goals(found: list[Found]) -> str:
    rows = []
    for one in found:
        book = one.pages["gradebook"]
        growth = book[SIZES[-1]].clock.middle / book[SIZES[0]].clock.middle
        size, items = book[SIZES[-1]].bytes, one.pages["item analysis"][SIZES[-1]].cpu.middle
        rows += [
            [one.engine, "first page, 5,000 learners against 30", f"{growth:.2f}", FIRST_GOAL],
            [one.engine, "its bytes", f"{size:,}", f"{BYTES_GOAL:,}"],
            [one.engine, "CSV against bare Django's", shown(one.csv), CSV_GOAL],
            [one.engine, "item analysis, seconds of the site's CPU", f"{items:.2f}", ITEMS_GOAL],
        ]
    return table(["engine", "what", "found", "at most"], rows)


def written(found: list[Found], minutes: float) -> str:
    return (
        f"## Classes\n\n{METHOD}\n{goals(found)}\n{times(found)}\n"
        f"The run took {minutes:.0f} minutes.\n"
    )
