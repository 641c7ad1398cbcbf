"""Replicas whose own clocks differ agree on the time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from quizzes import shared_clock

CLOSE = timedelta(seconds=5)


@pytest.fixture
def asked(monkeypatch) -> list[datetime]:
    """Let the database's clock be five minutes ahead; tell how often it was looked at."""
    seen: list[datetime] = []

    def five_ahead() -> datetime:
        seen.append(timezone.now() + timedelta(minutes=5))
        return seen[-1]

    monkeypatch.setattr(shared_clock, "known", shared_clock.Difference())
    monkeypatch.setattr(shared_clock, "database_time", five_ahead)
    return seen


def test_the_time_is_the_databases(asked):
    now = shared_clock.now()

    assert abs(now - timezone.now() - timedelta(minutes=5)) < CLOSE


def test_the_difference_is_looked_up_once_and_anew_when_it_is_stale(asked):
    shared_clock.now()
    shared_clock.now()
    once = len(asked)
    shared_clock.known.stale_at = 0.0
    shared_clock.now()

    assert (once, len(asked)) == (1, 2)


def test_the_difference_holds_in_between(asked):
    shared_clock.now()

    assert abs(shared_clock.now() - timezone.now() - timedelta(minutes=5)) < CLOSE


@pytest.mark.django_db
def test_a_real_database_on_this_machine_agrees_with_it(monkeypatch):
    monkeypatch.setattr(shared_clock, "known", shared_clock.Difference())

    now = shared_clock.now()

    assert abs(now - timezone.now()) < CLOSE
    assert shared_clock.known.stale_at > 0
