"""Whatever a file says: words come out as they went in, and nothing but a reason is raised."""

from __future__ import annotations

import contextlib
import html
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizzes.export.plain import words_of_blocks
from quizzes.export.reading import read as read_markdown
from quizzes.importing import formats, markdown_of
from quizzes.importing.html_tree import tree
from quizzes.importing.model import Reading, Unreadable
from quizzes.importing.question_file import written
from tests.quizzes.importing.samples import moodle_of, moodle_question

SIGNS = st.text("ab1 _*`[]()<>#&;:!|~-+.\\/{}=^$\"'@?\n日本。", max_size=30)

TAGS = """<p> </p> <ul> </ul> <li> <pre> </pre> <table> <tr> <td> <b> </b> <ol&start='x'> x
<blockquote> <br> <img&src=a> <code> </code> ``` | # -""".replace("\n", " ").split(" ")


def words(markdown: str) -> str:
    return " ".join(words_of_blocks(read_markdown(markdown, "en").blocks).split())


@given(SIGNS)
@settings(max_examples=400, deadline=None)
@example("1. one")
@example("- a")
@example("a | b\n|---|---|\n")
@example("&amp; <b> <region> </p> <!-- x -->")
@example("> [!NOTE]")
@example("!!! note")
@example("~~~\nx")
@example("[^1]: x")
@example("[a]: http://x")
@example("*[A]: b")
@example("<details>")
def test_plain_words_stay_what_they_are(text):
    root, _ = tree(f"<p>{html.escape(text)}</p>")

    assert words(markdown_of.blocks(root)) == " ".join(text.split())
    assert words(markdown_of.line(root)) == " ".join(text.split())


@given(st.sampled_from(["json", "csv", "xml", "gift", "zip"]), st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_text_breaks_a_reader(ending, text):
    with contextlib.suppress(Unreadable):
        reading = formats.read(f"a.{ending}", text.encode("utf-8", "replace"), "en")[1]
        assert isinstance(reading, Reading)


@given(st.lists(st.sampled_from(["{", "}", "=", "~", "#", "::", "->", "\\", "%5%", "a", "\n"])))
@settings(max_examples=400, deadline=None)
def test_no_order_of_signs_breaks_the_reader_of_gift(signs):
    with contextlib.suppress(Unreadable):
        formats.read("a.gift", ("".join(signs) + "{").encode(), "en")


@given(st.lists(st.sampled_from(TAGS), max_size=40))
@example(["<ol start='x'>", "<blockquote>", "<p>", "<pre>"])
@settings(max_examples=300, deadline=None)
def test_no_html_loses_or_doubles_a_word(pieces):
    text = "".join(f"{one.replace('&', ' ')} w{n} " for n, one in enumerate(pieces))

    _, reading = formats.read("a.xml", moodle_of(moodle_question(text=f"What {text}")), "en")

    prompt = reading.questions[0].prompt["en"]
    assert sorted(re.findall(r"w\d+", prompt)) == sorted(re.findall(r"w\d+", text))
    assert sorted(re.findall(r"w\d+", words(prompt))) == sorted(re.findall(r"w\d+", text))
    assert written(reading.questions, ("en",), is_chapter=True)


@pytest.mark.parametrize("tag", ["<b>", "<ul><li>", "<blockquote>", "<div>"])
def test_html_without_a_bottom_keeps_its_words(tag):
    question = moodle_question(text=f"{tag * 5000}deep")

    _, reading = formats.read("a.xml", moodle_of(question), "en")

    assert "deep" in reading.questions[0].prompt["en"]
