"""How long each site takes from the start of its process to its first answer."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from bench.cells import Engine, sites
from bench.courses import Contents, Shelf
from bench.rounds import Spread, spread
from bench.site import ROOT, Running, Site, SiteError, started

REAL_NAME = "courses-real"
REAL = ROOT / "content" / "courses"
SHELF = """
import json, pathlib
from content.catalog.load import load_course
for folder in sorted(pathlib.Path({folder!r}).iterdir()):
    course = load_course(folder)
    for chapter in course.chapters:
        print(json.dumps([course.slug, chapter.slug, list(chapter.section_ids)]))
"""


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds to the first answer: by the clock, and of processor time."""

    wall: Spread
    cpu: Spread


@dataclass(frozen=True, slots=True)
class Starts:
    course: str
    cold: Start  # no page was ever rendered
    warm: Start
    bare: Start


def real_shelf(site: Site, folder: Path) -> Shelf | None:
    """Copy the course that comes with Gantry (its authors go on); None while it is not sound."""
    shutil.copytree(REAL, folder)
    try:
        lines = site.python("-c", SHELF.format(folder=str(folder))).splitlines()
    except SiteError:
        return None
    contents: list[Contents] = [tuple(json.loads(line)) for line in lines]
    middle = contents[len(contents) // 2]
    return Shelf(folder, len(contents), middle[0], middle[1], tuple(contents))


def measure(engine: Engine, shelf: Shelf, folder: Path, rounds: int) -> Starts:
    """Start cold, warm and bare in turn, each time a new process."""
    gantry, bare = sites(engine, shelf, folder)
    cookies = [site.fill(shelf, 0).cookie for site in (gantry, bare)]
    seen: dict[str, list[Running]] = {"cold": [], "warm": [], "bare": []}
    for _ in range(rounds):
        gantry.forget_pages()
        for name, site, cookie in (
            ("cold", gantry, cookies[0]),
            ("warm", gantry, cookies[0]),
            ("bare", bare, cookies[1]),
        ):
            with started(site, shelf.url, cookie) as running:
                seen[name].append(running)
    course = (
        "the course that comes with it" if shelf.folder.name == REAL_NAME else "a generated course"
    )
    return Starts(
        f"{course}, {shelf.size} chapters",
        *(start(seen[name]) for name in ("cold", "warm", "bare")),
    )


def start(seen: list[Running]) -> Start:
    return Start(spread(one.wall for one in seen), spread(one.cpu for one in seen))
