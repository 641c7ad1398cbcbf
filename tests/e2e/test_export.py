"""A learner practises, then takes what they answered along: as a file, and as a page to print."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_learner import sign_up
from tests.e2e.test_quiz import practise_to_the_end, start_practice

pytestmark = pytest.mark.e2e


def test_an_attempt_is_taken_along(page: Page, site: str):
    sign_up(page, site)
    start_practice(page, site)
    practise_to_the_end(page)

    page.get_by_role("link", name="Export", exact=True).click()
    page.get_by_role("radio", name="Markdown").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export", exact=True).click()

    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert download.value.suggested_filename.endswith("-en.md")
    assert text.count("**You answered**") == 5


def test_the_page_to_print_has_its_style(page: Page, site: str):
    sign_up(page, site)
    start_practice(page, site)
    practise_to_the_end(page)

    page.get_by_role("link", name="Export", exact=True).click()
    page.get_by_role("radio", name="HTML").check()
    page.get_by_role("button", name="Export", exact=True).click()

    expect(page.get_by_role("heading", level=2)).to_have_count(5)
    padding = page.locator(".choices > li").first.evaluate("e => getComputedStyle(e).borderRadius")
    assert padding == "5px"
