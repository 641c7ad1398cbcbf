"""Fills both sites with classes, and lets them be timed in turn."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.cells import Engine, sites
from bench.classes.inside import SIZES
from bench.courses import Shelf
from bench.quiz.course import write_course
from bench.rounds import Spread, spread
from bench.starts import REAL


@dataclass(frozen=True, slots=True)
class Figure:
    """One address: how long it took, by the clock and of the process, its queries and bytes."""

    clock: Spread
    cpu: Spread
    queries: int
    bytes: int

    @classmethod
    def of(cls, seen: list[dict[str, Any]]) -> Figure:
        times = [one for some in seen for one in some["times"]]
        clock, cpu = (spread(one[place] for one in times) for place in (0, 1))
        return cls(clock, cpu, seen[0]["queries"], seen[0]["bytes"])


@dataclass(frozen=True, slots=True)
class Found:
    """What one engine came to: figures by what they are of and how large the class was."""

    engine: str
    pages: dict[str, dict[int, Figure]]
    bare: Figure
    csv: Spread  # our CSV against bare Django's, of the same turns


@dataclass(frozen=True, slots=True)
class Extent:
    turns: int
    rounds: int


def write_shelves(folder: Path) -> Shelf:
    """Put our own course beside one with a quiz of a hundred questions; return the latter."""
    shelf = write_course(folder)
    for one in REAL.iterdir():
        shutil.copytree(one, folder / one.name)
    return shelf


def measure(engine: Engine, shelf: Shelf, folder: Path, extent: Extent) -> Found:
    gantry, bare = sites(engine, shelf, folder)
    for site in (gantry, bare):
        site.prepare()
    gantry.python("-m", "bench.classes.inside", "fill", shelf.course)
    bare.python("-m", "bench.classes.inside", "bare", str(SIZES[-1]))
    ours, theirs = [], []
    for _ in range(extent.turns):
        for site, command, seen in (
            (gantry, "measure", ours), (bare, "measure-bare", theirs),
        ):  # fmt: skip
            said = site.python("-m", "bench.classes.inside", command, str(extent.rounds))
            seen.append(json.loads(said))
    pages = {
        name: {int(size): Figure.of([one[name][size] for one in ours]) for size in here}
        for name, here in ours[0].items()
    }
    largest = str(SIZES[-1])
    ratios = [
        Figure.of([one["CSV"][largest]]).clock.middle / Figure.of([other]).clock.middle
        for one, other in zip(ours, theirs, strict=True)
    ]
    return Found(engine.name, pages, Figure.of(theirs), spread(ratios))
