"""Answers for estimates of readiness: made to measure, or of simulated learners."""

from __future__ import annotations

from quizzes.readiness import Evidence, Range, estimate

COUNTS = {1: 14, 2: 11, 3: 10, 4: 10, 5: 9, 6: 11}  # the 65 scored questions of DOP-C02
MARK = 650 / 900
LEVELS = (0.05, 0.5, 0.95)
LIKE_THE_EXAM, MOSTLY_EASY = (0.15, 0.50, 0.35), (0.50, 0.40, 0.10)


def stated(given_answers) -> Range:
    share = estimate(1, given_answers, MARK).share
    assert share
    return share


def answer(number=0, *, domain=1, difficulty=2, is_right=True, age=0.0):
    return Evidence(domain, f"{domain}-{number}", difficulty, is_right, age)


def answers(right, wrong, *, domain=1, difficulty=2, age=0.0):
    return [
        answer(n, domain=domain, difficulty=difficulty, is_right=n < right, age=age)
        for n in range(right + wrong)
    ]


def everywhere(right, wrong, **rest):
    return [one for domain in COUNTS for one in answers(right, wrong, domain=domain, **rest)]


def rates(share):
    """The chance to be right at difficulties 1, 2, 3, twice the odds each; `share` in the exam."""
    least, most = 0.0, 1e6
    for _ in range(80):
        odds = (least + most) / 2
        found = [2 * odds / (1 + 2 * odds), odds / (1 + odds), odds / (2 + odds)]
        is_less = sum(part * rate for part, rate in zip(LIKE_THE_EXAM, found, strict=True)) < share
        least, most = (odds, most) if is_less else (least, odds)
    return found


def simulated(chance, share, count, *, domain=1, mix=LIKE_THE_EXAM, days=0.0):
    """Answers of a learner who would get `share` of the domain right, given over so many days."""
    rate = rates(share)
    return [
        answer(
            n,
            domain=domain,
            difficulty=(level := chance.choices((1, 2, 3), mix)[0]),
            is_right=chance.random() < rate[level - 1],
            age=chance.uniform(0, days),
        )
        for n in range(count)
    ]
