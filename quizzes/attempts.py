"""Attempts: started, answered, flagged and closed. The server's clock and rows decide."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from accounts.models import User
from quizzes import bank, grading, marking, reviews
from quizzes.drawing import Drawn
from quizzes.grading import Picked
from quizzes.models import Answer, Attempt

GRACE = timedelta(seconds=10)  # an answer on its way when the time ran out still counts
LONGEST = 3600  # seconds at one question that are believed
TRIES = 5


class AlreadyOpenError(Exception):
    """Another attempt of the quiz is open: it is to be finished first."""

    def __init__(self, attempt: Attempt) -> None:
        super().__init__(attempt)
        self.attempt = attempt


class NoAttemptsLeftError(Exception):
    """The learner has used all attempts the quiz allows."""


class ClosedAttemptError(Exception):
    """The attempt is closed: what was answered counts, nothing can be added."""

    def __init__(self, attempt: Attempt) -> None:
        super().__init__(attempt)
        self.attempt = attempt


class NothingToAskError(Exception):
    """There is no question to ask."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms an attempt is started; fixed in its row from then on.

    `minutes` without a limit is None; `time_factor` lengthens them for a learner who needs it.
    `limit` is how many attempts of this mode the learner has.
    """

    mode: Attempt.Mode
    feedback: Attempt.Feedback
    language: str
    minutes: int | None = None
    time_factor: Decimal = Decimal(1)
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """The questions of a quiz as they are drawn for one attempt, and the seed they came from."""

    course: str
    quiz: str
    drawn: Sequence[Drawn]
    seed: int


def new_seed() -> int:
    return secrets.randbits(62)


def start(user_id: int, paper: Paper, terms: Terms, at: datetime) -> Attempt:
    """Start an attempt with these questions, or return the one that is open in the same mode.

    Raises AlreadyOpenError, NoAttemptsLeftError, NothingToAskError. Two starts at once are one:
    constraints number attempts and allow one open, whoever comes second sees what the first did.
    """
    if not paper.drawn:
        raise NothingToAskError
    bank.keep(paper.course, [one.question for one in paper.drawn])
    earlier = Attempt.objects.of(user_id, paper.course, paper.quiz)
    for _ in range(TRIES):
        running = earlier.running().first()
        if running is not None and not close_if_overdue(running, at):
            if running.mode != terms.mode:
                raise AlreadyOpenError(running)
            return running
        number = _next_number(earlier.filter(mode=terms.mode))
        if terms.limit is not None and number > terms.limit:
            if earlier.running().exists():
                continue  # the last one was started just now, and is ours too
            raise NoAttemptsLeftError
        attempt = _new(user_id, paper, terms, number, at)
        try:
            with transaction.atomic():
                attempt.save(force_insert=True)
                Answer.objects.bulk_create(_blank(attempt, paper.drawn))
        except IntegrityError:
            continue  # another start came first; the next look finds it
        return attempt
    raise AssertionError("somebody starts attempts faster than we can look")


def _new(user_id: int, paper: Paper, terms: Terms, number: int, at: datetime) -> Attempt:
    minutes = terms.minutes and float(terms.minutes * terms.time_factor)
    return Attempt(
        user_id=user_id,
        course=paper.course,
        quiz=paper.quiz,
        mode=terms.mode,
        number=number,
        feedback=terms.feedback,
        language=terms.language,
        seed=paper.seed,
        started_at=at,
        deadline=at + timedelta(minutes=minutes) if minutes else None,
        out_of=sum(one.is_scored for one in paper.drawn),
    )


def _next_number(earlier: QuerySet[Attempt]) -> int:
    last: int | None = earlier.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _blank(attempt: Attempt, drawn: Sequence[Drawn]) -> list[Answer]:
    return [
        Answer(
            attempt=attempt,
            position=position,
            version_id=one.question.digest,
            order=list(one.order),
            is_scored=one.is_scored,
        )
        for position, one in enumerate(drawn, start=1)
    ]


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it arrives. `at` is when the learner gave it, as far as that can be known."""

    picked: Picked
    at: datetime
    seconds: int = 0


