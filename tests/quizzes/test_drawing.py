from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.catalog.model import Domain, Exam
from content.catalog.shares import shares
from quizzes.drawing import TooFewQuestionsError, choice_order, exam, shuffled
from tests.content.quiz_builder import make_question

EXAM = Exam("X", {}, 10, 8, 20, 750, (Domain(1, {}, 60), Domain(2, {}, 40)))
BANK = [
    make_question(f"d{domain}-{kind}-{n}", kind, task=f"{domain}.1")
    for domain in (1, 2)
    for kind in ("single", "multiple", "short")
    for n in range(5)
]


def test_the_same_seed_draws_the_same_and_another_one_differs():
    one, two, other = (shuffled(BANK, seed) for seed in (7, 7, 8))

    assert [(d.question.id, d.order) for d in one] == [(d.question.id, d.order) for d in two]
    assert [d.question.id for d in one] != [d.question.id for d in other]


def test_the_order_of_the_file_does_not_matter():
    one, two = shuffled(BANK, 7), shuffled(BANK[::-1], 7)

    assert [d.question.id for d in one] == [d.question.id for d in two]


@given(st.integers(0, 10_000))
def test_steps_never_stand_solved(seed):
    question = make_question("steps", "ordering")

    order = choice_order(question, seed)

    assert sorted(order) == [0, 1, 2]
    assert list(order) != [0, 1, 2]


def test_an_exam_has_its_counts_by_the_weights_and_only_kinds_of_the_exam():
    drawn = exam(BANK, EXAM, 3, unscored=False)

    assert Counter(one.question.domain for one in drawn) == {1: 6, 2: 4}
    assert {one.question.kind for one in drawn} <= {"single", "multiple"}
    assert len({one.question.id for one in drawn}) == 10
    assert all(one.is_scored for one in drawn)


def test_unscored_questions_are_as_many_as_in_the_exam():
    drawn = exam(BANK, EXAM, 3, unscored=True)

    assert sum(not one.is_scored for one in drawn) == 2


def test_a_bank_that_is_too_small_is_refused():
    with pytest.raises(TooFewQuestionsError, match="domain 1: 2 of 6"):
        exam(BANK[:2], EXAM, 3, unscored=False)


def test_the_exam_of_the_course_divides_as_its_weights_say():
    weights = {1: 22, 2: 17, 3: 15, 4: 15, 5: 14, 6: 17}

    assert shares(75, weights) == {1: 17, 2: 13, 3: 11, 4: 11, 5: 10, 6: 13}


@given(st.integers(0, 500), st.dictionaries(st.integers(1, 20), st.integers(1, 100), min_size=1))
def test_shares_add_up_and_stay_within_one_of_what_is_exact(total, weights):
    found = shares(total, weights)

    whole = sum(weights.values())
    assert sum(found.values()) == total
    assert all(abs(found[key] - total * weights[key] / whole) < 1 for key in weights)
