"""The owner makes an account for somebody, who gets in by the link alone."""

from __future__ import annotations

import re
import secrets
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.class_teaching import make_owner
from tests.e2e.test_learner import PASSWORD, sign_up
from tests.e2e.test_pages import WIDE, look

pytestmark = pytest.mark.e2e


def test_an_account_is_made_entered_and_closed(
    chrome: Browser, page: Page, site: str, site_data: Path
):
    name = f"made-{secrets.token_hex(4)}"
    make_owner(site_data, sign_up(page, site))
    page.goto(f"{site}/accounts/users/?lang=en")
    page.get_by_label("Username").fill(name)
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    look(page, f"{page.url}?lang=en")
    page.get_by_role("button", name="Make a link to set a password").click()
    page.get_by_label("Password").fill(PASSWORD)  # it is asked for once more
    page.get_by_role("main").get_by_role("button").first.click()
    link = page.get_by_label("Link to hand over").input_value()

    context = chrome.new_context(locale="en-US", viewport=WIDE, reduced_motion="reduce")
    other = context.new_page()
    enter(other, link, name)
    page.goto(f"{site}/accounts/users/?lang=en&q={name}")
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name="Close the account").click()
    expect(page.get_by_role("main")).to_contain_text("This account is closed")
    other.goto(f"{site}/accounts/profile/")

    expect(other).to_have_url(re.compile("/accounts/login/"))
    context.close()


def enter(page: Page, link: str, name: str) -> None:
    """Choose a password by the link, and sign in with it."""
    page.goto(link)
    for field in page.locator("main input[type=password]").all():
        field.fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    page.get_by_role("main").get_by_role("link", name=re.compile("Sign in")).click()
    page.get_by_label("Username or e-mail address").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(name).first).to_be_visible()
