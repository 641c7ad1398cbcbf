from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from quizzes.schedule import QUICK, SLOW, Rating, forecast, rating, review

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("is_right", "seconds", "is_flagged", "wanted"),
    [
        (False, 5, False, Rating.AGAIN),
        (False, 5, True, Rating.AGAIN),
        (True, QUICK, False, Rating.EASY),
        (True, QUICK + 1, False, Rating.GOOD),
        (True, SLOW, False, Rating.GOOD),
        (True, SLOW + 1, False, Rating.HARD),
        (True, 5, True, Rating.HARD),
    ],
)
def test_an_answer_is_rated_by_the_rule_the_page_tells(is_right, seconds, is_flagged, wanted):
    assert rating(is_right=is_right, seconds=seconds, is_flagged=is_flagged) is wanted


def days_until(state, rated, at, retention=90):
    state, due = review(state, rated, at, retention=retention)
    return state, due, (due - at).total_seconds() / 86400


def test_what_is_remembered_comes_back_later_and_later():
    state, at, gaps = None, NOW, []
    for _ in range(5):
        state, due, days = days_until(state, Rating.GOOD, at)
        gaps.append(days)
        at = due

    assert gaps == sorted(gaps)
    assert gaps[-1] > 10


def test_a_miss_brings_a_card_back_within_minutes():
    state, due, _ = days_until(None, Rating.EASY, NOW)

    _, _, days = days_until(state, Rating.AGAIN, due)

    assert days < 1 / 24


def test_who_wants_to_remember_more_is_asked_sooner():
    state, due, _ = days_until(None, Rating.EASY, NOW)

    _, _, relaxed = days_until(state, Rating.GOOD, due, retention=75)
    _, _, strict = days_until(state, Rating.GOOD, due, retention=95)

    assert strict < relaxed


def test_the_same_history_gives_the_same_day():
    assert review(None, Rating.GOOD, NOW, retention=90) == review(
        None, Rating.GOOD, NOW, retention=90
    )


def test_moments_are_kept_in_utc_whatever_zone_they_come_in():
    state, due = review(None, Rating.GOOD, NOW.astimezone(TOKYO), retention=90)

    assert due.utcoffset() == timedelta(0)
    assert state["last_review"].endswith("+00:00")


def test_a_clock_that_jumps_back_does_not_break_a_card():
    state, _ = review(None, Rating.GOOD, NOW, retention=90)

    _, due = review(state, Rating.GOOD, NOW - timedelta(days=3), retention=90)

    assert due >= NOW


def test_the_forecast_counts_by_the_learners_days_and_today_has_what_is_overdue():
    dues = [
        NOW - timedelta(days=9),
        NOW,
        datetime(2026, 11, 25, 14, 59, tzinfo=UTC),  # 23:59 in Tokyo
        datetime(2026, 11, 25, 15, 0, tzinfo=UTC),  # midnight there
        NOW + timedelta(days=40),
    ]

    found = forecast(dues, NOW, TOKYO, 3)

    assert found == [(date(2026, 11, 25), 3), (date(2026, 11, 26), 1), (date(2026, 11, 27), 0)]
