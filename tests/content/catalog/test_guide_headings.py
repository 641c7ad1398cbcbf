"""Headings of a guide become chapters and sections with levels, numbers and ids."""

from __future__ import annotations

import tomllib

import pytest

from content.catalog.guide.names import anchor
from tests.content.catalog.guides import chapter, convert_text, notes


@pytest.mark.parametrize(
    ("heading", "written"),
    [
        ("### 1.2 Fargate CPU/メモリ", "## Fargate CPU/メモリ {#fargate-cpu}"),
        ("### 1.2 組み合わせ", "## 組み合わせ {#s-1-2}"),
        ("### 準備", "## 準備 {#s-1-1}"),
        ("### 1. 準備", "## 準備 {#s-1}"),
        ("### 演習1: ECR と 2つの箱", "## 演習1: ECR と 2つの箱 {#ecr}"),
        ("### 3.5 GB of memory", "## 3.5 GB of memory {#gb-of-memory}"),
        ("### Q7: なぜ？", "## Q7: なぜ？ {#q7}"),
        ("### Own {#my-id}", "## Own {#my-id}"),
        ("### Own {#My_Id}", "## Own {#own}"),
        ("### search", "## search {#s-search}"),
        ("### Closed ###", "## Closed {#closed}"),
        ("###\tTab", "## Tab {#tab}"),
        ("#### Deep", "## Deep {#deep}"),
        ("### The `code` **word** <a name='x'></a>", "## The `code` **word** "),
    ],
)
def test_a_heading_gets_its_level_title_and_id(heading, written):
    assert written in chapter(heading)


def test_levels_move_up_by_one_and_never_skip():
    body = chapter("### One\n\n##### Far\n\n##### Near\n\n#### Two\n\n##### Three")

    headings = [line for line in body.split("\n") if line.startswith("#")]

    assert headings == [
        "## One {#one}",
        "### Far {#far}",
        "### Near {#near}",
        "### Two {#two}",
        "#### Three",
    ]


def test_ids_are_never_given_twice_and_own_ones_come_first():
    body = chapter("### Same\n\n### Same\n\n### Other {#same}")

    assert [line for line in body.split("\n") if line] == [
        "## Same {#same-2}",
        "## Same {#same-3}",
        "## Other {#same}",
    ]


def test_an_underlined_heading_is_a_heading():
    made = convert_text("Title\n=====\n\nFirst\n-----\n\ntext\n")

    assert tomllib.loads(made.files["course.toml"])["title"] == {"ja": "Title"}
    assert "chapters/ja/01-first.md" in made.files


def test_a_heading_inside_an_answer_does_not_cut_the_chapter():
    body = chapter("### Q1: a\n\n<details>\n<summary>b</summary>\n\n## inside\n\n</details>\n\nend")

    assert "#### inside" in body
    assert body.rstrip().endswith("end")


def test_a_chapter_without_sections_becomes_one_section():
    assert chapter("Only text.").startswith("## Alpha {#alpha}\n\nOnly text.")


def test_chapters_that_share_a_title_or_number_are_told_apart():
    made = convert_text("## 2. Same\n\ntext\n\n## 2. Same\n\ntext\n\n## 次\n")

    stems = tomllib.loads(made.files["course.toml"])["chapters"]

    assert stems == ["02-same", "03-same-2", "04-chapter-4"]
    assert "chapter 2 follows 2: it became chapter 3" in notes(made)
    assert "another chapter is called 'Same' too" in notes(made)


@pytest.mark.parametrize(
    ("heading", "stem"),
    [
        ("## 3. Title", "03-title"),
        ("## 3 Title", "03-title"),
        ("## 3．Title", "03-title"),
        ("## 第3章 Title", "03-title"),
        ("## Chapter 3: Title", "03-title"),
        ("## 3 つの箱", "01-chapter-1"),
        ("## 付録B: CLI 集", "b-cli"),
        ("## Appendix: Words", "a-words"),
        ("## Appendix: Glossary", "a-glossary-2"),
        ("## Q&A", "01-qa"),
    ],
)
def test_a_chapter_takes_its_number_from_the_guide(heading, stem):
    assert f"chapters/ja/{stem}.md" in convert_text(f"{heading}\n\ntext\n").files


def test_githubs_anchors_are_known():
    headings = [
        "12. Service Connect / Service Discovery",
        "15. DOP試験対策 Q&A",
        "`a_b` **c**（d）",
    ]

    anchors = [anchor(heading) for heading in headings]

    assert anchors == ["12-service-connect--service-discovery", "15-dop試験対策-qa", "a_b-cd"]


def test_repeated_headings_have_numbered_anchors():
    made = convert_text(
        "## 1. Alpha\n\n### Same\n\n[x](#same-1)\n\n## 2. Beta\n\n### Same\n\n[y](#same)\n"
    )

    assert "[x](02-beta.md#same)" in made.files["chapters/ja/01-alpha.md"]
    assert "[y](01-alpha.md#same)" in made.files["chapters/ja/02-beta.md"]
