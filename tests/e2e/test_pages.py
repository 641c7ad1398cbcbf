"""Every page in both languages, light and dark, wide and narrow: no fault, nothing cut off."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from tests.e2e.test_learner import sign_up

pytestmark = pytest.mark.e2e
GUEST_PAGES = [
    "/",
    "/learn/aws-ecs-ecr/",
    "/learn/aws-ecs-ecr/overview/",
    "/learn/aws-ecs-ecr/ecr/",
    "/learn/aws-ecs-ecr/glossary/",
    "/quizzes/",
    "/quizzes/aws-ecs-ecr/deployment/",
    "/search/?q=ECR",
    "/search/?q=zzzz",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/nothing/here/",
]
LEARNER_PAGES = [
    "/",
    "/quizzes/",
    "/quizzes/aws-ecs-ecr/dop/",
    "/quizzes/aws-ecs-ecr/mock/",
    "/quizzes/aws-ecs-ecr/readiness/",
    "/quizzes/aws-ecs-ecr/export/",
    "/review/",
    "/learn/aws-ecs-ecr/",
    "/learn/aws-ecs-ecr/overview/",
    "/accounts/profile/",
    "/accounts/password/change/",
    "/accounts/email/",
    "/accounts/data/",
    "/accounts/data/delete/",
    "/accounts/logout/",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def signed_in(chrome: Browser, site: str):
    """What a signed-in browser keeps."""
    context = chrome.new_context(locale="en-US")
    sign_up(context.new_page(), site)
    yield context.storage_state()
    context.close()


def faults(page: Page) -> list[str]:
    page.wait_for_load_state()  # a page that is about to be left has nothing to look at
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [
        f"{fault['id']}: {node['html'][:150]}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]


def look(page: Page, address: str) -> None:
    page.goto(address)
    assert faults(page) == [], address
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{address} scrolls sideways by {wide} pixels"
    small = page.evaluate(
        "[...document.querySelectorAll('button, summary, nav a')].filter(e => e.checkVisibility())"
        ".map(e => [e.textContent.trim(), e.getBoundingClientRect()])"
        ".filter(([, r]) => r.width && Math.min(r.width, r.height) < 24).map(([t]) => t)"
    )
    assert small == [], f"{address}: too small to hit: {small}"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_pages_have_no_fault_of_access(
    chrome: Browser,
    site: str,
    signed_in,
    language: str,
    size: ViewportSize,
    theme: Literal["light", "dark"],
):
    for pages, state in ((GUEST_PAGES, None), (LEARNER_PAGES, signed_in)):
        context = chrome.new_context(
            viewport=size, color_scheme=theme, reduced_motion="reduce", storage_state=state
        )
        page = context.new_page()
        for path in pages:
            mark = "&" if "?" in path else "?"
            look(page, f"{site}{path}{mark}lang={language}")
        context.close()


@pytest.mark.parametrize(
    ("language", "size", "theme"), [("ja", WIDE, "light"), ("en", NARROW, "dark")]
)
def test_no_chapter_has_a_fault_of_access(
    chrome: Browser,
    site: str,
    language: str,
    size: ViewportSize,
    theme: Literal["light", "dark"],
):
    context = chrome.new_context(viewport=size, color_scheme=theme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site}/learn/aws-ecs-ecr/")
    chapters = page.locator(".chapters a").evaluate_all("links => links.map(a => a.pathname)")
    assert chapters
    for path in dict.fromkeys(chapters):
        look(page, f"{site}{path}?lang={language}")
    context.close()


def test_a_chapter_is_few_requests_and_light_and_lighter_the_second_time(
    chrome: Browser, site: str
):
    context = chrome.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))

    page.goto(f"{site}/learn/aws-ecs-ecr/overview/", wait_until="networkidle")

    assert len(sizes) <= 6
    assert sum(sizes) <= 60_000
    sizes.clear()
    page.goto(f"{site}/learn/aws-ecs-ecr/overview/", wait_until="networkidle")
    assert sum(sizes) <= 8_000
    context.close()


def test_nothing_moves_while_a_chapter_loads(page: Page, site: str):
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const e of list.getEntries())"
        " window.shift += e.value }).observe({type: 'layout-shift', buffered: true})"
    )

    page.goto(f"{site}/learn/aws-ecs-ecr/overview/", wait_until="networkidle")

    assert page.evaluate("window.shift") < 0.01
    assert page.locator("script:not([defer])").count() == 0


def test_a_chapter_prints_clean(page: Page, site: str):
    page.goto(f"{site}/learn/aws-ecs-ecr/overview/")
    page.emulate_media(media="print")

    hidden = ["header.site-header", ".chapter-nav", ".contents-large", "button.copy"]
    for selector in hidden:
        assert not page.locator(selector).first.is_visible(), selector
    assert page.locator("article h1").is_visible()
