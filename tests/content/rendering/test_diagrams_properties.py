"""What holds for every drawing, tried on invented ones."""

from __future__ import annotations

import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.rendering.diagrams import DrawingError, FaultKind, draw, faults, figure, heal
from content.rendering.diagrams.grid import Kind, read_row
from tests.content.rendering.drawing_strategies import boxes, drawn, overrun_boxes

SHAPES = set("─│┌┐└┘├┤┬┴┼▶◀▼▲")

modest = settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
odd = "\t\x00\x1b\r\x0b\u200b\u200d\u202e\u2028\ufeff\ufffe\u3000\ufe0f\u0301"
hostile = st.text(
    st.one_of(
        st.sampled_from("┌┐└┘├┤┬┴┼─│▶▼◀▲→← \n"),
        st.sampled_from("ab日本✅<&\"'【】" + odd),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=160,
)


def torn(text: str) -> list[str]:
    return [fault.what for fault in faults(text) if fault.kind is not FaultKind.WIDE]


def words_of(text: str) -> list[list[str]]:
    rows = [read_row(line) for line in text.split("\n")]
    return [[run.text for run in row if run.kind is Kind.TEXT] for row in rows]


def gaps_of(text: str) -> list[list[int]]:
    """The blank columns left of each word, up to the word or border there."""
    found = []
    for line in text.split("\n"):
        row = read_row(line)
        ends = [0, *(run.end for run in row)]
        found.append([run.column - ends[k] for k, run in enumerate(row) if run.kind is Kind.TEXT])
    return found


def parsed(markup: str) -> ET.Element:
    return ET.fromstring(markup)


def svg_characters(svg: str) -> Counter[str]:
    texts = parsed(svg).iter("text")
    return visible_characters("".join("".join(text.itertext()) for text in texts))


def visible_characters(text: str) -> Counter[str]:
    hidden = {"Cc", "Cs", "Zl", "Zp"}
    return Counter(
        c
        for c in text
        if not c.isspace()
        and unicodedata.category(c) not in hidden
        and (unicodedata.category(c) != "Cf" or c in "\u200c\u200d")
        and c not in "\ufffe\uffff"
    )


@modest
@given(boxes())
def test_a_clean_drawing_is_clean_and_stays_as_it_is(box):
    text = drawn(box)

    assert torn(text) == []
    assert heal(text) == text


@modest
@given(boxes(), st.data())
def test_nudged_borders_come_back_to_where_they_were(box, data):
    nudged = drawn(box, data)

    assert heal(nudged) == drawn(box)


@modest
@given(boxes(), st.data())
def test_words_stay_in_their_boxes_when_borders_are_nudged(box, data):
    clean = draw(drawn(box), uid="d", title="")
    mended = draw(heal(drawn(box, data)), uid="d", title="")

    assert mended.outline == clean.outline


@modest
@given(overrun_boxes())
def test_a_box_that_was_overrun_grows_and_no_word_moves_away_from_its_neighbour(box):
    text = drawn(box)

    mended = heal(text)

    assert torn(text) != []
    assert torn(mended) == []
    assert words_of(mended) == words_of(text)
    assert gaps_of(mended) == gaps_of(text)
    assert draw(mended, uid="d", title="").svg.count("<rect") == box.count()


@modest
@given(st.one_of(hostile, boxes().map(drawn), overrun_boxes().map(drawn)), st.data())
def test_healing_twice_changes_nothing_more_and_no_word_is_ever_changed(text, data):
    lines = text.split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at] = " " * data.draw(st.integers(0, 3)) + lines[at]
    text = "\n".join(lines)

    mended = heal(text)

    assert heal(mended) == mended
    assert words_of(mended) == words_of(text)


@modest
@given(boxes())
def test_every_character_is_drawn_once_and_every_box_is_a_rectangle(box):
    text = drawn(box)

    svg = draw(text, uid="d", title="").svg

    assert svg_characters(svg) == Counter(c for c in text if c not in SHAPES and not c.isspace())
    assert svg.count("<rect") == box.count()


@modest
@given(hostile)
def test_any_text_is_drawn_as_valid_xml_that_loses_no_character_or_refused(text):
    try:
        svg = draw(text, uid="d", title=text, description=text).svg
    except DrawingError:
        return

    root = parsed(svg)
    body = text.strip("\n").split("\n")
    is_captioned = body[0].strip().startswith("【") and body[0].strip().endswith("】")
    said = visible_characters("\n".join(body[1:]) if is_captioned else text)
    drawn_characters = svg_characters(svg)
    assert not drawn_characters - said
    assert {c for c in said - drawn_characters if not is_box_character(c)} <= set("←→▶►◀◄▼▲")
    assert [e.get("id") for e in root.iter() if e.get("id")] in (["d-title"], ["d-title", "d-desc"])
    assert not any(e.get("style") for e in root.iter())


def is_box_character(character: str) -> bool:
    return 0x2500 <= ord(character) < 0x2580


@modest
@given(hostile, hostile, hostile)
def test_any_figure_is_well_formed(text, title, description):
    try:
        html = figure(text, uid="d", title=title, description=description, language="en")
    except DrawingError:
        return

    parsed(html.replace("<br>", "<br/>"))


@modest
@given(hostile)
def test_what_has_no_fault_can_be_drawn(text):
    if not faults(text):
        assert draw(text, uid="d", title="").svg
