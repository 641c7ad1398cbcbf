"""Readiness: figures that agree with closed forms."""

from __future__ import annotations

import math

import pytest

from quizzes.readiness import (
    GRID,
    _spread,
    belief,
    passing,
    quantile,
    readiness,
)
from tests.quizzes.evidence import COUNTS, LEVELS, MARK, answers, everywhere


def beta(right, wrong, level, mark=0.5):
    """The quantile of what is believed when difficulties are alike: a Beta, plus the prior."""
    return quantile(belief(answers(right, wrong), mark, step=1.0), level) / GRID


@pytest.mark.parametrize("level", LEVELS)
def test_with_no_answers_every_share_is_as_probable(level):
    assert beta(0, 0, level) == pytest.approx(level, abs=1e-6)  # Beta(1, 1): x = level


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("count", [1, 3, 10, 40])
def test_all_right_and_all_wrong_have_the_quantiles_of_the_closed_form(count, level):
    # Beta(a, 1): x ** a = level. Beta(1, b): (1 - x) ** b = 1 - level.
    assert beta(count, 0, level) == pytest.approx(level ** (1 / (count + 1)), abs=5e-4)
    assert beta(0, count, level) == pytest.approx(1 - (1 - level) ** (1 / (count + 1)), abs=5e-4)


@pytest.mark.parametrize("count", [1, 4, 25])
def test_as_many_right_as_wrong_have_their_median_at_a_half(count):
    assert beta(count, count, 0.5) == pytest.approx(0.5, abs=1e-6)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("right", "wrong"), [(8, 2), (3, 17), (30, 10), (60, 4)])
def test_quantiles_agree_with_the_tail_of_the_binomial(right, wrong, level):
    # Whole a and b: P(Beta(a, b) <= x) = P(Binomial(a + b - 1, x) >= a). Abramowitz, Stegun 26.5.24
    share, tries = beta(right, wrong, level), right + wrong + 1

    below = sum(
        math.comb(tries, n) * share**n * (1 - share) ** (tries - n)
        for n in range(right + 1, tries + 1)
    )

    assert below == pytest.approx(level, abs=1e-3)


def test_the_prior_leans_to_neither_side_of_the_pass_mark():
    cells = belief([], MARK)

    mean = sum((cell + 0.5) / GRID * weight for cell, weight in enumerate(cells))
    chance = passing(dict.fromkeys(COUNTS, cells), COUNTS, MARK)

    assert mean == pytest.approx(MARK, abs=0.005)
    assert chance.middle == pytest.approx(0.5, abs=0.06)
    assert chance.low < 0.02 and chance.high > 0.98


def test_an_exam_of_one_question_is_passed_as_often_as_the_share_says():
    cells = belief(answers(7, 2), 0.5, step=1.0)  # Beta(8, 3), whose mean is 8 / 11

    assert passing({1: cells}, {1: 1}, 0.5).middle == pytest.approx(8 / 11, abs=1e-4)


def test_an_exam_of_one_domain_follows_the_beta_binomial():
    cells = belief(answers(7, 2), 0.5, step=1.0)

    found = passing({1: cells}, {1: 10}, 0.7).middle

    def log_beta(a, b):
        return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)

    chances = [
        math.comb(10, n) * math.exp(log_beta(8 + n, 3 + 10 - n) - log_beta(8, 3))
        for n in range(7, 11)
    ]
    assert found == pytest.approx(sum(chances), abs=1e-4)


def test_the_range_of_the_probability_is_that_of_the_ability():
    cells = belief(answers(7, 2), 0.5, step=1.0)

    found = passing({1: cells}, {1: 1}, 0.5)  # one question: the probability is the ability

    assert found.low == pytest.approx(quantile(cells, 0.05) / GRID, abs=0.004)
    assert found.high == pytest.approx(quantile(cells, 0.95) / GRID, abs=0.004)


@pytest.mark.parametrize("part", [0.0, 9 / 65, 1.0])
def test_the_scale_of_the_whole_keeps_the_mean_of_a_domain(part):
    cells = belief(answers(7, 2), MARK)

    found = _spread(cells, part)

    expected = part * sum((cell + 0.5) * weight for cell, weight in enumerate(cells))
    assert sum(found) == pytest.approx(1)
    assert sum(place * weight for place, weight in enumerate(found)) == pytest.approx(expected)


@pytest.mark.parametrize(("right", "wrong"), [(0, 60), (20, 40), (30, 30), (58, 2), (60, 0)])
def test_a_range_is_in_order_at_the_ends_too(right, wrong):
    found = readiness(everywhere(right, wrong), COUNTS, MARK)

    for range_ in (found.passing, *(one.share for one in found.domains)):
        assert range_
        assert 0 <= range_.low <= range_.middle <= range_.high <= 1
    assert found.passing
    assert round(found.passing.middle, 2) == (right > 50)


def test_a_pass_mark_that_is_a_whole_number_of_questions_asks_for_no_more():
    cells = belief(answers(2, 20), MARK)

    assert 0.07 * 100 > 7  # as floats are
    assert passing({1: cells}, {1: 100}, 0.07) == passing({1: cells}, {1: 100}, 0.0699)