@contextmanager
def opened(
    user: User, attempt_id: int, position: int, now: datetime, *, is_marked: bool = True
) -> Iterator[Answer]:
    """Hold an answer of an open attempt, in one transaction, so that nobody else changes it.

    With `is_marked` the state of its card comes along, for an answer that may be marked at once.
    Raises Answer.DoesNotExist (also for somebody else's) and ClosedAttemptError; an attempt whose
    time ran out is closed first.
    """
    with transaction.atomic():
        row = _locked(user, attempt_id, position, is_marked=is_marked)
        is_closed = _is_closed(row.attempt, now)
        if not is_closed:
            yield row
    if is_closed:
        raise ClosedAttemptError(row.attempt)


def record(row: Answer, given: Given, now: datetime) -> None:
    """Save an answer that is held, and mark it when the attempt shows feedback after each.

    Sent twice it is saved once; one that was given before the saved one changes nothing; one that
    was marked stays.
    """
    moment = min(max(given.at, row.attempt.started_at), max(now, row.attempt.started_at))
    # A saved moment that is yet to come says that a clock was set back, not that this one is older.
    is_late = row.answered_at is not None and moment < row.answered_at <= now
    if is_late or row.credit is not None:
        return
    row.picked = None if grading.is_blank(given.picked) else given.picked
    row.answered_at = moment
    row.seconds = min(max(row.seconds, given.seconds), LONGEST)
    if row.attempt.feedback == Attempt.Feedback.EACH and row.picked is not None:
        marking.mark_now(row, now)
    row.save(update_fields=["picked", "answered_at", "seconds", "is_flagged", "credit"])


def flag(row: Answer, *, is_flagged: bool) -> None:
    """Flag a question to come back to, or take the flag away."""
    row.is_flagged = is_flagged
    row.save(update_fields=["is_flagged"])


def submit(user: User, attempt_id: int, now: datetime) -> Attempt:
    """Close an attempt and mark it. Twice is the same as once. Raises Attempt.DoesNotExist."""
    with transaction.atomic():
        attempt = Attempt.objects.select_for_update().get(pk=attempt_id, user_id=user.pk)
        attempt.user = user
        if not _is_closed(attempt, now):
            marking.close(attempt, now, Attempt.ClosedBy.LEARNER)
    return attempt


def close_if_overdue(attempt: Attempt, now: datetime) -> bool:
    """Close an attempt whose time ran out; return whether it is closed (now, or before)."""
    if attempt.closed_at is None and is_overdue(attempt, now):
        with transaction.atomic():
            locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
            _is_closed(locked, now)
        attempt.refresh_from_db()
    return attempt.closed_at is not None


def close_overdue(now: datetime, user_id: int | None = None) -> int:
    """Close every attempt whose time ran out, of one person or of all; return how many."""
    overdue = Attempt.objects.running().filter(deadline__lt=now - GRACE)
    if user_id is not None:
        overdue = overdue.filter(user_id=user_id)
    return sum(close_if_overdue(attempt, now) for attempt in overdue)


def is_overdue(attempt: Attempt, now: datetime) -> bool:
    return attempt.deadline is not None and now > attempt.deadline + GRACE


def _is_closed(attempt: Attempt, now: datetime) -> bool:
    """Return whether an attempt is closed; closes a locked one whose time ran out."""
    if attempt.closed_at is None and is_overdue(attempt, now):
        marking.close(attempt, now, Attempt.ClosedBy.TIME)
    return attempt.closed_at is not None


def _locked(user: User, attempt_id: int, position: int, *, is_marked: bool) -> Answer:
    """Return an answer with its attempt: both stay as they are until the transaction ends.

    The attempt is locked first, as `submit` does: whoever locks in another order waits for ever.
    """
    rows = Answer.objects.select_related("attempt").select_for_update(of=("attempt", "self"))
    if is_marked:
        rows = rows.annotate(card_state=reviews.state_of_card(user.pk))
    row = rows.get(attempt_id=attempt_id, attempt__user_id=user.pk, position=position)
    row.attempt.user = user
    return row
