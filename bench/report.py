"""Turns what was measured into Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bench.cells import Both, Cell
from bench.rounds import CLIENTS, Block, Pair, Spread, ratio, spread
from bench.starts import Start, Starts

CPU_GOAL = 1.0
FLAT_GOAL = 1.15
FIRST_GOAL, REQUESTS_GOAL, SECOND_GOAL = 60_000, 6, 8_000
START_GOAL, MEMORY_GOAL = 1.0, 1.4
METHOD = """\
Both sites run at the same time under the same Gunicorn (2 workers of 4 threads, preloaded) with the
same database settings, and are loaded in turn. **bare** is Django's start project for production:
WhiteNoise, compressed answers, a signed-in page of session, user and three indexed queries, whose
words are those of Gantry's page as static text of a template. Figures are Gantry's share of bare in
pairs of blocks that ran one after the other: the median, with the lowest and the highest in
brackets. CPU is user and system time of Gunicorn's processes and of PostgreSQL's.
Both are asked for what browsers offer, `gzip, deflate, br, zstd`, and compress with what they have
(bare: Django's gzip), unless it says otherwise.
"""


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines) + "\n"


def cpu(block: Block) -> float:
    return block.cpu


def rate(block: Block) -> float:
    return block.rate


def shown(value: Spread, *, digits: int = 2) -> str:
    return f"**{value.middle:.{digits}f}** ({value.least:.{digits}f}–{value.most:.{digits}f})"


def milliseconds(pairs: list[Pair], of: Callable[[Pair], Block]) -> str:
    return f"{1000 * spread(of(pair).cpu for pair in pairs).middle:.2f}"


def at(pairs: list[Pair], clients: int) -> list[Pair]:
    return [pair for pair in pairs if pair.clients == clients]


def place(cell: Cell) -> list[str]:
    return [cell.engine, f"{cell.chapters:,}", f"{cell.history:,}"]


def speeds(cells: list[Cell]) -> str:
    head = ["engine", "chapters", "rows of history", "CPU", "Gantry ms", "bare ms"]
    rows = [
        [
            *place(cell),
            shown(ratio(cell.pairs, cpu)),
            milliseconds(cell.pairs, lambda pair: pair.gantry),
            milliseconds(cell.pairs, lambda pair: pair.bare),
            *(shown(ratio(at(cell.pairs, clients), rate)) for clients in CLIENTS),
        ]
        for cell in cells
    ]
    return table([*head, *(f"requests/s, {clients} clients" for clients in CLIENTS)], rows)


def plain(cells: list[Cell]) -> str:
    rows = [
        [
            *place(cell),
            shown(ratio(cell.plain, cpu)),
            milliseconds(cell.plain, lambda pair: pair.gantry),
            milliseconds(cell.plain, lambda pair: pair.bare),
            shown(ratio(cell.plain, rate)),
        ]
        for cell in cells
        if cell.plain
    ]
    head = ["engine", "chapters", "rows of history", "CPU", "Gantry ms", "bare ms"]
    return table([*head, "requests/s, 16 clients"], rows)


def mebibytes(memory: Both) -> str:
    return f"{memory.gantry:.0f} · {memory.bare:.0f} = **{memory.ratio:.2f}**"


def sizes(cells: list[Cell]) -> str:
    head = ["engine", "chapters", "rows of history", "queries", "HTML bytes", "compressed"]
    rows = [
        [
            *place(cell),
            f"{cell.queries.gantry} · {cell.queries.bare}",
            f"{cell.page.gantry:,} · {cell.page.bare:,}",
            f"{cell.packed.gantry:,} · {cell.packed.bare:,}",
            mebibytes(cell.memory_before),
            mebibytes(cell.memory_after),
        ]
        for cell in cells
    ]
    return table([*head, "MiB after start", "MiB after load"], rows)


def visits(cell: Cell) -> str:
    rows = [
        [name, len(visit.answers), f"{visit.first:,}", f"{visit.second:,}"]
        for name, visit in (("Gantry", cell.gantry_visit), ("bare", cell.bare_visit))
    ]
    parts = [
        [f"`{answer.url}`", f"{answer.size:,}", "yes" if answer.is_kept else "no"]
        for answer in cell.gantry_visit.answers
    ]
    return (
        table(["site", "requests", "bytes of the first visit", "of the second"], rows)
        + "\n"
        + table(["part of Gantry's page", "bytes", "kept for ever"], parts)
    )


def starts(found: Starts) -> str:
    def row(name: str, one: Start) -> list[str]:
        return [name, shown(one.wall), shown(one.cpu)]

    rows = [
        row("Gantry, nothing rendered yet", found.cold),
        row("Gantry", found.warm),
        row("bare", found.bare),
    ]
    head = ["start", "seconds to the first answer", "seconds of CPU until then"]
    return f"With {found.course}.\n\n" + table(head, rows)


def flatness(cells: list[Cell]) -> Spread:
    """Return how Gantry's CPU, as a share of bare, compares with that of its smallest cell."""
    least: dict[str, float] = {}
    values = []
    for cell in cells:
        own = ratio(cell.pairs, cpu).middle
        values.append(own / least.setdefault(cell.engine, own))
    return spread(values)


def goals(cells: list[Cell], found: Starts) -> str:
    visit = cells[0].gantry_visit
    slower = found.warm.wall.middle - found.bare.wall.middle
    most = max(ratio(cell.pairs, cpu).middle for cell in cells)
    flat = flatness(cells).most
    memory = max(max(cell.memory_before.ratio, cell.memory_after.ratio) for cell in cells)
    lines = [
        ("CPU, the dearest cell", f"{most:.2f}", f"{CPU_GOAL:.2f}", most <= CPU_GOAL),
        ("dearest cell against the smallest", f"{flat:.2f}", f"{FLAT_GOAL}", flat <= FLAT_GOAL),
        ("bytes, first visit", f"{visit.first:,}", f"{FIRST_GOAL:,}", visit.first <= FIRST_GOAL),
        ("requests", len(visit.answers), REQUESTS_GOAL, len(visit.answers) <= REQUESTS_GOAL),
        (
            "bytes, second visit",
            f"{visit.second:,}",
            f"{SECOND_GOAL:,}",
            visit.second <= SECOND_GOAL,
        ),
        ("seconds of start more than bare", f"{slower:.2f}", f"{START_GOAL}", slower <= START_GOAL),
        (
            "memory against bare, the dearest cell",
            f"{memory:.2f}",
            MEMORY_GOAL,
            memory <= MEMORY_GOAL,
        ),
    ]
    rows = [[what, is_, most_, "yes" if met else "**no**"] for what, is_, most_, met in lines]
    return table(["goal", "is", "at most", "met"], rows)


def written(cells: list[Cell], found: Starts, minutes: float) -> str:
    parts = [
        ("Gantry's chapter page against a bare Django page", METHOD),
        ("Goals", goals(cells, found)),
        ("CPU a request, and requests a second", speeds(cells)),
        ("The same without compression", plain(cells)),
        ("Queries, bytes and memory (Gantry · bare)", sizes(cells)),
        ("First and second visit", visits(cells[0])),
        ("Start", starts(found)),
    ]
    text = "\n".join(f"## {title}\n\n{body}" for title, body in parts)
    return f"{text.replace('## ', '# ', 1)}\nMeasured in {minutes:.1f} minutes.\n"
