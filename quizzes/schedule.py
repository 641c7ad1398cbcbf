"""When a question should be asked again: FSRS, and the rule from an answer to a rating. Pure.

The rule, as the review page tells it: wrong is Again; right but flagged or slower than the exam
allows for a question is Hard; right within 25 seconds is Easy; any other right answer is Good.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fsrs import Scheduler

SLOW = 144  # seconds: 180 minutes for 75 questions
QUICK = 25  # seconds
DAYS = 14  # of the forecast

State = dict[str, Any]  # Any: JSON that FSRS writes and reads


class Rating(IntEnum):
    """What FSRS learns from an answer; the numbers are its own."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


def rating(*, is_right: bool, seconds: int, is_flagged: bool) -> Rating:
    """Return the rating of an answer that took so many seconds."""
    if not is_right:
        return Rating.AGAIN
    if is_flagged or seconds > SLOW:
        return Rating.HARD
    return Rating.EASY if seconds <= QUICK else Rating.GOOD


def review(
    state: State | None, rated: Rating, at: datetime, *, retention: int
) -> tuple[State, datetime]:
    """Return the state after an answer, and when the card is due again (UTC).

    `state` is None for a new card, `at` is aware. `retention` in percent is how likely the learner
    wants to be right when asked again. Intervals are not fuzzed: the same history, the same day.
    """
    from fsrs import Card  # noqa: PLC0415 - only who answers pays for it
    from fsrs import Rating as FsrsRating  # noqa: PLC0415

    card = Card.from_dict(state) if state else Card(card_id=1, due=at.astimezone(UTC))  # type: ignore[arg-type]
    moment = max(at.astimezone(UTC), card.last_review or at.astimezone(UTC))
    after, _ = _scheduler(retention).review_card(card, FsrsRating(rated), moment)
    return dict(after.to_dict()), after.due


@lru_cache(maxsize=64)
def _scheduler(retention: int) -> Scheduler:
    from fsrs import Scheduler  # noqa: PLC0415 - see above

    return Scheduler(desired_retention=retention / 100, enable_fuzzing=False)


def forecast(
    dues: Sequence[datetime], now: datetime, zone: tzinfo, days: int
) -> list[tuple[date, int]]:
    """Return how many cards fall due on each of the coming days, today with all that is overdue."""
    today = now.astimezone(zone).date()
    counts = {today + timedelta(days=ahead): 0 for ahead in range(days)}
    for due in dues:
        day = max(due.astimezone(zone).date(), today)
        if day in counts:
            counts[day] += 1
    return list(counts.items())
