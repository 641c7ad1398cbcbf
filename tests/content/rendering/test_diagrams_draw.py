"""What a clean drawing looks like as SVG, as a list and as a figure."""

from __future__ import annotations

import re

import pytest

from content.rendering.diagrams import DrawingError, draw, figure, heal, looks_like_drawing
from tests.content.rendering import torn_drawings as drawings

BOX = "┌──────────┐\n│  日本 a  │\n└──────────┘"
NESTED = (
    "┌─────────────────────────┐\n"
    "│  Cluster                │\n"
    "│  ┌────────┐  ┌───────┐  │\n"
    "│  │  web   │─▶│  db   │  │\n"
    "│  └────────┘  └───────┘  │\n"
    "└─────────────────────────┘"
)


def wide_box(columns: int) -> str:
    return f"┌{'─' * (columns - 2)}┐\n│{' ' * (columns - 2)}│\n└{'─' * (columns - 2)}┘"


def svg_of(text: str, **names: str) -> str:
    return draw(text, **{"uid": "d", "title": "T", **names}).svg


def test_a_box_is_a_rounded_rectangle_around_its_words():
    svg = svg_of(BOX)

    assert 'viewBox="0 0 108 60" width="108" height="60"' in svg
    assert '<rect class="dg-box dg-depth-0" x="10" y="13" width="88" height="34" rx="6"/>' in svg
    assert "<path" not in svg


def test_every_character_stands_in_its_column_and_japanese_takes_two():
    (xs,) = re.findall(r'<text x="([^"]+)" y="34.8">', svg_of(BOX))

    assert xs == "30.8 46.8 62 70"


def test_boxes_in_boxes_know_their_depth():
    svg = svg_of(NESTED)

    assert svg.count("dg-depth-0") == 1
    assert svg.count("dg-depth-1") == 2


def test_an_arrow_ends_at_the_border_it_points_at():
    svg = svg_of(NESTED)

    assert re.findall(r'<path class="dg-arrow" d="M(\d+) ', svg) == ["129"]
    assert 'x="130"' in svg


def test_a_heading_is_marked_as_one():
    assert re.search(r'class="dg-heading">Cluster</text>', svg_of(NESTED))


def test_lines_that_divide_a_box_differ_from_lines_that_connect():
    table = "┌────┬────┐\n│ a  │ b  │\n├────┼────┤\n│ c  │ d  │\n└────┴────┘"

    svg = svg_of(table)

    assert '<path class="dg-rule" d="M10 47H90M50 13V81"/>' in svg
    assert "dg-line" not in svg


def test_a_line_from_box_to_box_connects_and_does_not_divide():
    below = "┌─────┐\n│  a  │\n└──┬──┘\n   │\n┌──┴──┐\n│  b  │\n└─────┘"
    out = "┌───────────┐\n│ ┌───┐     │\n│ │ a ├─────┤\n│ └───┘     │\n└───────────┘"
    beside = "┌─────┐   ┌─────┐\n│  a  ├───┤  b  │\n└─────┘   └─────┘"

    assert 'class="dg-line" d="M34 47V75"' in svg_of(below)
    assert 'class="dg-line" d="M58 30H90"' in svg_of(beside)
    assert "dg-rule" not in svg_of(below) + svg_of(beside) + svg_of(out)


def test_a_title_in_the_border_is_not_struck_through():
    svg = svg_of("┌── 題 ──┐\n│  body  │\n└────────┘")

    assert '<rect class="dg-gap dg-depth-0"' in svg
    assert svg.index("dg-gap") < svg.index("題")


def test_a_bend_is_round_and_a_tree_is_drawn():
    svg = svg_of(drawings.TREE)

    assert svg.count("Q") == 3
    assert "dg-box" not in svg


def test_emoji_and_letters_with_accents_stand_alone_in_the_middle_of_their_cells():
    svg = svg_of("┌─────────┐\n│  ✅ e\u0301  │\n└─────────┘")

    assert 'x="38" y="34.8" class="dg-emoji">✅</text>' in svg
    assert 'class="dg-emoji">e\u0301</text>' in svg


@pytest.mark.parametrize("cluster", ["🇯🇵", "👩\u200d💻", "✅"])
def test_an_emoji_of_several_characters_takes_two_columns(cluster):
    assert draw(f"┌────┐\n│ {cluster} │\n└────┘", uid="d", title="").columns == 6


def test_a_tab_goes_to_the_next_fourth_column():
    assert svg_of("┌──────┐\n│日\tab│\n└──────┘".replace("│日\t", "│ \t")) == svg_of(
        "┌──────┐\n│   ab│\n└──────┘"
    )


def test_arrows_of_text_are_arrow_heads_where_a_line_meets_them():
    svg = svg_of("a ←── b ──→ c, d → e")

    assert svg.count("Z") == 2
    assert svg.count("→") == 1
    assert "←" not in svg


def test_the_first_line_of_a_box_with_a_list_is_its_heading():
    listed = "┌───────────┐\n│ Has       │\n│ - one     │\n│ ・二      │\n└───────────┘"
    tree = "┌───────────┐\n│  Has      │\n│  ├─ one   │\n│  └─ two   │\n└───────────┘"

    assert 'class="dg-heading">Has<' in svg_of(listed)
    assert 'class="dg-heading">Has<' in svg_of(tree)
    assert draw(tree, uid="d", title="").outline == (
        "<ul><li>Has<ul><li>one</li><li>two</li></ul></li></ul>"
    )


