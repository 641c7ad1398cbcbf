"""Callouts and answers, the two kinds of box an author writes."""

from __future__ import annotations

import pytest

from content.rendering.page import render


@pytest.mark.parametrize(
    ("language", "kind", "title"),
    [
        ("ja", "note", "補足"),
        ("ja", "tip", "ヒント"),
        ("ja", "exam", "試験の落とし穴"),
        ("ja", "cost", "費用"),
        ("ja", "danger", "注意"),
        ("en", "exam", "Exam trap"),
        ("en", "danger", "Danger"),
    ],
)
def test_a_callout_is_titled_in_the_language_of_the_page(language, kind, title):
    page = render(f"!!! {kind}\n    Body\n", language=language)

    assert page.intro == (
        f'<aside aria-label="{title}" class="callout callout-{kind}" role="note">\n'
        f'<p class="callout-title">{title}</p>\n<p>Body</p>\n</aside>'
    )
    assert page.problems == ()


def test_a_callout_with_its_own_title_still_says_its_kind():
    page = render('!!! exam "Say *why*"\n    Body\n', language="en")

    assert (
        '<p class="callout-title"><span class="callout-kind">Exam trap: </span>'
        "Say <em>why</em></p>" in page.intro
    )
    assert page.intro_text == "Exam trap: Say why\nBody"


@pytest.mark.parametrize("written", ["!!! warning", '!!! "Title"', "!!!", "!!! note inline"])
def test_an_unknown_callout_is_reported_and_shown_as_a_note(written):
    page = render(f"a\n\n{written}\n    Body\n", language="en")

    assert "callout-note" in page.intro
    assert [problem.line for problem in page.problems] == [3]
    assert "no known kind" in page.problems[0].what


def test_a_callout_without_indented_text_is_reported():
    page = render("!!! tip\nBody\n", language="en")

    assert [(problem.line, problem.what) for problem in page.problems] == [
        (1, "this callout is empty")
    ]


def test_an_answer_holds_markdown_and_an_inline_summary():
    page = render(
        "<details>\n<summary>See **it**</summary>\n\n| a |\n|---|\n| 1 |\n\n"
        "```text\nx\n```\n- one\n</details>\nafter\n",
        language="en",
    )

    assert page.intro.startswith("<details><summary>See <strong>it</strong></summary><div ")
    assert '<figure class="code"' in page.intro
    assert page.intro.endswith("</ul>\n</details><p>after</p>")
    assert page.problems == ()


@pytest.mark.parametrize(
    "source",
    [
        "<details open><summary>S</summary>Text</details>",
        "<DETAILS OPEN>\n<SUMMARY>S</SUMMARY>\n\nText\n\n</DETAILS>",
        '<details open="">\n<summary>\nS\n</summary>\nText\n</details>',
    ],
)
def test_an_answer_may_be_open_and_written_in_several_ways(source):
    page = render(source, language="en")

    assert page.intro.startswith('<details open=""><summary>S</summary><p>Text</p>')
    assert page.problems == ()


def test_answers_stand_in_lists_and_in_each_other():
    page = render(
        "- a\n\n    <details>\n    <summary>S</summary>\n\n    <details>\n"
        "    <summary>T</summary>\n    in\n    </details>\n    </details>\n",
        language="en",
    )

    assert "<summary>S</summary><details><summary>T</summary><p>in</p>" in page.intro
    assert page.problems == ()


@pytest.mark.parametrize(
    ("source", "line", "what"),
    [
        ("a\n\n<details>\n<summary>S</summary>\nb", 3, "this <details> is never closed"),
        ("a\n\n</details>", 3, "this </details> closes nothing"),
        ("a\n\n<details>\nb\n</details>", 3, "this <details> has no <summary>"),
        ("a\n\n<summary>S</summary>", 3, "this <summary> stands outside <details>"),
        (
            "<details ontoggle=alert(1)>\n<summary>S</summary>\n</details>",
            1,
            "the attributes in <details ontoggle=alert(1)> are taken out",
        ),
    ],
)
def test_a_faulty_answer_is_reported_with_its_line(source, line, what):
    page = render(source, language="en")

    assert [(problem.line, problem.what) for problem in page.problems] == [(line, what)]


def test_the_answers_of_code_spans_are_text():
    page = render("Write `<details>` and ``</summary> ` ``.", language="en")

    assert "<code>&lt;details&gt;</code>" in page.intro
    assert page.problems == ()


def test_answers_are_nested_only_so_deep():
    page = render("<details>\n<summary>S</summary>\n" * 7 + "</details>\n" * 7, language="en")

    assert page.intro.count("<details>") == 6
    assert "answers are nested too deeply here" in [problem.what for problem in page.problems]


def test_a_callout_that_slipped_by_a_space_is_a_callout():
    page = render('  !!! tip "Try it"\n    Now.\n', language="en")

    assert page.problems == ()
    assert 'class="callout callout-tip"' in page.intro
