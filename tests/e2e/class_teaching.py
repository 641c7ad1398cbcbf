"""What an instructor and learners do in a browser around a class."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.site import ROOT, is_ours


def make_instructor(site_data: Path, username: str) -> None:
    """Do what the owner's page does; the owner of the site is whoever another test signed up."""
    with sqlite3.connect(site_data / "gantry.sqlite3", timeout=20) as database:
        database.execute("UPDATE accounts_user SET is_staff = 1 WHERE username = ?", (username,))


def make_owner(site_data: Path, username: str) -> None:
    """Let somebody own the site in place of whoever signed up first; there is only one owner."""
    with sqlite3.connect(site_data / "gantry.sqlite3", timeout=20) as database:
        database.execute("UPDATE accounts_user SET is_owner = 0 WHERE is_owner = 1")
        database.execute(
            "UPDATE accounts_user SET is_owner = 1, is_staff = 1 WHERE username = ?", (username,)
        )


def make_class(page: Page, site: str, name: str) -> str:
    """Make a class by the pages, and return the link to hand out."""
    page.goto(f"{site}/classes/?lang=en")
    page.get_by_role("link", name="Make a class").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Time zone").select_option("Asia/Tokyo")
    page.get_by_role("button", name="Make the class").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return page.get_by_label("Link to hand out").input_value()


def set_work(page: Page, work: str, **terms: str) -> None:
    """Set a piece of work, from any page of the class."""
    page.get_by_role("navigation", name="This class").get_by_role(
        "link", name="Assignments"
    ).click()
    page.get_by_role("link", name="Set work").click()
    page.get_by_label("Work", exact=True).select_option(work)
    for label, value in terms.items():
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Set it").click()
    expect(page.get_by_role("heading", name="Assignments", level=2)).to_be_visible()


def join(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button", name=re.compile("Join this class|このクラスに参加する")).click()
    expect(page.get_by_role("heading", level=2).first).to_be_visible()


def make_demonstration(site_data: Path, instructor: str) -> None:
    """Fill a class with simulated learners, as the command does on a site."""
    settings = {"PORTAL_DATA_DIR": str(site_data), "DJANGO_SETTINGS_MODULE": "portal.settings"}
    subprocess.run(
        [sys.executable, "manage.py", "demo", "--learners", "40", "--instructor", instructor],
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if not is_ours(k)} | settings,
        check=True,
        stdout=subprocess.DEVNULL,
    )