def test_a_character_that_japanese_fonts_make_broad_is_squeezed_into_one_column():
    assert 'textLength="8" lengthAdjust="spacingAndGlyphs">→</text>' in svg_of(
        "┌──────────┐\n│  a → b   │\n└──────────┘"
    )


def test_the_picture_is_named_by_its_title_and_described():
    svg = svg_of(BOX, title="A <b> & \x00 c", description="Says\n“what”.")

    assert 'role="img" aria-labelledby="d-title d-desc"' in svg
    assert '<title id="d-title">A &lt;b&gt; &amp; c</title>' in svg
    assert '<desc id="d-desc">Says “what”.</desc>' in svg


@pytest.mark.parametrize(("language", "name"), [("ja", "図"), ("en", "Diagram")])
def test_a_picture_without_a_title_still_has_a_name(language, name):
    assert f">{name}</title>" in svg_of(BOX, title="", language=language)


def test_a_first_line_in_lenticular_brackets_is_the_caption_and_not_drawn():
    svg = svg_of(f"【構成】\n\n{BOX}", title="")

    assert ">構成</title>" in svg
    assert "【" not in svg
    assert svg_of(f"【構成】\n\n{BOX}") == svg_of(BOX)


def test_markup_in_words_is_only_words():
    svg = svg_of('┌────────────────────┐\n│ <img> &amp; "x"    │\n└────────────────────┘')

    assert '&lt;img&gt; &amp;amp; "x"' in svg


def test_characters_that_turn_text_around_or_hide_in_it_are_dropped():
    svg = svg_of("┌──────────┐\n│  a\u202eb\u200bc     │\n└──────────┘", title="x\u202ey")

    assert ">abc</text>" in svg
    assert ">xy</title>" in svg


def test_common_indentation_is_cut_off():
    indented = "\n".join("    " + line for line in BOX.split("\n"))

    assert svg_of(indented) == svg_of(BOX)


def test_the_outline_nests_boxes_and_branches():
    assert draw(NESTED, uid="d", title="").outline == (
        "<ul><li>Cluster<ul><li>web</li><li>db</li></ul></li></ul>"
    )
    assert draw(drawings.TREE, uid="d", title="").outline == (
        "<ul><li>registry<ul><li>app<ul><li>app:v1</li><li>app:v2</li></ul></li>"
        "<li>worker<ul><li>worker:v7</li></ul></li></ul></li></ul>"
    )


def test_the_outline_tells_a_mended_drawing_in_reading_order():
    assert draw(heal(drawings.OVERRUN), uid="d", title="").outline == (
        "<ul><li>Client</li><li>Server</li>"
        "<li>Shell<br>curl http://api.internal/v1<ul><li>Proxy</li></ul></li>"
        "<li>Web<br>:8080<ul><li>Proxy</li></ul></li><li>mTLS</li></ul>"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("words only", "no box and no line"),
        ("", "no box and no line"),
        ("│\n" * 160, "at most 150"),
        ("│\n" + "日" * 101, "line 2 is wider than 200 columns"),
        ("│ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │\n" * 140, "Split it"),
        ("\n".join(["┌┐" * 80, "└┘" * 80] * 9), "too many"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_reason(text, reason):
    with pytest.raises(DrawingError, match=reason):
        draw(text, uid="d", title="")


@pytest.mark.parametrize(
    ("columns", "step"),
    [(46, ""), (47, " dg-fit-1"), (58, " dg-fit-1"), (59, " dg-fit-2"), (200, " dg-fit-6")],
)
def test_a_broad_drawing_asks_for_the_width_that_keeps_it_readable(columns, step):
    assert f'class="dg{step}"' in svg_of(wide_box(columns))


def test_a_figure_has_a_caption_a_picture_and_its_text():
    html = figure(NESTED, uid="d", title="Web", description="web calls db", language="en")

    assert html.startswith(
        '<figure class="diagram"><figcaption>Web</figcaption><div class="diagram-view"><svg '
    )
    assert html.endswith(
        '<details class="diagram-text"><summary>Text version</summary><p>web calls db</p>'
        "<ul><li>Cluster<ul><li>web</li><li>db</li></ul></li></ul></details></figure>"
    )


def test_a_figure_without_a_title_has_no_caption():
    assert "figcaption" not in figure(BOX, uid="d", title="", description="", language="ja")


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("ja", "題 &quot;x&quot;（横にスクロールできます）"),
        ("en", "題 &quot;x&quot; (scrolls sideways)"),
    ],
)
def test_only_a_broad_figure_scrolls_and_says_so(language, label):
    narrow, broad = (
        figure(wide_box(n), uid="d", title='題 "x"', description="", language=language)
        for n in (46, 47)
    )

    assert "tabindex" not in narrow
    assert (
        f'<div class="diagram-view diagram-scroll" tabindex="0" role="group" aria-label="{label}">'
        in broad
    )


@pytest.mark.parametrize(
    ("text", "is_drawing"),
    [
        (BOX, True),
        (drawings.TREE, True),
        ("A\n│\n▼\nB", True),
        ("╭─╮", True),
        ("a | b\n-----", False),
        ("$ aws ecr get-login-password", False),
        ("", False),
    ],
)
def test_a_drawing_is_told_from_text_by_its_lines(text, is_drawing):
    assert looks_like_drawing(text) is is_drawing
