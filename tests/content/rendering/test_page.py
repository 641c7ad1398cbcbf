"""Chapters become pages of sections, with words for search and lines for what is wrong."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.rendering.page import Page, render

CHAPTER = """\
導入の**文**です。
続きます。[^1]

## ECR & `push` {#push}

本文は**太字**です。

### 手順 {#steps}

- [ ] 作業 *一*
- [x] 済み

## 終わり {#end}

| 役割 | 用途 |
|:-----|-----:|
| 甲<br>乙 | `x` |

[^1]: 脚注の*文*。
"""


def everything(page: Page) -> str:
    return page.intro + "".join(section.html for section in page.sections)


def test_a_chapter_is_divided_by_its_second_level_headings():
    page = render(CHAPTER, language="ja")

    assert [(section.id, section.title) for section in page.sections] == [
        ("push", "ECR & push"),
        ("end", "終わり"),
    ]
    assert [(heading.id, heading.title) for heading in page.sections[0].headings] == [
        ("steps", "手順")
    ]
    assert page.problems == ()


def test_a_heading_carries_its_id_and_a_named_link_to_itself():
    html = render(CHAPTER, language="ja").sections[0].html

    assert html.startswith('<h2 id="push">ECR &amp; <code>push</code> <a aria-label="')
    assert "この見出しへのリンク：ECR &amp; push" in html
    assert 'class="anchor" href="#push">#</a></h2>' in html


def test_words_for_search_hold_no_markup_and_no_invented_spaces():
    page = render(CHAPTER, language="ja")

    assert page.intro_text == "導入の文です。続きます。"
    assert page.sections[0].text == "ECR & push\n本文は太字です。\n手順\n作業 一\n済み"
    assert "甲\n乙 x" in page.sections[1].text


def test_a_line_break_between_japanese_characters_makes_no_space():
    page = render("一行目\n二行目 **太**\n字 and\nEnglish", language="ja")

    assert page.intro == "<p>一行目二行目 <strong>太</strong>字 and\nEnglish</p>"


def test_footnotes_stand_at_the_end_and_lead_back():
    page = render(CHAPTER, language="ja")

    assert 'href="#fn:1"' in page.intro
    assert '<li id="fn:1">' in page.sections[-1].html
    assert 'aria-label="脚注 1 の参照元へ戻る"' in page.sections[-1].html
    assert page.sections[-1].text.endswith("脚注の文。")


def test_footnotes_stand_in_the_intro_of_a_chapter_without_sections():
    page = render("Text[^a].\n\n[^a]: Note.", language="en")

    assert 'id="fn:a"' in page.intro
    assert page.sections == ()


def test_footnotes_that_lead_nowhere_are_reported():
    page = render("Text[^a].\n\n[^b]: Note.", language="en")

    assert [(problem.line, problem.what) for problem in page.problems] == [
        (1, "the footnote [^a] has no text"),
        (3, "no text mentions the footnote [^b]"),
    ]


def test_tables_scroll_in_a_named_region_and_say_what_heads_a_column():
    html = render(CHAPTER, language="ja").sections[1].html

    assert 'aria-label="表 1：役割, 用途" class="table-scroll" role="region" tabindex="0"' in html
    assert '<th class="align-right" scope="col">用途</th>' in html
    assert "<td>甲<br>" in html


def test_the_box_of_a_task_is_labelled_by_its_words():
    html = render(CHAPTER, language="ja").sections[0].html

    assert (
        '<li class="task-list-item"><label><input type="checkbox" disabled="">'
        " 作業 <em>一</em></label></li>" in html
    )
    assert '<input type="checkbox" disabled="" checked=""> 済み</label>' in html


def test_a_task_with_further_paragraphs_labels_only_the_first():
    page = render("- [ ] one\n\n    more\n\n- [x] two\n", language="en")

    assert "<p><label><input" in page.intro
    assert "<p>more</p>" in page.intro


def test_a_task_with_tasks_below_it_labels_only_its_own_words():
    page = render("- [ ] one\n    - [x] two\n", language="en")

    assert '<label><input type="checkbox" disabled=""> one</label><ul' in page.intro
    assert page.intro.count("<label>") == 2


def test_definition_lists_are_kept():
    page = render("Term\n:   Meaning\n", language="en")

    assert "<dt>Term</dt>\n<dd>Meaning</dd>" in page.intro


def test_prose_is_counted_without_space_code_and_drawings():
    page = render("あい う\n\n```bash\necho long\n```\n\n## え {#e}\n", language="ja")

    assert page.characters == 4


def test_html_is_not_escaped_again_and_pages_can_be_cached():
    page = render("*a*", language="en")

    assert page.intro.__html__() == "<p><em>a</em></p>"
    assert pickle.loads(pickle.dumps(page)) == page  # noqa: S301 our own bytes


@pytest.mark.parametrize("source", ["", "\n", "   \n\t\n", "\ufeff", "\ud800", "\x00\x02\x03"])
def test_next_to_nothing_is_still_a_page(source):
    page = render(source, language="en")

    assert page.sections == ()
    assert page.problems == ()


def test_windows_line_ends_keep_the_line_numbers():
    page = render("a\r\n\r\n## B\r\n\r\n## C\r\n", language="en")

    assert [problem.line for problem in page.problems] == [3, 5]


@pytest.mark.parametrize("source", ["word " * 1_000_000, "a\n" * 10_001])
def test_a_chapter_that_is_too_long_is_refused_and_says_so(source):
    page = render(source, language="ja")

    assert "長すぎる" in page.intro
    assert len(page.problems) == 1
    assert page.problems[0].mend == "split it into several chapters"


@pytest.mark.parametrize(
    "source",
    [
        "[" * 9_000,
        "[a](" * 4_000,
        "> " * 3_000,
        ">" * 9_000,
        "\n".join("    " * depth + "- a" for depth in range(60)),
        "# a\n" * 300,
        "- a\n" * 2_000,
        "\\`" * 12_000,
        "## a" + " " * 100_000 + "b",
        "``` a" + " " * 100_000 + "{\n" + " " * 40_000 + "x\n```",
    ],
    ids=[
        "brackets",
        "links",
        "quotes",
        "arrows",
        "lists",
        "headings",
        "lines",
        "ticks",
        "title",
        "info",
    ],
)
def test_what_would_take_too_long_is_shown_as_plain_text(source):
    page = render(source, language="en")

    assert page.problems
    assert all(problem.line >= 1 for problem in page.problems)


def test_what_python_markdown_cannot_take_is_shown_as_it_was_written(monkeypatch):
    def overflow(*_):
        raise RecursionError

    monkeypatch.setattr("content.rendering.tree.to_html", overflow)

    page = render("<b> text", language="en")

    assert any("nested too deeply" in problem.what for problem in page.problems)
    assert "<pre>&lt;b&gt; text</pre>" in page.intro


PIECES = st.sampled_from(
    [
        *("# ", "## ", "### ", "{#a}", "{# }", "`", "``", "```", "~~~", "```bash", "```diagram"),
        *("> ", "- ", "1. ", "*", "**", "_", "[", "]", "(", ")", "!", "|", "---", ":   ", "!!! "),
        *("<details>", "</details>", "<summary>", "</summary>", "<!--", "-->", "<br>", "<kbd>"),
        *("<script>", "<a ", '"', "<", ">", "[^1]", "[^1]: ", "&amp;", "&#60;", "\\"),
        *("[x](#a)", "![x](images/a.png)", "| a | b |\n|---|---|\n", '!!! note "x"', "- [ ] "),
        *("あ", "word", " ", "    ", "\t", "\n", "\n\n", "\x00", "┌─┐", "│", "└─┘"),
    ]
)


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_no_text_stops_the_renderer(source):
    page = render(source, language="ja")

    assert not [problem for problem in page.problems if "laid out" in problem.what]


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=200, deadline=None)
def test_no_markdown_stops_the_renderer(source):
    page = render(source, language="en")

    assert not [problem for problem in page.problems if "laid out" in problem.what]
    assert all(1 <= problem.line <= source.count("\n") + 1 for problem in page.problems)
    assert "<script" not in everything(page)


def test_the_empty_corner_of_a_table_heads_no_column():
    page = render("| | Fargate |\n|---|---|\n| hosts | AWS |", language="en")

    assert "<th" in page.intro
    assert page.intro.count("<th ") == 1
