"""A learner practises, sits a mock exam, reviews what was missed, and does the cards of the day."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.quiz_taking import (
    COURSE,
    attempt_id,
    check_answer,
    make_cards_due,
    move_deadline,
    pick_something,
)
from tests.e2e.test_learner import sign_up
from tests.e2e.test_pages import NARROW, WIDE, faults

pytestmark = pytest.mark.e2e


def start_practice(page: Page, site: str, chapter: str = "architecture") -> None:
    page.goto(f"{site}{COURSE}/{chapter}/")
    page.locator(".start-card .button-main").first.click()
    expect(page.locator("#question")).to_be_visible()


def start_mock(page: Page, site: str) -> int:
    page.goto(f"{site}{COURSE}/mock/?lang=en")
    page.get_by_role("button", name="Start the exam").click()
    expect(page.locator("#timer")).to_be_visible()
    return attempt_id(page)


def practise_to_the_end(page: Page) -> None:
    while True:
        pick_something(page)
        check_answer(page)
        go_on = page.locator(".question .answer-actions a.button-main")
        if go_on.count() == 0:
            break
        go_on.click()
        expect(page.locator("form.answer")).to_be_visible()
    page.locator(".question .answer-actions .button-main").click()
    page.locator("main form .button-main").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_chapter_is_practised_and_the_misses_are_tried_again(
    page: Page, site: str, language: str
):
    sign_up(page, site)
    if language == "ja":
        page.get_by_role("button", name="日本語").first.click()
    start_practice(page, site)

    pick_something(page)
    check_answer(page)

    expect(page.locator("#feedback")).to_be_focused()
    expect(page.locator(".option-reason").first).to_be_visible()
    page.locator(".question .answer-actions a.button-main").click()
    practise_to_the_end(page)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator(".result-row")).to_have_count(5)
    page.locator("button[form=retry]").click()
    expect(page.locator("#question")).to_be_visible()
    expect(page.locator(".strip-item").first).to_be_visible()


def test_a_miss_leads_to_the_paragraph_that_answers_it(page: Page, site: str):
    sign_up(page, site)
    start_practice(page, site)
    pick_something(page)
    check_answer(page)

    page.locator(".read-on a").click()

    expect(page).to_have_url(re.compile(r"/learn/aws-ecs-ecr/[a-z-]+/#[a-z-]+$"))
    anchor = page.url.rpartition("#")[2]
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()


def test_a_mock_exam_survives_a_reload_a_second_tab_and_a_shut_window(page: Page, site: str):
    sign_up(page, site)
    attempt = start_mock(page, site)
    expect(page.locator(".strip-item")).to_have_count(75)
    first = f"{site}/quizzes/attempts/{attempt}/1/"

    page.locator("input[name=choice]").first.check()
    expect(page.locator("#saved")).to_contain_text("Saved")
    page.reload()
    expect(page.locator("input[name=choice]").first).to_be_checked()

    other = page.context.new_page()
    other.goto(first)
    expect(other.locator("input[name=choice]").first).to_be_checked()
    other.locator("input[name=choice]").nth(1).check()
    expect(other.locator("#saved")).to_contain_text("Saved")
    other.close()
    page.goto(first)
    expect(page.locator("input[name=choice]").nth(1)).to_be_checked()

    page.get_by_role("button", name="Flag").click()
    expect(page.get_by_role("button", name="Flagged")).to_be_visible()
    expect(page.locator("#strip-1")).to_have_class(re.compile("is-flagged"))
    assert "feedback" not in page.content()

    page.get_by_role("link", name="Finish…").click()
    expect(page.get_by_role("dialog")).to_contain_text("74")
    page.get_by_role("link", name="Go back to the questions").click()
    expect(page.get_by_role("dialog")).not_to_be_visible()
    page.get_by_role("link", name="Finish…").click()
    page.get_by_role("button", name="Finish and see the result").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Result")
    expect(page.get_by_role("main")).to_contain_text("Estimated score")
    expect(page.locator(".result-row")).to_have_count(75)


def test_when_the_time_is_over_the_page_shows_the_result_by_itself(
    page: Page, site: str, site_data: Path
):
    sign_up(page, site)
    attempt = start_mock(page, site)
    page.locator("input[name=choice]").first.check()
    expect(page.locator("#saved")).to_contain_text("Saved")

    move_deadline(site_data, attempt, -8)
    page.reload()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Result", timeout=20_000)
    expect(page.get_by_role("main")).to_contain_text("Closed when the time ran out")


def test_the_clock_warns_and_speaks_only_when_asked(page: Page, site: str):
    sign_up(page, site)
    start_mock(page, site)
    announcer = page.locator("#announcer")
    expect(page.locator("[data-timer-face]")).to_have_text(re.compile(r"^2:5\d:\d\d$"))
    assert announcer.inner_text() == ""
    assert page.locator("#timer").get_attribute("aria-live") in (None, "off")

    hear_of_remaining(page, 301)
    expect(announcer).to_have_text("Five minutes are left.")
    hear_of_remaining(page, 61)
    expect(announcer).to_have_text("One minute is left.")

    hear_of_remaining(page, 1000)
    expect(page.locator("[data-timer-face]")).to_have_text(re.compile(r"^1[56]:\d\d$"))
    page.keyboard.press("Alt+t")
    expect(announcer).to_have_text(re.compile(r"^Time left: 1[56]:\d\d$"))


def hear_of_remaining(page: Page, seconds: int) -> None:
    """Let the page hear from the server how much time is left, as when it is shown again."""
    told = {"remaining": seconds, "is_closed": False}
    page.unroute("**/clock/")
    page.route("**/clock/", lambda route: route.fulfill(json=told))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_everything_works_without_a_script(
    chrome: Browser, site: str, site_data: Path, language: str
):
    context = chrome.new_context(java_script_enabled=False, locale="en-US")
    page = context.new_page()
    name = sign_up(page, site)
    if language == "ja":
        page.get_by_role("button", name="日本語").first.click()
    start_practice(page, site)
    practise_to_the_end(page)
    expect(page.locator(".result-row")).to_have_count(5)

    page.goto(f"{site}{COURSE}/mock/")
    page.locator(".start-card .button-main").click()
    page.locator("input[name=choice]").first.check()
    page.locator("form.answer .button-main").click()
    expect(page).to_have_url(re.compile("/2/$"))
    page.locator("button.flag").click()
    expect(page.locator("button.flag")).to_have_attribute("aria-pressed", "true")
    page.locator(".quiz-end").click()
    page.locator("main form .button-main").click()
    expect(page.locator(".result-row")).to_have_count(75)

    make_cards_due(site_data, name)
    page.goto(f"{site}/review/")
    page.locator("main form .button-main").click()
    pick_something(page)
    page.locator("form.answer .button-main").click()
    expect(page.locator("#feedback")).to_be_visible()
    context.close()


def test_todays_cards_are_done_and_come_back_another_day(page: Page, site: str, site_data: Path):
    name = sign_up(page, site)
    start_practice(page, site)
    practise_to_the_end(page)
    make_cards_due(site_data, name)

    page.goto(f"{site}/")
    page.get_by_role("link", name="5 cards are due for review").click()
    page.get_by_role("button", name="Review 5 cards that are due").click()
    practise_to_the_end(page)

    page.goto(f"{site}/review/")
    expect(page.get_by_role("main")).to_contain_text("Nothing is due now")
    page.get_by_text("All 5 cards").click()
    page.get_by_role("button", name=re.compile("^Suspend")).first.click()
    page.get_by_text("All 5 cards").click()
    expect(page.get_by_role("button", name=re.compile("^Ask again"))).to_be_visible()


def test_a_question_is_answered_by_keyboard_alone(page: Page, site: str):
    sign_up(page, site)
    page.goto(f"{site}{COURSE}/dop/")
    tab_to(page, "Start practising")
    page.keyboard.press("Enter")
    expect(page.locator("#question")).to_be_visible()

    boxes = page.locator("input[name=choice]")
    count = 1 if boxes.first.get_attribute("type") == "radio" else boxes.count()
    right = 1 if count == 1 else 3 if "THREE" in page.locator("legend").inner_text() else 2
    page.locator("#prompt").evaluate("element => element.setAttribute('tabindex', '-1')")
    page.locator("#prompt").focus()
    for _ in range(right):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    tab_to(page, "Check the answer")
    page.keyboard.press("Enter")

    expect(page.locator("#feedback")).to_be_focused()
    tab_to(page, "Go on")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/2/$"))


def tab_to(page: Page, words: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if words in page.evaluate("document.activeElement.textContent"):
            return
    pytest.fail(f"the keyboard does not reach {words}")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_page_of_a_quiz_has_a_fault_of_access(
    chrome: Browser, site: str, language: str, size, theme
):
    context = chrome.new_context(viewport=size, color_scheme=theme, reduced_motion="reduce")
    page = context.new_page()
    sign_up(page, site)
    if language == "ja":
        page.goto(f"{site}/accounts/profile/")
        page.locator("select[name=language]").select_option("ja")
        page.locator("main .button-main").click()
    start_practice(page, site)
    for _ in range(5):
        assert faults(page) == []
        pick_something(page)
        check_answer(page)
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        go_on = page.locator(".question .answer-actions a.button-main")
        if go_on.count():
            go_on.click()
            expect(page.locator("form.answer")).to_be_visible()
    page.locator(".quiz-end").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("dialog").locator(".button-main").click()
    expect(page.locator(".result-row").first).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.goto(f"{site}/review/")
    assert faults(page) == []
    context.close()
