"""How a person takes a quiz in a browser: by mouse, by keyboard alone, or without JavaScript."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from playwright.sync_api import Page, expect

COURSE = "/quizzes/aws-ecs-ecr"


def pick_something(page: Page) -> None:
    """Give the question on the page a whole answer, right or not."""
    page.wait_for_load_state()  # what is counted below must all be there
    boxes = page.locator("input[name=choice]")
    if boxes.count() == 0:
        fill_lines(page)
    elif boxes.first.get_attribute("type") == "radio":
        boxes.first.check()
    else:
        for place in range(wanted(page)):
            boxes.nth(place).check()


def fill_lines(page: Page) -> None:
    if page.locator("#answer-text").count():
        page.locator("#answer-text").fill("ecs-tasks.amazonaws.com")
    for place, line in enumerate(page.locator("form.answer select").all()):
        line.select_option(index=place + 1)


def wanted(page: Page) -> int:
    legend = page.locator("legend").inner_text()
    return 3 if re.search("THREE|3", legend) else 2


def check_answer(page: Page) -> None:
    page.locator("form.answer .button-main").click()
    expect(page.locator("#feedback")).to_be_visible()
    page.wait_for_load_state()


def attempt_id(page: Page) -> int:
    found = re.search(r"/attempts/(\d+)/", page.url)
    assert found is not None, page.url
    return int(found[1])


def move_deadline(site_data: Path, attempt: int, seconds: int) -> None:
    """Let the attempt end in so many seconds from now (or ago), by the server's clock."""
    with sqlite3.connect(site_data / "gantry.sqlite3", timeout=20) as database:
        database.execute(
            "UPDATE quizzes_attempt SET deadline = datetime('now', ?) WHERE id = ?",
            (f"{seconds} seconds", attempt),
        )


def make_cards_due(site_data: Path, username: str) -> None:
    with sqlite3.connect(site_data / "gantry.sqlite3", timeout=20) as database:
        database.execute(
            "UPDATE quizzes_card SET due = datetime('now', '-1 hour') WHERE user_id ="
            " (SELECT id FROM accounts_user WHERE username = ?)",
            (username,),
        )
