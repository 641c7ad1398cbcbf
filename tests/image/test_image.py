"""The image serves a learner as its own user on a read-only root, and says what it is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from labs.sandbox_client import Sandbox
from tests.e2e.lab_taking import PUSH_IMAGE, connect_practice, report_says, terminal_of, verify
from tests.e2e.quiz_taking import check_answer, pick_something
from tests.e2e.test_learner import open_chapter, sign_up
from tests.e2e.test_quiz import start_practice
from tests.image.container import USER, Container, config
from tests.site import ROOT

pytestmark = pytest.mark.image

PROBE = """
import os, shutil
for folder in ("/", "/opt/gantry/site", "/etc", "/data"):
    try:
        open(f"{folder}/probe", "w").close()
        print(folder, "written")
    except OSError as error:
        print(folder, error.errno)
print(os.getuid(), os.getgid(), [g for g in os.getgroups() if g != os.getgid()])
print([tool for tool in ("gcc", "cc", "make", "msgfmt", "git") if shutil.which(tool)])
"""


def test_a_learner_reads_answers_and_builds_on_it(
    page: Page, site: str, practice: Sandbox, tmp_path: Path
):
    sign_up(page, site)
    open_chapter(page, site)
    expect(page.locator("figure.diagram svg").first).to_be_visible()
    page.get_by_role("button", name="Mark as read").first.click()
    expect(page.get_by_role("button", name="Undo").first).to_be_visible()

    start_practice(page, site)
    pick_something(page)
    check_answer(page)
    expect(page.locator(".option-reason").first).to_be_visible()

    connect_practice(page, site)
    terminal_of(page, tmp_path).do_exercise_1()
    page.goto(f"{site}{PUSH_IMAGE}")
    verify(page)
    report_says(page, "Everything required holds")


def test_it_writes_to_its_volume_only_and_has_nothing_to_build_with(container: Container):
    lines = container.run("python", "-c", PROBE).stdout.splitlines()

    assert lines[:4] == ["/ 30", "/opt/gantry/site 30", "/etc 30", "/data written"]  # EROFS
    assert lines[4] == f"{USER} {USER} []"
    assert lines[5] == "[]"


def test_what_it_serves_was_compressed_when_it_was_built(container: Container):
    listing = container.run("sh", "-c", "ls staticfiles staticfiles/css").stdout

    assert "staticfiles.json" in listing
    assert ".css.br" in listing
    assert ".css.gz" in listing


def test_its_course_was_rendered_when_it_was_built(container: Container):
    listing = container.run("sh", "-c", "ls rendered | wc -l; ls /data").stdout.split()

    assert int(listing[0]) > 0
    assert "rendered" not in listing[1:]


def test_it_says_what_to_set_for_others_to_reach_it(container: Container):
    said = container.log.read_text()

    for word in ("PORTAL_PRODUCTION=true", "PORTAL_SECRET_KEY_FILE", "PORTAL_HOSTS"):
        assert word in said


def test_its_health_is_asked_for_and_told(container: Container):
    alive = container.run("python", "-m", "portal.health")
    container.environment["PORTAL_BIND"], kept = "127.0.0.1:9", container.environment["PORTAL_BIND"]
    dead = container.run("python", "-m", "portal.health")
    container.environment["PORTAL_BIND"] = kept

    assert alive.returncode == 0, alive.stderr
    assert dead.returncode == 1
    assert "does not answer" in dead.stderr


def test_it_ends_well_when_it_is_asked_to_and_keeps_what_it_had(tmp_path: Path):
    container = Container(tmp_path)

    with container.serving() as process:
        process.terminate()
        code = process.wait(30)

    assert code == 0
    assert (container.volume / "gantry.sqlite3").exists()
    with container.serving():
        pass


def test_it_says_its_version_user_volume_and_health_check():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    said = config()

    labels = said["Labels"]
    assert isinstance(labels, dict)
    assert labels["org.opencontainers.image.version"] == project["version"]
    assert said["User"] == f"{USER}:{USER}"
    assert said["Volumes"] == {"/data": {}}
    assert said["Cmd"] == ["scripts/serve"]
    assert isinstance(said["Healthcheck"], dict)
    assert said["Healthcheck"]["Test"] == ["CMD", "python", "-m", "portal.health"]
