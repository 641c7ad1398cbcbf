"""Figures of questions and quizzes: a golden vector, the definitions, and what is not defined."""

from __future__ import annotations

import math
import statistics as standard
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes import moments, statistics
from quizzes.statistics import ENOUGH, ItemFigures
from tests.content.quiz_builder import choice_toml, make_question

# Six learners, four questions. The figures come from the formulas by hand, not from a program.
GOLDEN = ["1111", "1110", "1100", "1001", "1000", "0001"]
CREDITS = st.sampled_from([0.0, 1.0, 0.5, 0.25])  # sums of these are exact


@st.composite
def matrices(draw, least: int = 1):
    """Credits by attempt and question."""
    width = draw(st.integers(1, 6))
    rows = st.lists(CREDITS, min_size=width, max_size=width)
    return draw(st.lists(rows, min_size=least, max_size=30))


def tallied(matrix):
    return [Counter((row[place], sum(row)) for row in matrix) for place in range(len(matrix[0]))]


def totalled(matrix):
    return Counter(sum(row) for row in matrix)


def golden():
    return [[float(one) for one in row] for row in GOLDEN]


def about(*wanted: float):
    return pytest.approx(list(wanted), abs=5e-4)


def test_the_golden_vector_gives_the_figures_of_its_questions():
    tallies = tallied(golden())

    found = [statistics.item(one) for one in tallies]

    assert [one.facility for one in found] == about(83.3333, 50, 33.3333, 50)
    assert [one.sd for one in found] == about(40.8248, 54.7723, 51.6398, 54.7723)
    assert [one.discrimination for one in found] == about(15.8114, 44.7214, 68.5994, -30.1511)
    assert [one.efficiency for one in found] == about(25, 50, 100, -33.3333)
    weights = statistics.weights(tallies)
    assert [one.effective for one in weights] == about(21.5966, 31.6142, 32.6510, 14.1383)
    assert [one.intended for one in weights] == [25, 25, 25, 25]


def test_the_golden_vector_gives_the_figures_of_its_quiz():
    found = statistics.quiz(totalled(golden()), tallied(golden()))

    assert (found.n, found.median) == (6, 2)
    assert [found.mean, found.sd, found.reliability] == about(2.1667, 1.1690, 32.5203)
    assert [found.error_ratio, found.standard_error] == about(82.1460, 0.9603)


def naive_item(xs, rests):
    """Return facility, discrimination and efficiency as their definitions read."""
    facility = 100 * sum(xs) / len(xs)
    if len(xs) < 2 or len(set(xs)) == 1 or len(set(rests)) == 1:
        return facility, None, None
    together = standard.covariance(xs, rests)
    most = standard.covariance(sorted(xs), sorted(rests))
    return facility, 100 * standard.correlation(xs, rests), 100 * together / most


@given(matrices())
def test_a_question_has_the_figures_of_the_definitions(matrix):
    for place, tally in enumerate(tallied(matrix)):
        xs = [row[place] for row in matrix]
        rests = [sum(row) - row[place] for row in matrix]

        found = statistics.item(tally)

        facility, discrimination, efficiency = naive_item(xs, rests)
        assert found.n == len(matrix)
        assert found.facility == pytest.approx(facility)
        assert found.discrimination == pytest.approx(discrimination, abs=1e-6)
        assert found.efficiency == pytest.approx(efficiency, abs=1e-6)
        if len(xs) > 1:
            assert found.sd == pytest.approx(100 * standard.stdev(xs))


@given(matrices(least=2))
def test_weights_are_those_of_the_definition_and_add_up(matrix):
    totals = [sum(row) for row in matrix]
    covariances = [
        standard.covariance([row[place] for row in matrix], totals)
        for place in range(len(matrix[0]))
    ]
    whole = sum(math.sqrt(one) for one in covariances if one >= 1e-9)

    found = statistics.weights(tallied(matrix))

    assert sum(one.intended for one in found) == pytest.approx(100)
    for weight, covariance in zip(found, covariances, strict=True):
        assert weight.is_negative == (covariance < -1e-9)
        if covariance < -1e-9 or not whole:
            assert weight.effective is None
        else:
            root = math.sqrt(covariance) if covariance >= 1e-9 else 0
            assert weight.effective == pytest.approx(100 * root / whole)


@given(matrices(least=4))
def test_a_quiz_has_the_figures_of_the_definitions(matrix):
    totals = [sum(row) for row in matrix]
    s, p, mean = len(matrix), len(matrix[0]), sum(totals) / len(totals)
    m2, m3, m4 = (sum((one - mean) ** power for one in totals) / s for power in (2, 3, 4))

    found = statistics.quiz(totalled(matrix), tallied(matrix))

    assert found.mean == pytest.approx(mean)
    assert found.median == standard.median(totals)
    assert found.sd == pytest.approx(standard.stdev(totals))
    if len(set(totals)) == 1:
        assert (found.skewness, found.kurtosis, found.reliability) == (None, None, None)
        return
    k2 = s * m2 / (s - 1)
    k3 = s**2 * m3 / ((s - 1) * (s - 2))
    k4 = s**2 * ((s + 1) * m4 - 3 * (s - 1) * m2**2) / ((s - 1) * (s - 2) * (s - 3))
    assert found.skewness == pytest.approx(k3 / k2**1.5, abs=1e-6)
    assert found.kurtosis == pytest.approx(k4 / k2**2, abs=1e-6)
    if p > 1:
        within = sum(standard.variance(row[place] for row in matrix) for place in range(p))
        kept = 100 * p / (p - 1) * (1 - within / k2)
        assert found.reliability == pytest.approx(kept, abs=1e-6)
        assert found.error_ratio == pytest.approx(100 * math.sqrt(max(0, 1 - kept / 100)), abs=1e-3)


