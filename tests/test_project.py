"""Promises the project makes about itself."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-sandbox.txt")


def tracked(*patterns: str) -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listing.stdout.split("\0") if name]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_carries_hashes_and_names_no_index(name):
    text = (ROOT / name).read_text()

    assert not re.search(r"^-|https?://|file:", text, re.MULTILINE)
    assert text.count("==") <= text.count("--hash=sha256:")


def test_every_dependency_says_what_it_is_for():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    names = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]

    for name in names:
        (line,) = (line for line in lines if f'"{name}"' in line)
        assert re.search(r", +# \w", line), f"{name} has no comment"


def test_everything_locked_for_running_is_locked_alike_for_development():
    pins = [
        set(
            re.findall(r"^([\w.-]+)(?:\[[^\]]+\])?(==\S+)", (ROOT / name).read_text(), re.MULTILINE)
        )
        for name in LOCKS
    ]

    assert pins[0] <= pins[1]


def test_locks_agree_on_the_files_of_a_release():
    release = re.compile(
        r"^([\w.-]+)(?:\[[^\]]+\])?==(\S+) .*\n((?:    --hash.*\n?)+)", re.MULTILINE
    )
    hashes: dict[tuple[str, str], set[str]] = {}
    for name in LOCKS:
        for package, version, files in release.findall((ROOT / name).read_text()):
            hashes.setdefault((package, version), set()).add(files.strip())

    assert len(hashes) > 50
    assert [found for found, files in hashes.items() if len(files) > 1] == []


def test_no_page_holds_inline_script_or_style():
    for path in tracked("templates/*.html"):
        text = path.read_text()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|hx-on", text), path


def test_nothing_comes_from_another_host():
    for path in tracked("templates/*.html", "static/*"):
        if path.suffix in {".html", ".css", ".js"}:
            text = path.read_text()
            assert not re.search(r"""(?:src|href|url\(|import)[=\s"'(]+https?://""", text), path
