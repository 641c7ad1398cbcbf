"""Every chapter says where it comes from, ends as chapters end, and keeps to our own words."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest

from tests.course.blocks import COURSE, ChapterFile, chapters, each, read_chapter
from tests.course.outline import outline
from tests.course.prose import (
    GUIDE,
    dead_links,
    foreign_numbers,
    is_explained,
    prices,
    repeated,
    sentences,
)

CHAPTERS = each(chapters())
LAST_SECTIONS = ["## exam-traps", "## summary"]
GUIDE_HASHES = frozenset(GUIDE.read_text().split())
CHECKED = tomllib.loads((COURSE / "course.toml").read_text(encoding="utf-8"))["checked"]

# What a fence may hold: each language has its checks, or is read by nobody but people.
LANGUAGES = {"bash", "console", "json", "yaml", "diagram", "text", "dockerfile", "python", "sql"}


def front_faults(chapter: ChapterFile, course_checked: date) -> list[str]:
    """What is missing in a front matter."""
    front: dict[str, Any] = tomllib.loads(chapter.text.split("+++")[1])  # Any: what TOML holds
    found = []
    if front["checked"] > course_checked:
        found.append("checked is later than in course.toml: set that one too")
    if not front.get("sources"):
        found.append("sources is empty: say where the facts come from")
    if not front.get("tasks") and not chapter.is_appendix:
        found.append("tasks is empty: name the tasks of the exam it serves")
    return found


def last_sections(chapter: ChapterFile) -> list[str]:
    return [bone.what for bone in outline(chapter) if bone.what.startswith("## ")][-2:]


def test_every_chapter_of_the_manifest_is_checked():
    manifest = tomllib.loads((COURSE / "course.toml").read_text(encoding="utf-8"))
    listed = {
        f"{language}/{stem}.md"
        for language in manifest["languages"]
        for stem in manifest["chapters"]
    }

    assert listed
    assert listed <= {chapter.path for chapter in chapters()}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_front_matter_says_when_what_for_and_where_from(chapter):
    found = front_faults(chapter, CHECKED)

    assert not found, "\n".join([chapter.path, *found])


@pytest.mark.parametrize("chapter", each(one for one in chapters() if not one.is_appendix))
def test_a_chapter_ends_with_exam_traps_and_a_summary(chapter):
    assert last_sections(chapter) == LAST_SECTIONS, chapter.path


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_fence_names_a_language_that_is_checked(chapter):
    found = [f"{one.id}: {one.language}" for one in chapter.blocks if one.language not in LANGUAGES]

    assert not found, "\n".join([*found, "write bash for sh, yaml for yml, text for plain text"])


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_account_ids_and_keys_are_made_up(chapter):
    found = [f"{chapter.path}:{fault}" for fault in foreign_numbers(chapter.text)]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_price_is_named(chapter):
    found = [f"{chapter.path}:{fault}" for fault in prices(chapter.text)]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_link_leads_somewhere(chapter):
    found = [f"{chapter.path}:{fault}" for fault in dead_links(chapter, chapters())]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_what_is_wrong_on_purpose_is_explained(chapter):
    bare = [one.id for one in chapter.blocks if one.is_wrong and not is_explained(one, chapter)]

    assert bare == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_sentence_of_the_guide_is_repeated(chapter):
    found = repeated(chapter.text, GUIDE_HASHES)

    assert not found, "\n".join([f"{chapter.path}: write anew", *found])


def a_chapter(body: str, front: str = "", stem: str = "00-example") -> ChapterFile:
    return read_chapter(f"+++\n{front}\n+++\n\n{body}\n", path=f"ja/{stem}.md")


@pytest.mark.parametrize(
    ("front", "fault"),
    [
        ('checked = 2026-12-01\ntasks = ["1.1"]\nsources = ["a"]', "later"),
        ('checked = 2026-11-23\ntasks = ["1.1"]\nsources = []', "sources"),
        ('checked = 2026-11-23\ntasks = []\nsources = ["a"]', "tasks"),
    ],
)
def test_a_front_matter_with_a_fault_is_found(front, fault):
    found = front_faults(a_chapter("", front), date(2026, 11, 23))

    assert [fault in one for one in found] == [True]


def test_an_appendix_serves_no_task():
    front = 'checked = 2026-11-23\nsources = ["a"]'

    assert front_faults(a_chapter("", front, "a-words"), date(2026, 11, 23)) == []


def test_a_chapter_without_a_summary_is_found():
    assert last_sections(a_chapter("## A {#a}\n\n## B {#exam-traps}")) != LAST_SECTIONS


@pytest.mark.parametrize(
    "text",
    [
        "987654321098",
        "arn:aws:iam::210987654321:role/x",
        "AKIA" + "A1" * 8,
        "secret=" + "aB3/" * 10,
    ],
)
def test_an_account_id_or_a_key_of_somebody_is_found(text):
    assert len(list(foreign_numbers(text))) == 1


def test_examples_and_longer_numbers_pass():
    text = "111122223333 AKIAIOSFODNN7EXAMPLE 1234567890123 01234567-89ab-cdef-0123-456789012345"

    assert list(foreign_numbers(text)) == []


@pytest.mark.parametrize("text", ["$0.04", "0.1 USD", "月 500 円", "約 3 ドル", "$5 per month"])
def test_a_price_is_found(text):
    assert len(list(prices(text))) == 1


@pytest.mark.parametrize("text", ["$REGION", "echo $1", "円グラフ", "2 vCPU"])
def test_what_only_looks_like_a_price_passes(text):
    assert list(prices(text)) == []


@pytest.mark.parametrize("link", ["[a](09-gone.md)", "[a](#gone)", "[a](00-example.md#gone)"])
def test_a_dead_link_is_found(link):
    chapter = a_chapter(f"## A {{#here}}\n\n{link} [b](#here) [c](00-example.md#here)")

    assert len(list(dead_links(chapter, [chapter]))) == 1


def test_a_wrong_block_without_a_word_is_found():
    block = '```json {title="wrong: a.json"}\n{\n```'
    bare, told = a_chapter(f"## A {{#a}}\n\n{block}"), a_chapter(f"It does not parse:\n\n{block}")

    assert [is_explained(one.blocks[0], one) for one in (bare, told)] == [False, True]


@pytest.mark.parametrize("title", ["wrong: a.json", "誤り: a.json", "誤り：a.json"])
def test_a_wrong_block_is_told_by_its_title(title):
    chapter = a_chapter(f'```json {{title="{title}"}}\n{{\n```')

    assert chapter.blocks[0].is_wrong


def test_a_repeated_sentence_is_found_in_spite_of_its_dress():
    written = "これは、誰かのガイドにあったかもしれない長い一文です。"
    dressed = "- **これは**、誰かの `ガイド` にあったかもしれない\u3000長い一文です。ほかの文です。"

    assert len(repeated(dressed, frozenset(sentences(written)))) == 1