@given(matrices(least=2), st.randoms())
def test_the_order_of_learners_changes_no_bit(matrix, chance):
    shuffled = list(matrix)
    chance.shuffle(shuffled)

    assert [statistics.item(one) for one in tallied(matrix)] == [
        statistics.item(one) for one in tallied(shuffled)
    ]
    assert statistics.quiz(totalled(matrix)) == statistics.quiz(totalled(shuffled))


@given(matrices())
def test_figures_stay_in_their_ranges(matrix):
    for found in map(statistics.item, tallied(matrix)):
        inside = found.facility_interval
        assert 0 <= inside.low <= found.facility + 1e-9
        assert found.facility - 1e-9 <= inside.high <= 100
        together = found.discrimination
        if together is not None:
            assert -100 <= together <= 100
            inside = found.discrimination_interval or statistics.Interval(-101, 101)
            assert inside.low < together < inside.high


def test_an_interval_of_a_share_is_wilsons():
    """0 of 10, 5 of 10 and 81 of 263: the last is an example of Newcombe (1998)."""
    found = [statistics.wilson(0, 10), statistics.wilson(0.5, 10), statistics.wilson(81 / 263, 263)]

    assert [round(one.low, 2) for one in found] == [0, 23.66, 25.53]
    assert [round(one.high, 2) for one in found] == [27.75, 76.34, 36.62]


def test_an_interval_of_a_discrimination_is_fishers():
    found = statistics.fisher(0.5, 28)

    assert found is not None
    assert [found.low, found.high] == about(
        100 * math.tanh(math.atanh(0.5) - 1.959964 / 5),
        100 * math.tanh(math.atanh(0.5) + 1.959964 / 5),
    )
    assert statistics.fisher(0.5, 3) is None
    assert statistics.fisher(1.0, 30) is None


def test_the_least_number_of_attempts_is_where_a_good_question_shows():
    good = statistics.GOOD / 100
    enough, one_less = statistics.fisher(good, ENOUGH), statistics.fisher(good, ENOUGH - 1)

    assert enough is not None and enough.low > 0
    assert one_less is not None and one_less.low < 0
    widest = statistics.wilson(0.5, ENOUGH)
    assert widest.high - widest.low < 37


def test_one_attempt_says_how_it_went_and_no_more():
    found = statistics.item({(1.0, 3.0): 1})

    assert (found.n, found.facility, found.sd, found.discrimination) == (1, 100, None, None)
    quiz = statistics.quiz({3.0: 1}, [{(1.0, 3.0): 1}] * 4)
    assert (quiz.mean, quiz.median, quiz.sd, quiz.reliability) == (3, 3, None, None)


def test_a_quiz_whose_attempts_differ_in_questions_has_no_reliability():
    tallies = tallied(golden())

    found = statistics.quiz(totalled(golden()), [tallies[0], {(1.0, 3.0): 2}])

    assert found.reliability is None
    assert found.standard_error is None
    assert found.mean == pytest.approx(13 / 6)


def figures(facility=60.0, discrimination=40.0, efficiency=50.0, n=100):
    inside = None if discrimination is None else statistics.fisher(discrimination / 100, n)
    return ItemFigures(
        n, facility, statistics.wilson(facility / 100, n), 49.0, discrimination, inside, efficiency
    )


@pytest.mark.parametrize(
    ("looks", "wanted"),
    [
        (figures(), []),
        (figures(discrimination=-5, efficiency=-6), ["negative"]),
        (figures(discrimination=12), ["low"]),
        (figures(discrimination=12, n=30), []),
        (figures(discrimination=20, efficiency=10), ["dubious"]),
        (figures(discrimination=20, efficiency=10, n=30), []),
        (figures(facility=97, discrimination=5), ["easy"]),
        (figures(facility=20), ["hard"]),
        (figures(discrimination=None, efficiency=None), []),
        (figures(facility=20, discrimination=-50, n=ENOUGH - 1), []),
    ],
)
def test_a_flag_says_why_to_look_and_few_attempts_say_nothing(looks, wanted):
    assert statistics.flags(looks, guess=25) == wanted


@pytest.mark.parametrize(
    ("kind", "percent"),
    [("single", 25), ("multiple", 10), ("ordering", 100 / 6), ("matching", 100 / 6), ("short", 0)],
)
def test_picking_at_random_earns_by_the_kind(kind, percent):
    assert statistics.random_guess(make_question(kind=kind)) == pytest.approx(percent)


def test_matches_that_are_alike_are_easier_to_guess():
    matches = ("mate", "mate", "other")
    choices = [
        choice_toml(word, more=f'match.ja = "{match}"\nmatch.en = "{match}"')
        for word, match in zip(("alpha", "bravo", "charlie"), matches, strict=True)
    ]

    assert statistics.random_guess(make_question(kind="matching", choices=choices)) == (
        pytest.approx(100 / 3)
    )


def test_thirds_keep_equal_learners_together():
    assert moments.thirds({1.0: 2, 2.0: 2, 3.0: 2}) == {1.0: 0, 2.0: 1, 3.0: 2}
    assert moments.thirds({1.0: 1, 5.0: 8}) == {1.0: 0, 5.0: 1}
    assert moments.thirds({4.0: 9}) == {4.0: 1}
    assert moments.thirds({0.0: 6, 1.0: 3}) == {0.0: 0, 1.0: 2}


def test_one_tally_of_a_question_is_made_of_its_versions():
    assert statistics.merged([{(1.0, 2.0): 1}, {(1.0, 2.0): 2, (0.0, 1.0): 1}]) == {
        (1.0, 2.0): 3,
        (0.0, 1.0): 1,
    }
