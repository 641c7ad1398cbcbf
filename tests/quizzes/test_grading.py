from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.grading import NOTHING, is_blank, mark
from tests.content.quiz_builder import RIGHT, choice_toml, make_question

KINDS = ["single", "multiple", "ordering", "matching", "short"]
QUESTIONS = {kind: make_question(f"a-{kind}", kind) for kind in KINDS}
BLANKS = [None, [], [NOTHING, NOTHING, NOTHING], "", "  \t"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_right_counts_in_full(kind):
    found = mark(QUESTIONS[kind], RIGHT[kind])

    assert (found.credit, found.partial) == (1.0, 1.0)
    assert set(found.verdicts) <= {"right", "rest"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("blank", BLANKS)
def test_a_blank_is_worth_nothing(kind, blank):
    found = mark(QUESTIONS[kind], blank)

    assert is_blank(blank)
    assert (found.credit, found.partial) == (0.0, 0.0)


def test_half_of_a_choice_of_two_is_no_credit_but_part_of_it_is_right():
    found = mark(QUESTIONS["multiple"], [0])

    assert (found.credit, found.partial) == (0.0, 0.5)
    assert found.verdicts == ("right", "missed", "rest", "rest", "rest")


def test_picking_everything_is_worth_nothing():
    found = mark(QUESTIONS["multiple"], [0, 1, 2, 3, 4])

    assert (found.credit, found.partial) == (0.0, 0.0)


def test_a_wrong_choice_takes_from_the_part_that_is_right():
    found = mark(QUESTIONS["multiple"], [0, 2])

    assert found.partial == 0.0
    assert found.verdicts == ("right", "missed", "wrong", "rest", "rest")


def test_an_order_counts_whole_and_shows_what_was_misplaced():
    found = mark(QUESTIONS["ordering"], [0, 2, 1])

    assert (found.credit, found.partial) == (0.0, 0.0)
    assert found.verdicts == ("right", "wrong", "wrong")


def test_two_steps_in_one_place_are_no_order():
    assert mark(QUESTIONS["ordering"], [0, 0, 2]).credit == 0.0


def test_pairs_count_whole_and_show_which_are_wrong():
    found = mark(QUESTIONS["matching"], [0, 2, NOTHING])

    assert found.credit == 0.0
    assert found.verdicts == ("right", "wrong", "wrong")


@pytest.mark.parametrize(
    "text",
    [
        "alpha-form",
        " ALPHA-FORM ",
        "Ａｌｐｈａ－Ｆｏｒｍ",
        "`alpha-form`",
        "「alpha‐form」",
        "Other  Form",
    ],
)
def test_ways_to_write_the_same_are_the_same(text):
    assert mark(QUESTIONS["short"], text).credit == 1.0


@pytest.mark.parametrize("text", ["alphaform", "alpha form", "alpha-forms", "alpha"])
def test_nearly_right_is_not_right(text):
    assert mark(QUESTIONS["short"], text).credit == 0.0


def test_a_slip_of_the_finger_is_said_to_be_near_and_earns_nothing():
    found = mark(QUESTIONS["short"], "alpha-from")

    assert found.is_near and found.credit == 0.0


def test_a_foreseen_mistake_is_told_by_its_reason():
    assert mark(QUESTIONS["short"], "Bravo").foreseen == 1


def test_other_capitals_are_right_but_pointed_out():
    assert mark(QUESTIONS["short"], "alpha-form").case_differs
    assert not mark(QUESTIONS["short"], "Alpha-Form").case_differs


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("120", 1),
        ("120 s", 1),
        ("１２０秒", 1),
        ("2 min", 1),
        ("2分", 1),
        ("120 min", 0),
        ("119", 0),
        ("120 GiB", 0),
        ("two minutes", 0),
    ],
)
def test_an_amount_may_be_written_in_any_unit_that_fits(text, credit):
    choices = [
        choice_toml("alpha", right=True, text=False, more='number = 120\nunit = "s"'),
        choice_toml("bravo", text=False, more='number = 30\nunit = "s"'),
    ]
    question = make_question("seconds", "short", choices=choices)

    assert mark(question, text).credit == credit


@given(st.lists(st.integers(-1, 6), max_size=8))
def test_an_exam_mark_is_nothing_or_all_and_part_of_it_lies_between(picked):
    for kind in KINDS[:4]:
        found = mark(QUESTIONS[kind], picked)

        assert found.credit in (0.0, 1.0)
        assert found.credit <= found.partial <= 1.0


@given(st.permutations([0, 1, 2, 3, 4]), st.integers(0, 5))
def test_the_order_of_picking_changes_nothing(order, count):
    picked = order[:count]

    assert mark(QUESTIONS["multiple"], picked) == mark(QUESTIONS["multiple"], sorted(picked))


@given(st.text(max_size=30))
def test_forms_that_unicode_calls_compatible_agree(text):
    import unicodedata  # noqa: PLC0415

    normal = unicodedata.normalize("NFKC", text)

    assert mark(QUESTIONS["short"], text).credit == mark(QUESTIONS["short"], normal).credit


@given(st.text(alphabet=" \t\u3000\n", max_size=10))
def test_white_space_is_a_blank(text):
    assert mark(QUESTIONS["short"], text).credit == 0.0
