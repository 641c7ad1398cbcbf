"""Falls: told from a hard quiz, from chance and from too little."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from classes.falling import Result, falls

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
LONG_AGO, LATELY = NOW - timedelta(days=40), NOW - timedelta(days=5)
CLASS = range(100, 110)


def everybody(quiz: str, points: float, at: datetime) -> list[Result]:
    return [Result(user, quiz, points, 20, at) for user in CLASS]


def test_a_learner_who_gets_worse_than_the_class_falls():
    usual = everybody("a", 14, LONG_AGO) + everybody("b", 14, LATELY)
    mine = [Result(1, "a", 18, 20, LONG_AGO), Result(1, "b", 8, 20, LATELY)]

    found = falls(usual + mine, NOW)

    assert set(found) == {1}
    assert (found[1].before, found[1].since) == (0.9, 0.4)


def test_a_quiz_that_is_hard_for_everybody_is_nobodys_fall():
    usual = everybody("a", 17, LONG_AGO) + everybody("b", 7, LATELY)
    mine = [Result(1, "a", 17, 20, LONG_AGO), Result(1, "b", 7, 20, LATELY)]

    found = falls(usual + mine, NOW)

    assert found == {}


def test_one_wrong_answer_more_is_no_fall():
    usual = everybody("a", 14, LONG_AGO) + everybody("b", 14, LATELY)
    mine = [Result(1, "a", 15, 20, LONG_AGO), Result(1, "b", 12, 20, LATELY)]

    assert falls(usual + mine, NOW) == {}


def test_a_drop_that_chance_explains_is_no_fall():
    usual = everybody("a", 14, LONG_AGO) + everybody("b", 14, LATELY)
    mine = [Result(1, "a", 11, 20, LONG_AGO), Result(1, "b", 7, 20, LATELY)]

    assert falls(usual + mine, NOW) == {}  # 20 points, but 1.3 standard errors


def test_too_few_questions_say_nothing():
    usual = everybody("a", 14, LONG_AGO) + everybody("b", 14, LATELY)
    mine = [Result(1, "a", 14, 14, LONG_AGO), Result(1, "b", 0, 20, LATELY)]

    assert falls(usual + mine, NOW) == {}


def test_results_of_one_side_only_say_nothing():
    assert falls(everybody("a", 0, LATELY), NOW) == {}
    assert falls(everybody("a", 20, LONG_AGO), NOW) == {}


def test_nothing_says_nothing():
    assert falls([], NOW) == {}
    assert falls([Result(1, "a", 0, 0, LATELY)], NOW) == {}
