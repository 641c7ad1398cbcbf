"""Compares Gantry's speed with bare Django's: python -m bench [--quick] [--only PART]."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench import cells, report, starts
from bench.cells import Cell, Engine, Sizes
from bench.classes import measure as classes
from bench.classes import report as classes_report
from bench.courses import Shelf, write_shelf
from bench.labs import measure as labs
from bench.labs import report as labs_report
from bench.quiz import cells as quiz
from bench.quiz import report as quiz_report
from bench.quiz.course import write_course
from bench.rounds import Load
from bench.scaling import measure as scaling
from bench.scaling import report as scaling_report

MIDDLE = (150, 1_000)  # chapters, rows of history
LARGEST = (1_000, 100_000)
EVERY = ((15, 0), (15, 1_000), MIDDLE, (150, 100_000), (1_000, 1_000), LARGEST)


@dataclass(frozen=True, slots=True)
class Extent:
    """Which cells are measured, and how thoroughly."""

    sqlite: tuple[tuple[int, int], ...]
    postgresql: tuple[tuple[int, int], ...]
    load: Load
    starts: int


FULL = Extent(EVERY, EVERY, Load(rounds=3, requests=150), starts=5)
QUICK = Extent(((15, 0), MIDDLE), ((15, 1_000),), Load(rounds=2, requests=96), starts=2)
FULL_QUIZ = quiz.Extent(rounds=5, posts=256, exams=32)
QUICK_QUIZ = quiz.Extent(rounds=3, posts=192, exams=16)
FULL_LABS = labs.Extent(firsts=9, rounds=15, learners=41)
QUICK_LABS = labs.Extent(firsts=5, rounds=7, learners=21)
FULL_CLASSES = classes.Extent(turns=5, rounds=5)
QUICK_CLASSES = classes.Extent(turns=3, rounds=3)
FULL_SCALING = scaling.Extent(rounds=3, requests=320, learners=(100, 1_000, 5_000))
QUICK_SCALING = scaling.Extent(rounds=2, requests=160, learners=(100, 1_000))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer sizes, fewer rounds")
    parser.add_argument("--only", choices=PARTS, help="measure one part instead of all")
    wanted = parser.parse_args()
    # Told to stop, the run unwinds, and with it end the servers and folders it made.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    for name in [wanted.only] if wanted.only else PARTS:
        with tempfile.TemporaryDirectory(prefix="gantry-bench-") as folder:
            print(PARTS[name](Path(folder), is_quick=wanted.quick), flush=True)
    return 0


def chapter_part(folder: Path, *, is_quick: bool) -> str:
    start = time.monotonic()
    found = run(QUICK if is_quick else FULL, folder)
    return report.written(*found, (time.monotonic() - start) / 60)


def quiz_part(folder: Path, *, is_quick: bool) -> str:
    start = time.monotonic()
    extent = QUICK_QUIZ if is_quick else FULL_QUIZ
    shelf = write_course(folder / "courses-quiz")
    tell("quiz, SQLite")
    found = quiz.measure(cells.sqlite(folder), shelf, folder, extent)
    with cells.postgresql() as engine:
        if engine is None:
            tell("PostgreSQL is not installed: left out")
        else:
            tell("quiz, PostgreSQL")
            found += quiz.measure(engine, shelf, folder, extent)
    return quiz_report.written(found, (time.monotonic() - start) / 60)


def labs_part(folder: Path, *, is_quick: bool) -> str:
    start = time.monotonic()
    tell("labs")
    found = labs.measure(folder, QUICK_LABS if is_quick else FULL_LABS)
    return labs_report.written(found, (time.monotonic() - start) / 60)


def classes_part(folder: Path, *, is_quick: bool) -> str:
    start = time.monotonic()
    extent = QUICK_CLASSES if is_quick else FULL_CLASSES
    shelf = classes.write_shelves(folder / "courses-classes")
    tell("classes, SQLite")
    found = [classes.measure(cells.sqlite(folder), shelf, folder, extent)]
    with cells.postgresql() as engine:
        if engine is None:
            tell("PostgreSQL is not installed: left out")
        else:
            tell("classes, PostgreSQL")
            found.append(classes.measure(engine, shelf, folder, extent))
    return classes_report.written(found, (time.monotonic() - start) / 60)


def scaling_part(folder: Path, *, is_quick: bool) -> str:
    start = time.monotonic()
    extent = QUICK_SCALING if is_quick else FULL_SCALING
    shelf = write_course(folder / "courses-scaling")
    tell("growing, SQLite")
    found = [scaling.measure(cells.sqlite(folder), shelf, folder, extent)]
    with cells.postgresql() as engine:
        if engine is None:
            tell("PostgreSQL is not installed: left out")
        else:
            tell("growing, PostgreSQL")
            found.append(scaling.measure(engine, shelf, folder, extent))
    return scaling_report.written(found, (time.monotonic() - start) / 60)


PARTS = {
    "chapter": chapter_part,
    "quiz": quiz_part,
    "labs": labs_part,
    "classes": classes_part,
    "scaling": scaling_part,
}


def run(extent: Extent, folder: Path) -> tuple[list[Cell], starts.Starts]:
    wanted = sorted({chapters for chapters, _ in extent.sqlite + extent.postgresql})
    shelves = {size: write_shelf(folder / f"courses-{size}", size) for size in wanted}
    engine = cells.sqlite(folder)
    found = measured(engine, extent.sqlite, shelves, folder, extent.load)
    tell("start")
    gantry, _ = cells.sites(engine, shelves[wanted[0]], folder)
    shelf = starts.real_shelf(gantry, folder / starts.REAL_NAME) or shelves[wanted[0]]
    started = starts.measure(engine, shelf, folder, extent.starts)
    with cells.postgresql() as other:
        if other is None:
            tell("PostgreSQL is not installed: left out")
        else:
            found += measured(other, extent.postgresql, shelves, folder, extent.load)
    return found, started


def measured(
    engine: Engine,
    wanted: tuple[tuple[int, int], ...],
    shelves: dict[int, Shelf],
    folder: Path,
    load: Load,
) -> list[Cell]:
    found = []
    cells.prepare(engine, next(iter(shelves.values())), folder)
    for chapters, history in wanted:
        tell(f"{engine.name}, {chapters:,} chapters, {history:,} rows of history")
        sizes = Sizes(engine, shelves[chapters], history)
        with_plain = (chapters, history) == (MIDDLE if MIDDLE in wanted else wanted[-1])
        found.append(cells.measure(sizes, folder, load, with_plain=with_plain))
    return found


def tell(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
