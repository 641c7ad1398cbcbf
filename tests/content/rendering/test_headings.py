"""Headings carry ids that are valid, unique and free."""

from __future__ import annotations

import pytest

from content.rendering.page import render


@pytest.mark.parametrize(
    ("heading", "what"),
    [
        ("## Title", "this heading has no id"),
        ("### Title", "this heading has no id"),
        ("## Title {#Upper}", "the heading id Upper is not valid"),
        ("## Title {#1st}", "the heading id 1st is not valid"),
        ("## Title {onclick=alert(1)}", "the heading id onclick=alert(1) is not valid"),
        ("## Title {#used}", "the id used is used twice in this chapter"),
        ("## Title {#main}", "the page itself uses the id main"),
        ("## Title {#mark-used}", "the page itself uses the id mark-used"),
        ("## Title {#d1}", "the page itself uses the id d1"),
        ("# Title {#one}", "a # heading stands in the text"),
        ("## {#empty}", "this heading has no words"),
        (
            "> ## Title {#boxed}",
            "this heading stands inside a list, a quotation, a callout or an answer",
        ),
    ],
)
def test_a_faulty_heading_is_reported_with_its_line(heading, what):
    page = render(f"## First {{#used}}\n\ntext\n\n{heading}\n", language="en")

    assert [(problem.line, problem.what) for problem in page.problems] == [(5, what)]


def test_a_heading_without_a_valid_id_gets_one_of_its_own():
    page = render("## A\n\n## B {#b}\n\n## C {#b}\n", language="en")

    ids = [section.id for section in page.sections]

    assert ids == ["section-1", "b", "section-3"]


def test_a_heading_follows_text_without_a_blank_line():
    page = render("text\n## A {#a}\nmore\n", language="en")

    assert page.intro == "<p>text</p>"
    assert page.sections[0].html.endswith("</h2>\n<p>more</p>")


def test_a_fourth_level_heading_needs_no_id():
    page = render("#### Small\n", language="en")

    assert page.intro == "<h4>Small</h4>"
    assert page.problems == ()


def test_closing_number_signs_go_and_c_sharp_stays():
    page = render("## C# ## {#c}\n", language="en")

    assert page.sections[0].title == "C#"


@pytest.mark.parametrize("source", ["```text\n## A\n```", "<!--\n## A\n-->", "#1 in the list"])
def test_what_only_looks_like_a_heading_is_none(source):
    page = render(source, language="en")

    assert page.sections == ()
    assert page.problems == ()


def test_indented_code_keeps_its_headings_as_they_were_written():
    page = render("text\n\n    ## A {#a}\n    b\n", language="en")

    assert "A {#a}" in page.intro
    assert page.sections == ()


def test_a_heading_that_begins_a_list_item_is_a_paragraph():
    page = render("- ## A\n", language="en")

    assert "<h2" not in page.intro
    assert "A" in page.intro_text
