"""Takes the README's pictures of the real pages: python -m tests.e2e.pictures, or make pictures.

A site of its own is started, walked as a learner and an instructor walk it, and thrown away.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.e2e.browser import PATIENCE, chromium
from tests.e2e.class_teaching import make_demonstration, make_instructor
from tests.e2e.conftest import QUIET
from tests.e2e.lab_taking import DELETE_IMAGE, PUSH_IMAGE, connect_practice, terminal_of, verify
from tests.e2e.quiz_taking import check_answer, pick_something
from tests.e2e.test_learner import sign_up
from tests.e2e.test_quiz import start_practice
from tests.labs.sandbox.process import TOKEN, running
from tests.site import HOST, ROOT, Site, free_port

FOLDER = ROOT / "docs/pictures"
SIZE = (1280, 860)
SCROLL = "(one, above) => { one.scrollIntoView(); window.scrollBy(0, -above) }"


@contextmanager
def site_and_page(data: Path) -> Iterator[tuple[Site, Page]]:
    """Start a site with a practice account, and a browser."""
    bind = f"{HOST}:{free_port()}"
    site = Site(data, PORTAL_SANDBOX_URL=f"http://{bind}", PORTAL_SANDBOX_TOKEN=TOKEN)
    site.prepare()
    with running(data, PORTAL_SANDBOX_BIND=bind), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        context = browser.new_context(
            locale="en-US",
            viewport={"width": SIZE[0], "height": SIZE[1]},
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        try:
            site.start()
            yield site, context.new_page()
        finally:
            browser.close()
            site.kill()


def take(page: Page, name: str, *, top: str | None = None, above: int = 40) -> None:
    """Keep what the window shows, scrolled so that `top` has so many pixels above it."""
    if top:
        page.locator(top).first.evaluate(
            "one => { one.scrollIntoView(); window.scrollBy(0, -120) }"
        )
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")


def chapter(page: Page, site: str) -> None:
    page.goto(f"{site}/learn/aws-ecs-ecr/architecture/?lang=en")
    take(page, "chapter", top="figure.diagram", above=140)


def quiz(page: Page, site: str) -> None:
    start_practice(page, site, "deployment")
    pick_something(page)
    check_answer(page)
    take(page, "quiz", top="#question")


def lab(page: Page, site: str, home: Path) -> None:
    connect_practice(page, site)
    terminal = terminal_of(page, home)
    terminal.do_exercise_1()
    terminal.run(DELETE_IMAGE)
    page.goto(f"{site}{PUSH_IMAGE}")
    verify(page)
    take(page, "lab", top="#report", above=120)


def overview(page: Page, site: str, data: Path, name: str) -> None:
    make_instructor(data, name)
    make_demonstration(data, name)
    page.goto(f"{site}/classes/?lang=en")
    page.get_by_role("link", name=re.compile("Demonstration")).first.click()
    page.emulate_media(color_scheme="dark")
    page.goto(f"{page.url}?lang=ja")
    take(page, "class")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="gantry-pictures-") as folder:
        data = Path(folder)
        with site_and_page(data) as (site, page):
            name = sign_up(page, site.address, "aiko")
            chapter(page, site.address)
            quiz(page, site.address)
            lab(page, site.address, data)
            overview(page, site.address, data, name)
    sys.stdout.write(f"The pictures stand in {FOLDER.relative_to(ROOT)}.\n")


if __name__ == "__main__":
    main()
