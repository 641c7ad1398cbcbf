"""A class in a real browser: made, joined by link, worked in, and seen by who teaches it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.e2e.class_teaching import (
    join,
    make_class,
    make_demonstration,
    make_instructor,
    make_owner,
    set_work,
)
from tests.e2e.lab_taking import PUSH_IMAGE, connect_practice, verify
from tests.e2e.test_learner import sign_up
from tests.e2e.test_pages import NARROW, WIDE, look
from tests.e2e.test_quiz import practise_to_the_end, start_practice

pytestmark = pytest.mark.e2e
CHAPTER = "/learn/aws-ecs-ecr/cicd/"


@pytest.fixture
def people(chrome: Browser) -> Iterator[list[Page]]:
    """Three people, each with a browser of their own: who teaches, and two who learn."""
    contexts = [
        chrome.new_context(locale=locale, viewport=WIDE, reduced_motion="reduce")
        for locale in ("en-US", "ja-JP", "en-US")
    ]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def read_chapter(page: Page, site: str) -> None:
    page.goto(f"{site}{CHAPTER}")
    sections = page.locator("section[data-section]").count()
    button = page.locator(".mark button[name=read]")
    for left in range(sections, 0, -1):
        expect(button).to_have_count(left)
        button.first.click()
    expect(button).to_have_count(0)


@pytest.mark.usefixtures("practice")
def test_what_two_learners_do_is_seen_by_who_teaches_them(
    people: list[Page], site: str, site_data: Path, tmp_path: Path
):
    teacher, first, second = people
    make_instructor(site_data, sign_up(teacher, site))
    link = make_class(teacher, site, "Evening group")
    for work in ("chapter:cicd", "quiz:cicd", "lab:push-image"):
        set_work(teacher, work)

    names = [sign_up(page, site) for page in (first, second)]
    first.goto(f"{site}/?lang=ja")
    for page in (first, second):
        join(page, link)
    read_chapter(first, site)
    for page in (first, second):
        start_practice(page, site, "cicd")
        practise_to_the_end(page)
    connect_practice(second, site)
    second.goto(f"{site}{PUSH_IMAGE}?lang=en")
    for _ in range(2):
        verify(second)

    the_matrix_shows(teacher, names)
    the_help_list_and_the_analysis_show(teacher, names[1])
    lines = taken_out(teacher, tmp_path)
    assert set(lines) == set(names)
    assert lines[names[0]]["chapter:cicd"] == "100"
    assert lines[names[1]]["lab:push-image state"] == "started"
    teacher.goto(f"{teacher.url}?lang=ja")
    expect(teacher.get_by_role("navigation", name="このクラス")).to_be_visible()


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="This class").get_by_role("link", name=name).click()


def the_matrix_shows(teacher: Page, names: list[str]) -> None:
    """The first read, answered and built nothing; the second answered and looked at a lab."""
    open_tab(teacher, "Gradebook")
    first, second = (
        teacher.get_by_role("row", name=re.compile(name)).get_by_role("cell") for name in names
    )
    expect(first.nth(0)).to_contain_text("100 %")
    expect(second.nth(0)).to_have_text("Not started")
    for cells in (first, second):
        expect(cells.nth(1)).to_contain_text("Done")
    expect(first.nth(2)).to_have_text("Not started")
    expect(second.nth(2)).to_contain_text("In progress")


def the_help_list_and_the_analysis_show(teacher: Page, name: str) -> None:
    open_tab(teacher, "Who needs help")
    expect(teacher.get_by_role("main")).to_contain_text(name)
    open_tab(teacher, "Item analysis")
    teacher.get_by_role("table").get_by_role("link", name=re.compile("^7 ")).click()
    expect(teacher.get_by_role("main")).to_contain_text("too few to say")


def taken_out(teacher: Page, folder: Path) -> dict[str, dict[str, str]]:
    """Take the results out as CSV; return the lines by user name."""
    open_tab(teacher, "Results")
    with teacher.expect_download() as download:
        teacher.get_by_role("button", name="CSV").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    text = path.read_text(encoding="utf-8-sig")
    return {one["user"]: one for one in csv.DictReader(io.StringIO(text))}


def test_a_mark_is_given_with_its_reason_and_taken_back(page: Page, site: str, site_data: Path):
    name = sign_up(page, site)
    make_instructor(site_data, name)
    make_demonstration(site_data, name)
    page.goto(f"{site}/classes/?lang=en")
    page.get_by_role("link", name=re.compile("Demonstration")).first.click()
    page.get_by_role("navigation", name="This class").get_by_role("link", name="Gradebook").click()
    page.get_by_role("link", name="Quizzes", exact=True).last.click()
    page.locator(".matrix tbody td a").first.click()

    page.get_by_label("Mark in percent").fill("77")
    page.get_by_label("Reason").fill("Shown at the board")
    page.get_by_role("button", name="Keep this mark").click()

    marks = page.get_by_role("region", name="Marks by people")
    expect(marks.get_by_role("row").nth(1)).to_contain_text("Shown at the board")
    expect(page.get_by_role("main")).to_contain_text("77 %")
    page.get_by_label("Reason").fill("Wrong learner")
    page.get_by_role("button", name="Keep this mark").click()
    expect(marks.get_by_role("row").nth(1)).to_contain_text("taken back")


def test_pages_of_a_class_have_no_fault_of_access(
    chrome: Browser, page: Page, site: str, site_data: Path
):
    name = sign_up(page, site)
    make_owner(site_data, name)
    make_demonstration(site_data, name)
    page.goto(f"{site}/classes/?lang=en")
    page.get_by_role("link", name=re.compile("Demonstration")).first.click()
    home = page.url.removesuffix("overview/")
    page.goto(f"{home}gradebook/?group=quizzes")
    cell = page.locator(".matrix tbody td a").first.evaluate("one => one.href")
    learner = page.locator(".matrix tbody th a").first.evaluate("one => one.href")
    paths = [f"{home}{tail}" for tail in (
        "overview/", "help/", "gradebook/", "gradebook/?group=all&sort=-quiz:overview",
        "assignments/", "assignments/new/", "results/", "people/", "people/invite/", "settings/",
    )]  # fmt: skip
    owners = [f"{site}/{path}" for path in (
        "classes/", "classes/new/", "accounts/users/", "accounts/users/1/",
        "audit-log/", "audit-log/?act=mark",
    )]  # fmt: skip
    state = page.context.storage_state()
    looks: list[tuple[str, ViewportSize, Literal["light", "dark"]]] = [
        ("ja", WIDE, "light"),
        ("en", NARROW, "dark"),
    ]
    for language, size, theme in looks:
        context = chrome.new_context(
            viewport=size, color_scheme=theme, reduced_motion="reduce", storage_state=state
        )
        there = context.new_page()
        for path in [*owners, *paths, cell, learner]:
            look(there, f"{path}{'&' if '?' in path else '?'}lang={language}")
        context.close()
