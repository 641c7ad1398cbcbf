"""Readiness: nothing is said that is not known, and more right answers never lower a figure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.readiness import (
    ENOUGH,
    ENOUGH_IN_DOMAIN,
    GRID,
    Evidence,
    belief,
    estimate,
    passing,
    quantile,
    readiness,
)
from tests.quizzes.evidence import COUNTS, LEVELS, MARK, answers, everywhere, simulated, stated


def test_without_answers_nothing_is_known():
    found = readiness([], COUNTS, MARK)

    assert [one.domain for one in found.domains] == list(COUNTS)
    assert {(one.answers, one.needed, one.share) for one in found.domains} == {
        (0, ENOUGH_IN_DOMAIN, None)
    }
    assert (found.answers, found.needed, found.passing, found.gains) == (0, ENOUGH, None, ())


def test_a_domain_is_stated_from_its_eighth_answer_of_today():
    before, after = estimate(1, answers(5, 2), MARK), estimate(1, answers(6, 2), MARK)

    assert (before.answers, before.needed, before.share) == (7, 1, None)
    assert (after.answers, after.needed) == (8, 0)
    assert after.share and 0 < after.share.low < after.share.middle < after.share.high < 1


def test_fewer_answers_than_a_domain_needs_would_leave_more_than_half_of_the_scale_open():
    def width(right, wrong):
        cells = belief(answers(right, wrong), MARK)
        return (quantile(cells, 0.95) - quantile(cells, 0.05)) / GRID

    assert max(width(right, 7 - right) for right in range(8)) > 0.5
    assert max(width(right, 9 - right) for right in range(10)) < 0.5


def test_the_whole_is_stated_from_thirty_answers_of_today():
    given_answers = [one for domain in (1, 2, 3) for one in answers(8, 2, domain=domain)]

    before, after = (readiness(some, COUNTS, MARK) for some in (given_answers[1:], given_answers))

    assert (before.needed, before.passing, before.gains) == (1, None, ())
    assert after.needed == 0
    assert after.passing and after.passing.low < after.passing.middle < after.passing.high


def test_many_answers_in_a_small_part_of_the_exam_say_nothing_of_the_whole():
    given_answers = [one for domain in (1, 2) for one in answers(30, 5, domain=domain)]

    found = readiness(given_answers, COUNTS, MARK)  # 25 of 65 questions

    assert (found.answers, found.needed) == (70, 0)
    assert (found.passing, found.gains) == (None, ())


def test_an_exam_without_questions_is_not_stated():
    assert readiness(answers(30, 10), {1: 0}, MARK).passing is None
    assert readiness(answers(30, 10), {}, MARK).domains == ()


def test_unknown_domains_widen_the_whole():
    known = [one for domain in (1, 2, 3, 4) for one in answers(18, 4, domain=domain)]
    rest = [one for domain in (5, 6) for one in answers(18, 4, domain=domain)]

    part, whole = readiness(known, COUNTS, MARK), readiness(known + rest, COUNTS, MARK)

    assert part.passing and whole.passing
    assert part.passing.high - part.passing.low > whole.passing.high - whole.passing.low
    assert [one.domain for one in part.domains if one.share is None] == [5, 6]
    assert {one.domain for one in part.gains} == {1, 2, 3, 4}


@pytest.mark.parametrize("is_reversed", [False, True])
def test_a_question_answered_twice_counts_once_with_its_later_answer(is_reversed):
    once = everywhere(8, 4)
    earlier = replace(once[0], is_right=False, age_days=3.0)
    both = [*once, earlier]

    found = readiness(both[::-1] if is_reversed else both, COUNTS, MARK)

    expected = readiness(once, COUNTS, MARK)
    assert (found.answers, found.repeated) == (72, 1)
    assert replace(found, repeated=0) == expected


def test_of_two_answers_at_one_moment_the_wrong_one_counts():
    right, wrong = everywhere(10, 0), everywhere(0, 10)

    found = readiness(wrong + right, COUNTS, MARK)

    assert replace(found, repeated=0) == readiness(wrong, COUNTS, MARK)


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(chance):
    given_answers = [
        one for domain in COUNTS for one in simulated(chance, 0.7, 12, domain=domain, days=9)
    ]
    given_answers += [replace(one, age_days=one.age_days / 2) for one in given_answers[::5]]
    expected = readiness(given_answers, COUNTS, MARK)

    chance.shuffle(given_answers)

    assert readiness(given_answers, COUNTS, MARK) == expected


def test_old_answers_count_less():
    fresh = answers(9, 0)
    old_wrong = [replace(one, question=f"old {one.question}") for one in answers(0, 9)]

    middles = [
        stated(fresh + [replace(one, age_days=age) for one in old_wrong]).middle
        for age in (0, 30, 60, 240)
    ]

    assert middles == sorted(set(middles))
    assert middles[-1] > middles[0] + 0.2


def test_ten_answers_of_sixty_days_ago_are_worth_five_of_today():
    old, fresh = answers(8, 2, age=60.0), answers(4, 1)

    assert belief(old, MARK) == pytest.approx(belief(fresh, MARK))
    assert estimate(1, old, MARK).needed == 3


def test_answers_of_a_year_ago_say_nothing_any_more():
    found = readiness(everywhere(18, 2, age=365.0), COUNTS, MARK)

    assert found.answers == 120
    assert found.passing is None
    assert all(one.share is None for one in found.domains)


def test_an_answer_from_a_clock_that_runs_ahead_is_of_today():
    assert belief(answers(8, 2, age=-5.0), MARK) == belief(answers(8, 2), MARK)


def test_hard_questions_right_say_more_than_easy_ones():
    middles = [stated(answers(8, 4, difficulty=level)).middle for level in (1, 2, 3)]

    assert middles == sorted(set(middles))


def test_answers_in_a_domain_the_exam_has_not_are_left_out():
    given_answers = everywhere(8, 4)

    found = readiness([*given_answers, *answers(0, 20, domain=9)], COUNTS, MARK)

    assert found == readiness(given_answers, COUNTS, MARK)


evidence = st.builds(
    Evidence,
    domain=st.sampled_from([1, 2]),
    question=st.integers(0, 10**6).map(str),
    difficulty=st.sampled_from([1, 2, 3]),
    is_right=st.booleans(),
    age_days=st.floats(0, 90),
)
SMALL = {1: 6, 2: 5}


def everything(given_answers):
    """Every figure that may not fall, whether or not it would be stated."""
    by_domain = [[one for one in given_answers if one.domain == domain] for domain in SMALL]
    beliefs = {domain: belief(of, MARK) for domain, of in zip(SMALL, by_domain, strict=True)}
    whole = passing(beliefs, SMALL, MARK)
    shares = [quantile(cells, level) / GRID for cells in beliefs.values() for level in LEVELS]
    return [*shares, whole.low, whole.middle, whole.high]


@settings(max_examples=80, deadline=None)
@given(st.lists(evidence, max_size=40, unique_by=lambda one: one.question), evidence, st.data())
def test_more_right_answers_never_lower_any_figure(given_answers, more, data):
    before = everything(given_answers)
    is_new = not given_answers or data.draw(st.booleans())
    if is_new:
        after = [*given_answers, replace(more, is_right=True)]
    else:
        turned = data.draw(st.integers(0, len(given_answers) - 1))
        after = [
            replace(one, is_right=one.is_right or place == turned)
            for place, one in enumerate(given_answers)
        ]

    found = everything(after)

    assert all(then >= now - 1e-9 for now, then in zip(before, found, strict=True))


def test_right_answers_raise_what_is_stated():
    less, more = (
        readiness(everywhere(12, 8), COUNTS, MARK),
        readiness(everywhere(17, 3), COUNTS, MARK),
    )

    assert less.passing and more.passing
    assert less.passing.middle < 0.2 and more.passing.middle > 0.8
    assert stated(answers(12, 8)).high < stated(answers(17, 3)).high


def test_the_weak_and_heavy_domain_would_gain_most():
    rights = {1: 8, 2: 16, 3: 16, 4: 16, 5: 8, 6: 16}  # of 20; 1 has 14 questions, 5 has 9
    given_answers = [one for d, n in rights.items() for one in answers(n, 20 - n, domain=d)]

    found = readiness(given_answers, COUNTS, MARK)

    assert found.passing
    assert [one.domain for one in found.gains] == [1, 5, 2, 6, 3, 4]
    assert found.gains[0].rise > found.gains[1].rise > found.gains[2].rise > 0
    for gain in found.gains:
        assert gain.rise == pytest.approx(gain.passing.middle - found.passing.middle)
        assert gain.passing.low >= found.passing.low and gain.passing.high >= found.passing.high


def test_halving_the_mistakes_is_what_a_gain_means():
    counts = {1: 1}  # so that the chance to pass is the mean share

    found = readiness(answers(28, 12), counts, MARK)

    assert found.passing
    assert found.gains[0].passing.middle == pytest.approx((1 + found.passing.middle) / 2, abs=1e-6)
