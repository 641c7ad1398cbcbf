"""One learner: reads as a guest, signs up, marks, comes back, searches, by keys, without script."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.browser import PATIENCE

pytestmark = pytest.mark.e2e
COURSE = "/learn/aws-ecs-ecr/"
PASSWORD = "correct horse battery"


def sign_up(page: Page, site: str, name: str = "") -> str:
    name = name or f"learner-{uuid.uuid4().hex[:8]}"
    page.goto(f"{site}/accounts/signup/?lang=en")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name=re.compile("Create an account")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    return name


def open_chapter(page: Page, site: str, number: int = 0) -> None:
    page.goto(f"{site}{COURSE}?lang=en")
    page.get_by_role("main").get_by_role("list").first.get_by_role("link").nth(number).click()
    expect(page.locator("article")).to_be_visible()


def test_a_guest_reads_from_home_to_the_last_chapter(page: Page, site: str):
    page.goto(f"{site}/?lang=en")
    page.get_by_role("link", name="Start reading").click()
    expect(page).to_have_url(f"{site}{COURSE}")
    page.wait_for_load_state()
    chapters = page.locator(".chapters > li").count()
    page.get_by_role("main").get_by_role("list").first.get_by_role("link").first.click()

    for _ in range(chapters - 1):
        expect(page.locator("figure.diagram svg").first).to_be_visible()
        here = page.url
        page.locator("[data-key-next]").click()
        expect(page).not_to_have_url(here)

    expect(page.get_by_role("link", name="Back to the course")).to_be_visible()


def test_a_learner_marks_sections_and_is_led_on(page: Page, site: str):
    sign_up(page, site)
    open_chapter(page, site)
    sections = page.locator("section[data-section]").count()

    page.get_by_role("button", name=re.compile("^Mark as read")).first.click()

    expect(page.get_by_role("button", name=re.compile("^Undo")).first).to_be_focused()
    expect(page.locator("#progress")).to_contain_text(f"1 of {sections} sections read")
    page.goto(f"{site}/")
    expect(page.get_by_role("link", name=re.compile("^Next: "))).to_be_visible()


def test_the_place_is_kept_while_reading_and_resumed(page: Page, site: str):
    sign_up(page, site)
    open_chapter(page, site)
    title = page.locator("section[data-section] h2").nth(2)

    with page.expect_request(lambda request: request.url.endswith("/place/")) as request:
        title.evaluate("element => element.scrollIntoView()")
    answer = request.value.response()
    assert answer is not None and answer.status == 204
    page.goto(f"{site}/")
    page.get_by_role("link", name=re.compile("^Resume: ")).click()

    section = page.url.partition("#")[2]
    expect(page.locator(f"[id='{section}']")).to_be_in_viewport()


def test_the_contents_follow_the_section_on_the_screen(page: Page, site: str):
    open_chapter(page, site)
    heading = page.locator("section[data-section] h2").nth(3)

    heading.evaluate("element => element.scrollIntoView()")

    id_ = heading.get_attribute("id")
    here = page.locator(".contents-large a[aria-current=location]")
    expect(here).to_have_attribute("href", f"#{id_}")


def test_search_answers_while_typing_and_leads_to_the_section(page: Page, site: str):
    page.goto(f"{site}/search/?lang=en")
    page.get_by_label("Words to look for").press_sequentially("lifecycle", delay=20)

    expect(page.locator("#results mark").first).to_have_text("lifecycle", ignore_case=True)
    expect(page).to_have_url(re.compile("q=lifecycle$"))
    page.locator("#results").get_by_role("link").first.click()

    expect(page).to_have_url(re.compile("/learn/.+#"))


@pytest.mark.parametrize("word", ["型", "権限", "クラスター"])
def test_japanese_words_of_any_length_are_found(page: Page, site: str, word: str):
    page.goto(f"{site}/search/?lang=ja&q={word}")

    expect(page.locator("#results mark").first).to_have_text(word)


def test_keys_lead_through_the_site(page: Page, site: str):
    open_chapter(page, site)
    first = page.url

    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != first)
    page.keyboard.press("p")
    page.wait_for_url(first)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")

    expect(page.locator("[data-search]").first).to_be_focused()


def test_keys_are_letters_in_a_field(page: Page, site: str):
    open_chapter(page, site)
    address = page.url

    page.keyboard.press("/")
    page.keyboard.type("nsp?")

    expect(page.locator("[data-search]").first).to_have_value("nsp?")
    assert page.url == address


def test_everything_on_a_chapter_is_reached_by_tab(page: Page, site: str):
    open_chapter(page, site)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()

    focusable = page.locator(
        "a[href]:visible, button:visible, summary:visible, input:visible:not([type=hidden]), "
        "[tabindex='0']:visible"
    ).count()
    reached = set()
    for _ in range(focusable + 5):
        reached.add(
            page.evaluate(
                "() => { const e = document.activeElement; e.dataset.n ??= String(Math.random());"
                " return e.dataset.n }"
            )
        )
        page.keyboard.press("Tab")

    assert len(reached) >= focusable


def test_a_block_of_code_is_copied_without_prompts(page: Page, context, site: str):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_chapter(page, site)
    block = page.locator("figure.code:has(.gp)").first

    block.get_by_role("button").click()

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("aws ")
    assert "$ " not in copied


def test_language_and_theme_are_switched_in_place(page: Page, site: str):
    page.goto(f"{site}{COURSE}")
    page.get_by_role("banner").get_by_role("button", name="日本語").click()
    expect(page).to_have_url(f"{site}{COURSE}")
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    page.get_by_role("banner").get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")

    page.locator("summary:has-text('Light or dark')").click()
    page.get_by_role("button", name="Dark").click()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != light


@pytest.fixture
def plain(chrome: Browser) -> Iterator[Page]:
    """A browser in which no script runs."""
    context: BrowserContext = chrome.new_context(java_script_enabled=False, locale="en-US")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def test_without_a_script_a_learner_signs_up_reads_marks_and_searches(plain: Page, site: str):
    sign_up(plain, site)
    open_chapter(plain, site)
    plain.get_by_role("button", name=re.compile("^Mark as read")).first.click()
    expect(plain.get_by_role("button", name=re.compile("^Undo"))).to_have_count(1)
    plain.goto(f"{site}/search/")
    plain.get_by_label("Words to look for").fill("fargate")
    plain.get_by_role("main").get_by_role("button", name="Search").click()

    expect(plain.locator("#results mark").first).to_be_visible()


def test_a_learner_signs_out_and_in_again(page: Page, site: str):
    name = sign_up(page, site)
    page.get_by_role("banner").get_by_text(name).click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("banner").get_by_role("link", name="Sign in").click()
    page.get_by_label("Username or e-mail address").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
