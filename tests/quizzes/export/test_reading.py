"""Markdown becomes blocks that say what the page says."""

from __future__ import annotations

import pytest

from content import library, rendering
from content.rendering.plain import words_of as words_of_html
from quizzes.export.model import (
    Break,
    Bullets,
    Code,
    Diagram,
    Image,
    Link,
    Listing,
    Paragraph,
    Quote,
    Styled,
    Table,
    Text,
)
from quizzes.export.plain import words_of_blocks
from quizzes.export.reading import read, read_all
from tests.quizzes.export.bank import COURSE, DRAWING, LANGUAGES, NASTY, bank


def test_words_code_emphasis_and_links_are_told_apart():
    (block,) = read("Run `a & b`, **not** *c*: [docs](https://x.example/?a=1&b=2).", "en").blocks

    assert block == Paragraph(
        (
            Text("Run "),
            Code("a & b"),
            Text(", "),
            Styled("strong", (Text("not"),)),
            Text(" "),
            Styled("em", (Text("c"),)),
            Text(": "),
            Link("https://x.example/?a=1&b=2", (Text("docs"),)),
            Text("."),
        )
    )


def test_japanese_lines_are_joined_without_a_blank_and_latin_ones_with_one():
    (block,) = read("一行目\n二行目 one\ntwo **三**\n四", "ja").blocks

    assert block == Paragraph(
        (Text("一行目二行目 one two "), Styled("strong", (Text("三"),)), Text("四"))
    )


def test_a_break_in_a_line_stays_one():
    (block,) = read("a<br>b", "en").blocks

    assert block == Paragraph((Text("a"), Break(), Text("b")))


def test_lists_quotes_and_tables_keep_their_form():
    blocks = read("3. one\n4. two\n\n> said\n\n| a | b |\n|---|---|\n| `1` | 2 |", "en").blocks

    assert blocks == (
        Bullets(((Paragraph((Text("one"),)),), (Paragraph((Text("two"),)),)), start=3),
        Quote((Paragraph((Text("said"),)),)),
        Table((((Text("a"),), (Text("b"),)), ((Code("1"),), (Text("2"),)))),
    )


def test_a_list_holds_code_between_its_words():
    (block,) = read("- one\n\n    ```bash\n    ls  -l\n    ```\n\n- two", "en").blocks

    assert block == Bullets(
        (
            (Paragraph((Text("one"),)), Listing("ls  -l", "bash")),
            (Paragraph((Text("two"),)),),
        )
    )


def test_code_is_kept_to_the_letter():
    (block,) = read('```bash {title="a.sh"}\n// x\n\n  $A  # <b> &amp;\n```', "en").blocks

    assert block == Listing("// x\n\n  $A  # <b> &amp;", "bash", "a.sh")


def test_a_diagram_is_text_and_picture():
    _, block = read(NASTY["diagram"], "ja").blocks

    assert isinstance(block, Diagram)
    assert (block.text, block.title, block.description) == (DRAWING, "図 1", "ECR → 図")
    assert (block.svg or "").startswith("<svg ")


def test_a_diagram_that_cannot_be_drawn_is_text():
    (block,) = read(NASTY["broken-diagram"], "en").blocks

    assert isinstance(block, Diagram)
    assert (block.text, block.svg) == ("no box at all", None)


def test_an_image_keeps_its_words():
    (block,) = read("![a chart](images/chart.png)", "en").blocks

    assert block == Image("../media/chart.png", "a chart")


def test_texts_that_break_the_division_are_read_one_by_one():
    read_texts = read_all({"a": "## Heading {#x}\n\nunder it", "b": "", "c": "plain"}, "en")

    assert not read_texts["b"]
    assert "under it" in words_of_blocks(read_texts["a"].blocks)
    assert words_of_blocks(read_texts["c"].blocks) == "plain"


def test_characters_no_file_may_hold_are_left_out():
    text = read(NASTY["controls"], "en")

    assert text.markdown == "abcd\u0085ef\u2028g"


@pytest.mark.parametrize("language", LANGUAGES)
def test_blocks_say_what_the_page_says(language):
    course = library.course(COURSE)

    for one in bank(language).items:
        page = course.questions[one.id].prompts[language]
        assert squeezed(words_of_blocks(one.prompt.blocks)) == squeezed(words_of_html(page)), one.id


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("•", "")


def test_a_page_of_the_site_is_rendered_as_before():
    assert "<strong>a</strong>" in rendering.render("**a**", language="en").intro
