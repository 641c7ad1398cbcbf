"""A real site (Gunicorn, its own database) and a real Chromium that walks it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from labs.sandbox_client import Sandbox
from tests.e2e.browser import PATIENCE, chromium
from tests.labs.sandbox.process import TOKEN, running
from tests.site import HOST, Site, free_port

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
QUIET += ["--disable-component-update", "--no-first-run", "--disable-quic"]
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def site_data(tmp_path_factory) -> Path:
    """Where the site keeps its database: gantry.sqlite3."""
    folder: Path = tmp_path_factory.mktemp("site")
    return folder


@pytest.fixture(scope="session")
def practice_bind() -> str:
    """Where the site looks for the practice account; it is there for tests that ask for it."""
    return f"{HOST}:{free_port()}"


@pytest.fixture(scope="session")
def practice(practice_bind: str, tmp_path_factory) -> Iterator[Sandbox]:
    """The practice account as `make sandbox` starts it, in a process of its own."""
    folder = tmp_path_factory.mktemp("practice")
    with running(folder, PORTAL_SANDBOX_BIND=practice_bind) as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def site(site_data: Path, practice_bind: str) -> Iterator[str]:
    """The address of a site as `make run` starts it, with our own course and an empty database."""
    site = Site(
        site_data,
        PORTAL_SANDBOX_URL=f"http://{practice_bind}",
        PORTAL_SANDBOX_TOKEN=TOKEN,
    )
    site.prepare()
    try:
        site.start()
        yield site.address
    finally:
        site.kill()
        shutil.rmtree(site_data, ignore_errors=True)


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def context(chrome: Browser) -> Iterator[BrowserContext]:
    context = chrome.new_context(locale="en-US", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails the test when the browser's console says anything is wrong."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []
