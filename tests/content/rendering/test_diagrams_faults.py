"""Authors are told what is wrong with a drawing, where, and why."""

from __future__ import annotations

import pytest

from content.rendering.diagrams import FaultKind, faults
from tests.content.rendering import torn_drawings as drawings


def found(text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.kind.value) for fault in faults(text)]


@pytest.mark.parametrize(
    "text",
    [
        "┌────┐\n│ ok │\n└────┘",
        "┌────┬────┐\n│ a  │ b  │\n├────┼────┤\n│ c  │ d  │\n└────┴────┘",
        "┌── title ──┐\n│           │\n└───────────┘",
        "┌───┐   ┌───┐\n│ a │──▶│ b │\n└─┬─┘   └───┘\n  ▼\n  c",
        "   up\n┌──┴──┐\n▼     ▼\na     b",
        "a ──┐\n    │\n    └──▶ b",
        drawings.TREE,
    ],
)
def test_a_clean_drawing_has_no_faults(text):
    assert faults(text) == ()


def test_a_box_whose_right_border_slips_is_not_closed():
    (fault, *rest) = faults("【題】\n\n┌────┐\n│ a   │\n└────┘")

    assert fault.line == 3
    assert fault.kind is FaultKind.TORN
    assert [f.what for f in rest if f.kind is FaultKind.UNCLOSED] == [
        "Column 1: this box is not closed: its right border leaves column 6 at line 2."
    ]


def test_a_box_without_a_left_border_is_not_closed():
    what = [f.what for f in faults("┌────┐\n  a  │\n└────┘") if f.kind is FaultKind.UNCLOSED]

    assert what == ["Column 1: this box is not closed: its left border ends at line 2."]


def test_a_box_whose_bottom_is_broken_is_not_closed():
    what = [f.what for f in faults("┌────┐\n│ a  │\n└─  ─┘") if f.kind is FaultKind.UNCLOSED]

    assert [said.split(": ", 2)[2] for said in what] == [
        "its bottom border on line 3 does not reach from corner to corner."
    ]


def test_a_line_that_ends_in_nothing_is_torn():
    (fault,) = faults("a\n│\n\nb")

    assert (fault.line, fault.what) == (2, "Column 1: │ meets nothing below.")


def test_words_that_touch_a_border_are_told():
    assert found("┌──┐\n│ab│\n└──┘") == [(2, "tight")]


def test_borders_that_touch_each_other_are_told_once():
    text = "┌─────┐\n│ ┌──┐│\n│ │  ││\n│ └──┘│\n└─────┘"

    assert found(text) == [(3, "tight")]


def test_a_drawing_too_wide_for_a_phone_is_told_softly():
    (fault,) = faults(f"\n┌{'─' * 57}┐\n│{' ' * 57}│\n└{'─' * 57}┘")

    assert fault.kind is FaultKind.WIDE
    assert fault.line == 2
    assert "59 columns" in fault.what


@pytest.mark.parametrize(
    ("text", "kind"), [("", "empty"), ("words", "empty"), ("│\n" * 160, "size")]
)
def test_what_cannot_be_drawn_is_a_fault(text, kind):
    assert [fault.kind.value for fault in faults(text)] == [kind]
