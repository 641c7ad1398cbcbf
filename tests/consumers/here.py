"""Runs a command with the tools that read exported files, and names loudly what is not here.

python -m tests.consumers.here COMMAND…: outside of continuous integration the tests that need a
missing tool are skipped; with CI set, nothing is.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.browser import chromium

FOLDER = Path(__file__).resolve().parent
PACKAGES = [FOLDER / "node_modules" / one for one in ("gift-pegjs", "@citolab/qti-components")]
MISSING = "{} not here, so the tests with it do not run. Install: {}"


def office() -> str | None:
    return next(filter(None, map(shutil.which, ("soffice", "libreoffice"))), None)


def missing() -> dict[str, str]:
    """Return what is to be told, by the tool that is not here."""
    found = {}
    if importlib.util.find_spec("anki") is None:
        found["anki"] = MISSING.format("Anki is", "make test installs it")
    if not (shutil.which("node") and all(one.exists() for one in PACKAGES)):
        found["node"] = MISSING.format("Node with its packages is", "apt-get install nodejs npm")
    if chromium() is None:
        found["chromium"] = MISSING.format("Chromium is", "apt-get install chromium")
    if office() is None:
        found["office"] = MISSING.format("LibreOffice is", "apt-get install libreoffice-calc")
    if not (shutil.which("pdftotext") and shutil.which("pdffonts")):
        found["pdf"] = MISSING.format("pdftotext is", "apt-get install poppler-utils")
    return found


def need(*tools: str) -> None:
    """Skip the test when one of its tools is not here; in continuous integration, fail."""
    reason = " ".join(missing()[one] for one in tools if one in missing())
    if reason and os.environ.get("CI"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)


def install() -> None:
    """Install what comes from npm, by its lock, into a folder that git ignores."""
    npm = shutil.which("npm")
    if npm and not all(one.exists() for one in PACKAGES):
        command = [npm, "ci", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=FOLDER, check=False)


def main() -> int:
    install()
    reasons = missing()
    for reason in reasons.values():
        print(reason, file=sys.stderr)
    if reasons and os.environ.get("CI"):
        return 1
    return subprocess.run(sys.argv[1:], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
