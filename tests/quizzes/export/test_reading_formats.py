"""Markdown and the page to print: everything one reads, with the answers where they were asked."""

from __future__ import annotations

import re

import pytest
from markdown import Markdown

from quizzes.export import markdown_text, page
from quizzes.export.asked import asked, solution
from quizzes.export.words import words
from tests.quizzes.export import truth
from tests.quizzes.export.bank import LANGUAGES, bank, bundle, nasty_items


@pytest.mark.parametrize("language", LANGUAGES)
def test_markdown_says_every_prompt_choice_and_answer(language):
    said = words(language)

    parts = re.split(r"^## .+$", markdown_text.write(bank(language)).decode(), flags=re.MULTILINE)

    for part, item in zip(parts[1:], bank(language).items, strict=True):
        found = truth.words_in(Markdown(extensions=["fenced_code"]).convert(part))
        assert truth.prompt(item.id, language) in found.replace("•", "")
        assert all(one in found for one in truth.choices(item.id, language))
        assert truth.squeezed(said.joined.format(said.answer, solution(item))) in found


def test_the_answer_by_labels_is_the_answer():
    for item in bank("en").items:
        labels = dict(asked(item))
        if item.kind in ("single", "multiple"):
            picked = [item.choices.index(labels[one]) for one in solution(item).split(", ")]
            assert picked == truth.right(item.id)
        elif item.kind == "ordering":
            steps = [labels[one] for one in solution(item).split(" → ")]
            assert steps == list(item.choices)
            assert [choice for _, choice in asked(item)] != steps
        elif item.kind == "short":
            assert solution(item) == " / ".join(truth.forms(item.id))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_every_prompt_and_marks_what_is_right(language):
    html = page.write(bank(language)).decode()

    sections = html.split('<section class="question">')[1:]
    for section, item in zip(sections, bank(language).items, strict=True):
        found = truth.words_in(section)
        assert truth.prompt(item.id, language) in found
        assert all(one in found for one in truth.choices(item.id, language))
        solved = section.split('<ul class="choices solved">')[1].split("<li class=")[1:]
        marks = [n for n, one in enumerate(solved) if one.startswith('"right"')]
        assert marks == truth.right(item.id)


@pytest.mark.parametrize("write", [markdown_text.write, page.write])
def test_answers_stand_inline_apart_or_nowhere(write):
    inline = write(bank("en", "inline")).decode()
    apart = write(bank("en", "apart")).decode()
    none = write(bank("en", "none")).decode()
    reason = "Lambda runs Linux images only"
    last = "".join(bank("en").items[-1].prompt.markdown.split("\n")[0][:40])

    assert inline.index(reason) < inline.index(last)
    assert apart.index(reason) > apart.index(last)
    assert reason not in none
    assert last in none


def test_the_page_runs_and_loads_nothing():
    html = page.write(bundle(nasty_items())).decode()

    assert "<script" not in html
    assert "<b>bold</b>" not in html
    assert not re.search(r'(?:src|href)="(?!https?://)', html)
    assert "url(" not in html


def test_a_page_draws_its_diagrams():
    (one,) = [item for item in nasty_items() if item.id == "diagram-single"]

    assert "<svg " in page.write(bundle([one])).decode()


@pytest.mark.parametrize("write", [markdown_text.write, page.write])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_questions_say_so(write, language):
    text = write(bundle([], language=language)).decode()

    assert words(language).nothing in text


@pytest.mark.parametrize("text", ["a`b", "`", "``x``", "plain"])
def test_code_in_markdown_holds_any_backticks(text):
    html = Markdown().convert(markdown_text.code(text))

    assert html == f"<p><code>{text}</code></p>"
