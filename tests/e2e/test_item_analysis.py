"""An instructor looks for the questions to mend, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.e2e.class_teaching import make_demonstration, make_instructor
from tests.e2e.test_learner import sign_up
from tests.e2e.test_pages import NARROW, WIDE, look

pytestmark = pytest.mark.e2e


def open_analysis(page: Page, site: str, site_data: Path) -> str:
    """Sign up, teach the demonstration and open its item analysis; return the address."""
    name = sign_up(page, site)
    make_instructor(site_data, name)
    make_demonstration(site_data, name)
    page.goto(f"{site}/classes/?lang=en")
    page.get_by_role("link", name=re.compile("Demonstration")).first.click()
    tabs = page.get_by_role("navigation", name="This class")
    tabs.get_by_role("link", name="Item analysis").click()
    expect(page.get_by_role("heading", name="Item analysis", level=2)).to_be_visible()
    return page.url


def test_an_instructor_finds_a_question_and_who_picked_what(page: Page, site: str, site_data: Path):
    open_analysis(page, site, site_data)

    page.get_by_role("table").get_by_role("rowheader").first.get_by_role("link").click()
    expect(page.get_by_role("img", name=re.compile("Difficulty"))).to_be_visible()
    page.get_by_role("columnheader", name="Facility").get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="Facility")).to_have_attribute(
        "aria-sort", "ascending"
    )
    page.get_by_role("table").get_by_role("rowheader").first.get_by_role("link").click()

    expect(page.get_by_role("heading", name=re.compile("^Who (picked|put|wrote)"))).to_be_visible()
    expect(page.get_by_role("columnheader", name="Upper third")).to_be_visible()
    page.get_by_role("link", name="Item analysis").last.click()
    expect(page.get_by_role("heading", name="Item analysis", level=2)).to_be_visible()


def test_pages_of_item_analysis_have_no_fault_of_access(
    chrome: Browser, page: Page, site: str, site_data: Path
):
    address = open_analysis(page, site, site_data)
    quizzes = page.locator(".items-table tbody th a").evaluate_all("all => all.map(a => a.href)")
    page.goto(quizzes[0])
    questions = page.locator(".items-table tbody th a").evaluate_all("all => all.map(a => a.href)")
    state = page.context.storage_state()
    looks: list[tuple[str, ViewportSize, Literal["light", "dark"]]] = [
        ("en", WIDE, "dark"),
        ("ja", NARROW, "light"),
    ]

    for language, size, theme in looks:
        context = chrome.new_context(
            viewport=size, color_scheme=theme, reduced_motion="reduce", storage_state=state
        )
        other = context.new_page()
        for one in (address, quizzes[0], quizzes[-1], questions[0]):
            look(other, f"{one}?lang={language}")
        context.close()
