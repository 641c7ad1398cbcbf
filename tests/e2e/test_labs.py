"""A learner connects the practice account, does an exercise in a terminal, and verifies it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from labs.sandbox_client import Sandbox
from tests.e2e.browser import PATIENCE
from tests.e2e.lab_taking import (
    DELETE_IMAGE,
    LABS,
    PUSH_IMAGE,
    check,
    connect_practice,
    console_errors,
    report_says,
    terminal_of,
    verify,
)
from tests.e2e.test_learner import sign_up
from tests.e2e.test_pages import NARROW, WIDE, faults, look

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("practice")]
LONG_TERM = {"access_key": "AKIAQ3EGXMPLKEYPARTA", "secret_key": "s3cr3tPartOne/s3cr3tPartTwo"}
UNPROCESSABLE = re.compile(
    r"Failed to load resource: the server responded with a status of 422 \(.*\)"
)


def open_lab(page: Page, site: str) -> None:
    """Go by links, as a learner does."""
    page.goto(f"{site}/?lang=en")
    page.get_by_role("banner").get_by_role("link", name="Labs").click()
    page.get_by_role("link", name="Push an image to ECR").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Push an image to ECR")


def test_an_exercise_is_verified_broken_and_mended(page: Page, site: str, tmp_path: Path):
    sign_up(page, site)
    open_lab(page, site)
    expect(page.get_by_role("button", name="Verify my account")).to_have_count(0)
    page.get_by_role("link", name="choose how this site reaches your account").click()
    page.get_by_role("button", name="Use the practice account").click()
    expect(page.locator("figure.code pre")).to_contain_text("export AWS_SECRET_ACCESS_KEY=")
    terminal = terminal_of(page, tmp_path)

    terminal.do_exercise_1()
    open_lab(page, site)
    verify(page)
    report_says(page, "Everything required holds")
    expect(page.locator(".checks-mend .check-required")).to_have_count(0)
    expect(check(page, "The image v1 has arrived")).to_have_class(re.compile("check-pass"))

    terminal.run(DELETE_IMAGE)
    verify(page)
    report_says(page, "Something to mend")
    broken = page.locator(".checks-mend .check-required")
    expect(broken).to_have_count(1)
    expect(broken.locator("summary")).to_contain_text("The image v1 has arrived")
    expect(broken).to_contain_text("tasks stop with CannotPullContainerError")
    expect(broken.get_by_role("button", name="Copy")).to_be_visible()
    expect(broken.locator(".read-on a")).to_be_visible()

    terminal.run(str(broken.locator("figure.code pre").text_content()))
    verify(page)
    report_says(page, "Everything required holds")


def test_an_emptied_account_has_everything_to_make_again(page: Page, site: str, tmp_path: Path):
    sign_up(page, site)
    connect_practice(page, site)
    terminal = terminal_of(page, tmp_path)
    terminal.do_exercise_1()
    open_lab(page, site)
    verify(page)
    report_says(page, "Everything required holds")

    page.goto(f"{site}/labs/connection/")
    page.get_by_role("button", name="Empty my practice account").click()
    expect(page.get_by_text("Your practice account is empty again.")).to_be_visible()

    expect(page.locator("figure.code pre")).to_have_text(terminal.exports)
    open_lab(page, site)
    verify(page)
    report_says(page, "Something to mend")
    repository = check(page, "The repository handson-app exists")
    expect(repository).to_have_class(re.compile("check-fail"))
    page.reload()
    expect(page.locator("#history tbody tr")).to_have_count(2)
    page.goto(f"{site}/labs/")
    expect(page.get_by_role("listitem").filter(has_text="Push an image")).to_contain_text("Done")


def test_an_exercise_is_verified_without_a_script(chrome: Browser, site: str, tmp_path: Path):
    context = chrome.new_context(java_script_enabled=False, locale="en-US")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    sign_up(page, site)
    connect_practice(page, site)
    terminal = terminal_of(page, tmp_path)
    button = page.get_by_role("button", name="Verify my account")

    page.goto(f"{site}{PUSH_IMAGE}")
    button.click()
    report_says(page, "Something to mend")
    expect(page).to_have_url(re.compile("#report$"))
    terminal.do_exercise_1()
    button.click()
    report_says(page, "Everything required holds")
    terminal.run("aws ecr delete-repository --repository-name handson-app --force")
    button.click()
    report_says(page, "Something to mend")
    for words in ("The repository handson-app exists", "The image v1 has arrived"):
        listing = check(page, words).locator("figure.code pre")
        if listing.count() == 0:  # nothing is said of an image while its repository is missing
            button.click()
            listing = check(page, words).locator("figure.code pre")
        terminal.run(str(listing.text_content()))
    button.click()
    report_says(page, "Everything required holds")
    context.close()


def test_the_button_is_reached_by_keyboard_and_the_report_gets_the_focus(page: Page, site: str):
    sign_up(page, site)
    connect_practice(page, site)
    page.goto(f"{site}{PUSH_IMAGE}")
    expect(page.locator("#report")).not_to_be_focused()

    tab_to(page, "Verify my account")
    page.keyboard.press("Enter")

    report_says(page, "Something to mend")
    expect(page.locator("#report")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#report summary").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#report details").first).not_to_have_attribute("open", "")


def test_a_page_that_waits_looks_again_by_itself_and_stops(page: Page, site: str, site_data: Path):
    name = sign_up(page, site)
    connect_practice(page, site)
    page.goto(f"{site}{PUSH_IMAGE}")
    verify(page)
    let_it_wait(site_data, name)
    page.clock.install()
    page.goto(f"{site}{PUSH_IMAGE}")
    report_says(page, "AWS is still at work")
    report = page.locator("#report")
    expect(report).to_contain_text("looks again in 20 seconds")
    looks = wait_once_more(page)
    page.locator("#check-ecr-repo").focus()

    page.clock.run_for(15_000)
    assert looks == []
    page.clock.run_for(10_000)
    wait_for(page, looks, 1)
    page.clock.run_for(25_000)
    wait_for(page, looks, 2)

    report_says(page, "Something to mend")
    expect(page.locator("#check-ecr-repo")).to_be_focused()
    expect(report).not_to_have_attribute("hx-trigger", re.compile("."))
    page.clock.run_for(120_000)
    assert len(looks) == 2
    assert all(re.search(r"\bleft=\d+", one) for one in looks)


def test_long_term_keys_are_refused_and_not_shown_again(context, site: str, site_data: Path):
    page = context.new_page()
    errors = console_errors(page)
    sign_up(page, site)
    page.goto(f"{site}{PUSH_IMAGE}")
    page.get_by_text("Verify once with temporary keys").click()
    page.get_by_label("AWS_ACCESS_KEY_ID").fill(LONG_TERM["access_key"])
    page.get_by_label("AWS_SECRET_ACCESS_KEY").fill(LONG_TERM["secret_key"])
    page.get_by_label("AWS_SESSION_TOKEN").fill("T0kenPartOne")
    page.get_by_role("button", name="Verify with these keys").click()

    expect(page.locator(".field-wrong")).to_contain_text("That is a long-term key")
    for label in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        expect(page.get_by_label(label)).to_have_value("")
    kept = [file.read_bytes() for file in site_data.rglob("*") if file.is_file()]
    for secret in (*LONG_TERM.values(), "T0kenPartOne"):
        assert secret not in page.content()
        assert not [one for one in kept if secret.encode() in one]
    assert faults(page) == []
    # Chromium writes that an answer was 422, and nothing else may stand there.
    assert [one for one in errors if not UNPROCESSABLE.fullmatch(one)] == []


@pytest.fixture(scope="module")
def learner(chrome: Browser, site: str, practice: Sandbox, tmp_path_factory) -> Iterator[object]:
    """What the browser of somebody keeps who did exercise 1 and verified it."""
    context = chrome.new_context(locale="en-US")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    sign_up(page, site)
    connect_practice(page, site)
    terminal_of(page, tmp_path_factory.mktemp("home")).do_exercise_1()
    page.goto(f"{site}{PUSH_IMAGE}")
    verify(page)
    report_says(page, "Everything required holds")
    yield context.storage_state()
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_page_of_labs_has_a_fault_of_access(
    chrome: Browser,
    site: str,
    learner,
    language: str,
    size: ViewportSize,
    theme: Literal["light", "dark"],
):
    for state in (None, learner):
        context = chrome.new_context(
            viewport=size, color_scheme=theme, reduced_motion="reduce", storage_state=state
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        errors = console_errors(page)
        for path in ("/labs/", f"{LABS}/task-definition/", PUSH_IMAGE):
            look(page, f"{site}{path}?lang={language}")
            look_at_everything_open(page)
        if state:
            look(page, f"{site}/labs/connection/?lang={language}")
            page.goto(f"{site}{LABS}/cluster/?lang={language}")
            page.locator(".verify .button-main").click()
            expect(page.locator("#report.report-fail")).to_be_focused()
            look_at_everything_open(page)
        assert errors == []
        context.close()


def look_at_everything_open(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
    page.evaluate("scrollTo(0, 0)")  # what the header covers would count as too small to hit
    assert faults(page) == [], page.url
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{page.url} scrolls sideways by {wide} pixels"


def let_it_wait(site_data: Path, username: str) -> None:
    """Make the learner's last run one in which AWS was still at work on the repository."""
    verdict = {"check": "ecr-repo", "status": "wait", "found": "", "expected": "", "cause": ""}
    with sqlite3.connect(site_data / "gantry.sqlite3", timeout=20) as database:
        database.execute(
            "UPDATE labs_run SET status = 'wait', verdicts = ? WHERE user_id ="
            " (SELECT id FROM accounts_user WHERE username = ?)",
            (json.dumps([verdict]), username),
        )


def wait_once_more(page: Page) -> list[str]:
    """Answer the page's first look as it stands; the site answers the others. Return the looks."""
    looks: list[str] = []
    waiting = str(page.locator("#report").evaluate("element => element.outerHTML"))

    def answer(route: Route) -> None:
        looks.append(route.request.post_data or "")
        if len(looks) == 1:
            route.fulfill(body=waiting, content_type="text/html; charset=utf-8")
        else:
            route.continue_()

    page.route("**/verify/", answer)
    return looks


def wait_for(page: Page, looks: list[str], count: int) -> None:
    """Wait until the page has asked so often and shows what was answered."""
    for _ in range(PATIENCE // 100):
        if len(looks) >= count:
            break
        page.wait_for_timeout(100)
    assert len(looks) == count
    page.wait_for_load_state("networkidle")


def tab_to(page: Page, words: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if words in page.evaluate("document.activeElement.textContent"):
            return
    pytest.fail(f"the keyboard does not reach {words}")
