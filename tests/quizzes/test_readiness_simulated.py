"""Simulated learners of known ability: ranges hold what they promise, predictions come true."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from quizzes.readiness import belief, estimate, passing
from tests.quizzes.evidence import COUNTS, LIKE_THE_EXAM, MARK, MOSTLY_EASY, simulated

NEED = 47
ABILITIES, SIZES = (0.3, 0.5, 0.65, 0.8, 0.9), (10, 20, 40)


@pytest.fixture(scope="module")
def covered():
    """Whether the interval held the true ability, by (ability, size, mix, days)."""
    chance = random.Random(7)  # noqa: S311 - simulates, keeps no secret
    found = defaultdict(list)
    for share in ABILITIES:
        for size in SIZES:
            for mix in (LIKE_THE_EXAM, MOSTLY_EASY):
                for days in (0.0, 60.0):
                    for _ in range(60):
                        given_answers = simulated(chance, share, size * 3 // 2, mix=mix, days=days)
                        range_ = estimate(1, given_answers, MARK).share
                        if range_:
                            found[share, size, mix, days].append(range_.low <= share <= range_.high)
    return found


@pytest.mark.parametrize(
    ("place", "value"),
    [
        *((0, share) for share in ABILITIES),
        *((1, size) for size in SIZES),
        *((2, mix) for mix in (LIKE_THE_EXAM, MOSTLY_EASY)),
        *((3, days) for days in (0.0, 60.0)),
    ],
)
def test_nine_of_ten_intervals_hold_the_true_ability(covered, place, value):
    held = [one for key, all_ in covered.items() if key[place] == value for one in all_]

    assert len(held) > 500
    assert 0.85 <= sum(held) / len(held) <= 0.97


@pytest.fixture(scope="module")
def sat():
    """Learners: what was predicted, and how many of 20 simulated exams each of them passed."""
    chance = random.Random(11)  # noqa: S311 - simulates, keeps no secret
    found = []
    for _ in range(600):
        level = chance.uniform(0.5, 0.95)
        able = {domain: min(0.98, max(0.1, chance.gauss(level, 0.1))) for domain in COUNTS}
        count = chance.choice((12, 20, 30))
        beliefs = {
            domain: belief(simulated(chance, share, count, domain=domain, days=45), MARK)
            for domain, share in able.items()
        }
        each = [able[domain] for domain, number in COUNTS.items() for _ in range(number)]
        passed = [sum(chance.random() < one for one in each) >= NEED for _ in range(20)]
        found.append((passing(beliefs, COUNTS, MARK), sum(passed) / 20))
    return found


@pytest.mark.parametrize(
    ("least", "most"), [(0.0, 0.1), (0.1, 0.35), (0.35, 0.65), (0.65, 0.9), (0.9, 1.01)]
)
def test_learners_pass_as_often_as_predicted(sat, least, most):
    band = [(range_.middle, share) for range_, share in sat if least <= range_.middle < most]

    predicted = sum(middle for middle, _ in band) / len(band)
    came = sum(share for _, share in band) / len(band)

    assert len(band) > 60
    assert came == pytest.approx(predicted, abs=0.08)


def test_the_range_of_the_probability_holds_what_came_of_twenty_exams(sat):
    luck = 0.15  # of twenty exams

    held = [range_.low - luck <= share <= range_.high + luck for range_, share in sat]

    assert sum(held) / len(held) >= 0.9
    assert sum(range_.high - range_.low for range_, _ in sat) / len(sat) < 0.5
