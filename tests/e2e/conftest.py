"""A real site (Gunicorn, its own database) and a real Chromium that walks it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.e2e.browser import chromium

ROOT = Path(__file__).resolve().parent.parent.parent
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
QUIET += ["--disable-component-update", "--no-first-run", "--disable-quic"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site_data(tmp_path_factory) -> Path:
    """Where the site keeps its database: gantry.sqlite3."""
    folder: Path = tmp_path_factory.mktemp("site")
    return folder


@pytest.fixture(scope="session")
def site(site_data: Path) -> Iterator[str]:
    """The address of a site as `make run` starts it, with our own course and an empty database."""
    data = site_data
    port = free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PORTAL_")}
    environment.pop("DATABASE_URL", None)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    environment |= {"PORTAL_DATA_DIR": str(data), "PORTAL_BIND": f"127.0.0.1:{port}"}
    subprocess.run(
        [ROOT / "scripts/prepare", sys.executable], cwd=ROOT, env=environment, check=True
    )
    gunicorn = Path(sys.executable).with_name("gunicorn")
    log = (data / "log").open("w")
    process = subprocess.Popen([gunicorn], cwd=ROOT, env=environment, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(address, data / "log")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)
        log.close()
        shutil.rmtree(data, ignore_errors=True)


def wait_until_ready(address: str, log: Path) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"the site did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def context(chrome: Browser) -> Iterator[BrowserContext]:
    context = chrome.new_context(locale="en-US", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
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
