"""A long Markdown guide becomes a course, and no word of it is lost."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.catalog.guide import GuideError, Imported, decode
from content.catalog.guide.ledger import Change, balance
from content.rendering.page import render
from tests.content.catalog.guides import TODAY, chapter, convert_text, notes

GUIDE = Path(__file__).parent.parent / "data" / "guide.md"


@pytest.fixture(scope="module")
def harbour() -> Imported:
    return convert_text(decode(GUIDE.read_bytes()))


def test_a_guide_becomes_a_chapter_for_each_heading_of_two_marks(harbour):
    stems = tomllib.loads(harbour.files["course.toml"])["chapters"]

    assert stems == ["01-container-image", "02-chapter-2", "03-harbour-qa", "a-cli", "b-appendix-b"]
    assert set(harbour.files) == {"course.toml", *(f"chapters/ja/{stem}.md" for stem in stems)}


def test_every_word_of_a_guide_is_accounted_for(harbour):
    assert harbour.report.balance.is_even


def test_every_chapter_of_a_guide_renders_without_a_problem(harbour):
    bodies = [text.split("+++\n", 2)[2] for path, text in harbour.files.items() if ".md" in path]

    problems = [problem for body in bodies for problem in render(body, language="ja").problems]

    assert problems == []


def test_torn_and_unlabelled_drawings_are_drawn_with_their_captions(harbour):
    first = harbour.files["chapters/ja/01-container-image.md"]

    assert '```diagram {title="港の見取り図"}' in first
    assert '~~~diagram {title="Image tags の付け方"}' in first
    assert "│   Harbour            │" in first
    assert "【" not in first
    assert (harbour.report.drawn, harbour.report.made["drawing left as text"]) == (2, 0)


def test_links_inside_the_guide_lead_to_files_and_dead_ones_become_words(harbour):
    first = harbour.files["chapters/ja/01-container-image.md"]

    assert "[次の章](02-chapter-2.md)" in first
    assert "[Q1](03-harbour-qa.md#q1)" in first
    assert "消えた章への古いリンクも" in first
    assert "44: the link '#9-もうない章' leads nowhere" in notes(harbour)


def test_links_in_code_stay_as_they_are(harbour):
    assert "`[見本](#2-荷役の手順)`" in harbour.files["chapters/ja/01-container-image.md"]


def test_questions_with_folded_answers_are_listed(harbour):
    assert [(one.number, one.line) for one in harbour.report.questions] == [(1, 93), (2, 107)]
    assert "## Q1: タグは上書きしてよいか？ {#q1}" in harbour.files["chapters/ja/03-harbour-qa.md"]


def test_the_contents_and_the_rules_between_chapters_are_dropped_and_told(harbour):
    told = "\n".join(harbour.report.lines())

    assert "line 9 to 13: table of contents" in told
    assert not any("\n---\n" in text or "目次" in text for text in harbour.files.values())


def test_the_front_matter_opens_the_first_chapter_and_sums_the_course_up(harbour):
    summary = tomllib.loads(harbour.files["course.toml"])["summary"]["ja"]

    assert summary.startswith("対象: はじめてコンテナを運用する人")
    assert "- **前提知識**: Linux の基本操作" in harbour.files["chapters/ja/01-container-image.md"]


def test_the_closing_lines_stand_in_the_course_file_and_date_it(harbour):
    course = harbour.files["course.toml"]

    assert "# **検証環境**: Linux" in course
    assert tomllib.loads(course)["checked"] == date(2026, 3, 9)


def test_headings_in_code_and_comments_are_no_headings(harbour):
    second = harbour.files["chapters/ja/02-chapter-2.md"]

    assert "\n# ## これは見出しではない\n" in second
    assert "<!--\n## コメントの中の章\n-->" in second


def test_what_cannot_be_labelled_becomes_plain_text_and_is_told(harbour):
    told = notes(harbour)

    assert "68: not valid JSON, left as it is (it has a // comment)" in told
    assert "74: no colours are known for 'harbourscript'" in told
    assert "78: a block without a label" in told
    assert harbour.report.code == {"bash": 2, "json": 1, "text": 2}


def test_lists_and_tables_get_the_blank_lines_they_need():
    body = chapter("### Part\n\n次の通り:\n- one\n- two\n| a | b |\n|---|---|\n| 1 | 2 |")

    assert "次の通り:\n\n- one\n- two\n\n| a | b |\n|---|---|" in body


def test_nested_lists_are_set_in_by_four():
    body = chapter("### Part\n\n- one\n  - two\n    more\n1. three\n\n   ```bash\n   ls\n   ```")

    assert "- one\n    - two\n        more\n\n1. three\n\n    ```bash\n    ls\n    ```" in body


def test_code_by_indent_is_left_alone():
    assert "\n    - not a list\n" in chapter("### Part\n\ntext\n\n    - not a list\n\ntext")


def test_a_drawing_that_cannot_be_drawn_stays_text_and_is_told():
    wide = "┌" + "─" * 300 + "┐"

    made = convert_text(f"## 1. Alpha\n\n```\n{wide}\n```\n")

    assert f"```text\n{wide}\n```" in made.files["chapters/ja/01-alpha.md"]
    assert made.report.made["drawing left as text"] == 1
    assert "3: this drawing stays plain text" in notes(made)


def test_several_pictures_in_one_fence_remain_one_drawing():
    box = "┌───┐\n│ a │\n└───┘"

    assert chapter(f"```\n{box}\n\n{box}\n```").count("```diagram") == 1


@pytest.mark.parametrize(
    ("info", "label"),
    [
        ("python:app.py", 'python {title="app.py"}'),
        ('js title="a b"', 'js {title="a b"}'),
        ("{.yaml}", "yaml"),
        ('bash {hl_lines="1"}', 'bash {hl_lines="1"}'),
        ("Bash", "bash"),
        ("nonsuch", "text"),
        ("json no title", "json"),
    ],
)
def test_the_words_after_a_fence_become_a_label_the_renderer_reads(info, label):
    body = chapter(f"```{info}\n1\n```")

    assert f"```{label}\n1\n```" in body
    assert render(body, language="ja").problems == ()


def test_notes_and_addresses_follow_the_chapters_that_use_them():
    made = convert_text(
        "## 1. Alpha\n\nSee [docs][d] and[^n].\n\n"
        "## 2. Beta\n\n[d]: https://example.org/\n[^n]: Note.\n"
    )

    assert "[d]: https://example.org/" in made.files["chapters/ja/01-alpha.md"]
    assert "[^n]: Note." in made.files["chapters/ja/01-alpha.md"]
    assert "[d]:" not in made.files["chapters/ja/02-beta.md"]
    assert made.report.balance.is_even


def test_images_beside_the_guide_are_named_for_the_course():
    made = convert_text("## 1. Alpha\n\n![港](pics/港 1.png) ![map](pics/a%20b.png)\n![](x.png)\n")

    assert "![map](images/a-b.png)\n![x](images/x.png)" in made.files["chapters/ja/01-alpha.md"]
    assert [one.source for one in made.pictures] == ["pics/a b.png", "x.png"]


def test_html_is_taken_out_and_told():
    made = convert_text("## 1. Alpha\n\n<b>bold</b> `<b>` line<br>break\n")

    assert "bold `<b>` line<br>break" in made.files["chapters/ja/01-alpha.md"]
    assert "3: the HTML tag <b> is taken out" in notes(made)
    assert made.report.balance.is_even


def test_yaml_front_matter_names_and_dates_the_course():
    made = convert_text('---\ntitle: "港"\nupdated: 2026-05-05\n---\n\n## 1. Alpha\n\ntext\n')

    course = tomllib.loads(made.files["course.toml"])

    assert (course["title"], course["checked"]) == ({"ja": "港"}, date(2026, 5, 5))
    assert made.report.balance.is_even


@pytest.mark.parametrize(
    ("line", "checked", "expected"),
    [
        ("**最終更新**: 2026年3月9日", None, date(2026, 3, 9)),
        ("Last updated: 2026/03/09", None, date(2026, 3, 9)),
        ("最終更新: 2026-13-40", None, TODAY),
        ("作成日: 2026-03-09", None, TODAY),
        ("最終更新: 2026-03-09", date(2026, 1, 1), date(2026, 1, 1)),
    ],
)
def test_a_course_is_dated_by_the_caller_the_guide_or_today(line, checked, expected):
    made = convert_text(f"## 1. Alpha\n\ntext\n\n---\n\n{line}\n", checked=checked)

    assert tomllib.loads(made.files["course.toml"])["checked"] == expected


def test_odd_characters_in_titles_make_sound_toml():
    made = convert_text('# A "quoted" \\ title\x7f\n\n## 1. "B" \\ c\n\ntext\n')

    course = tomllib.loads(made.files["course.toml"])

    assert course["title"]["ja"] == 'A "quoted" \\ title\x7f'
    assert made.report.balance.is_even


def test_a_lost_word_and_an_invented_one_upset_the_balance():
    changes = [Change(1, "heading", "1.", "")]

    found = balance("1. one two", ["one three"], changes)

    assert (found.missing, found.surplus) == (("two",), ("three",))


def test_a_report_names_what_is_not_accounted_for(harbour, monkeypatch):
    monkeypatch.setattr(
        "content.catalog.guide.build.chapter", lambda *_: "+++\ntitle = 'gone'\n+++\n"
    )

    report = convert_text("## 1. Alpha\n\nvanished words\n").report

    assert not report.balance.is_even
    assert any(
        "NOT ACCOUNTED FOR, missing" in line and "vanished" in line for line in report.lines()
    )


_LINES = st.sampled_from(
    [
        *("## 1. A", "## 付録A: b", "### 1.1 c", "#### d", "- e", "  - f", "1. g", "> **h**: i"),
        *("> # j", "| k | l |", "|---|---|", "", "---", "<details>", "<summary>m</summary>"),
        *("</details>", "```", "```json", "~~~", "┌─┐", "│ n │", "└─┘", "【o】", "<!--", "-->"),
        *("[p](#1-a)", "[q](r)", "![s](t.png)", "[^u]", "[^u]: v", "<b>w</b>", "`x`", "plain 文"),
        *("    code", "**最終更新**: 2026-01-01", "y [z](#1-start)文"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_LINES, max_size=25))
def test_whatever_the_guide_no_word_is_lost(lines):
    text = "\n".join(["## 1. Start", *lines])

    try:
        made = convert_text(text)
    except GuideError:
        return

    assert made.report.balance.is_even, made.report.balance


def test_a_guide_as_large_as_allowed_is_read_in_linear_time():
    part = "### Same\n\n段落 [link](#same) `code`\n\n```bash\nls\n```\n\n"
    text = "## 1. Alpha\n\n" + part * 2_000

    made = convert_text(text)

    assert made.report.made["section"] == 2_000
    assert made.report.balance.is_even


def test_hostile_lines_do_not_hold_the_import_up():
    text = "\n\n".join(
        ["## 1. A", "[" * 50_000 + "](#x)" * 5_000, "x" + "`" * 50_000, "<" * 50_000]
    )

    assert convert_text(text + "\n    ```` x\n    ```" * 3_000).report.balance.is_even
