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

FOLDER = Path(__file__).resolve().parent
MISSING = "{} not here, so the tests with it do not run. Install: {}"


def office() -> str | None:
    return next(filter(None, map(shutil.which, ("soffice", "libreoffice"))), None)


def missing() -> dict[str, str]:
    """Return what is to be told, by the tool that is not here."""
    found = {}
    if importlib.util.find_spec("anki") is None:
        found["anki"] = MISSING.format("Anki is", "make test installs it")
    if not (shutil.which("node") and (FOLDER / "node_modules/gift-pegjs").exists()):
        found["gift"] = MISSING.format("Node with gift-pegjs is", "apt-get install nodejs npm")
    if office() is None:
        found["office"] = MISSING.format("LibreOffice is", "apt-get install libreoffice-calc")
    if not (shutil.which("pdftotext") and shutil.which("pdffonts")):
        found["pdf"] = MISSING.format("pdftotext is", "apt-get install poppler-utils")
    return found


def need(tool: str) -> None:
    """Skip the test when its tool is not here; in continuous integration, fail."""
    reason = missing().get(tool)
    if reason and os.environ.get("CI"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)


def install() -> None:
    """Install what comes from npm, by its lock, into a folder that git ignores."""
    npm = shutil.which("npm")
    if npm and not (FOLDER / "node_modules/gift-pegjs").exists():
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
