"""The interface speaks Japanese wherever it speaks English."""

from __future__ import annotations

import gettext
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PO = Path("locale/ja/LC_MESSAGES/django.po")
SOURCES = ("accounts", "classes", "content", "labs", "portal", "quizzes", "templates", "locale")


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """The catalogue as `make messages` would write it now."""
    if shutil.which("xgettext") is None:
        message = "GNU gettext is not here. Install it: apt-get install gettext"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    for name in SOURCES:
        skip = shutil.ignore_patterns("courses", "__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=skip)
    command = [sys.executable, "-m", "django", "makemessages", "-l", "ja", "--no-wrap"]
    subprocess.run(
        [*command, "--no-location"], cwd=tmp_path, check=True, capture_output=True, env=clean()
    )
    return tmp_path / PO


def clean() -> dict[str, str]:
    return {
        k: v for k, v in os.environ.items() if k not in ("DJANGO_SETTINGS_MODULE", "PYTHONPATH")
    }


def entries(path: Path, *options: str) -> str:
    """Return the entries msgattrib selects, without the catalogue's head."""
    command = ["msgattrib", "--no-obsolete", *options, str(path)]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return text.partition("\n\n")[2]


def test_every_message_has_its_japanese(fresh):
    assert entries(fresh, "--untranslated") == ""


def test_no_message_is_in_doubt(fresh):
    assert entries(fresh, "--only-fuzzy") == ""


def test_no_message_is_left_over(fresh):
    assert entries(ROOT / PO, "--no-fuzzy", "--sort-output") == entries(
        fresh, "--no-fuzzy", "--sort-output"
    )


def test_the_compiled_catalogue_is_the_written_one(fresh, tmp_path):
    compiled = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check-format", "-o", compiled, ROOT / PO], check=True)

    catalogs = []
    for path in (compiled, ROOT / PO.with_suffix(".mo")):
        with path.open("rb") as file:
            catalogs.append(dict(vars(gettext.GNUTranslations(file))["_catalog"]))
    assert catalogs[0] == catalogs[1]
