"""What happens at the same moment: real threads, each with its own connection."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from typing import TypeVar

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from content.catalog.questions import Question
from quizzes import attempts, bank, grading, marking
from quizzes.attempts import ClosedAttemptError, Given, NoAttemptsLeftError, Paper, Terms
from quizzes.drawing import shuffled
from quizzes.models import Answer, Attempt, Card, QuestionVersion, Recall
from tests.content.quiz_builder import make_question
from tests.factories import make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("courses_dir")]

CROWD = 8  # threads
ROUNDS = 5  # of what only an unlucky moment would break
HELD = 0.01  # seconds that an answer is held before it is saved, for others to come in between
PRACTICE = Terms(Attempt.Mode.PRACTICE, Attempt.Feedback.EACH, "en")
EXAM = Terms(Attempt.Mode.EXAM, Attempt.Feedback.END, "en", minutes=10)
RIGHT, WRONG = [0], [1]

T = TypeVar("T")


@pytest.fixture
def learner() -> User:
    return make_user("aiko")


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    return [make_question(f"q-{n}") for n in range(CROWD)]


def at_once(*works: Callable[[], T]) -> list[T | Exception]:
    """Do all of these in threads that begin together; return what each gave or raised."""
    barrier = threading.Barrier(len(works), timeout=30)

    def alone(work: Callable[[], T]) -> T | Exception:
        try:
            connection.ensure_connection()
            barrier.wait()
            return work()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as crowd:
        return list(crowd.map(alone, works))


def start(
    learner: User, questions: Sequence[Question], terms: Terms = PRACTICE, *, quiz: str = "race"
) -> Attempt:
    seed = attempts.new_seed()
    paper = Paper("demo", quiz, shuffled(questions, seed), seed)
    return attempts.start(learner.pk, paper, terms, timezone.now())


def answer(attempt: Attempt, position: int, picked: list[int]) -> str:
    """Save an answer as the view does, slowly; tell whether it was in time."""
    now = timezone.now()
    try:
        with attempts.opened(attempt.user, attempt.pk, position, now) as row:
            time.sleep(HELD)
            attempts.record(row, Given(picked, now, 30), now)
    except ClosedAttemptError:
        return "too late"
    return "saved"


def submit(attempt: Attempt) -> str:
    attempts.submit(attempt.user, attempt.pk, timezone.now())
    return "closed"


def rows(attempt: Attempt) -> list[Answer]:
    return list(attempt.answer_set.order_by("position"))


def test_many_starts_at_once_are_one_open_attempt(learner, questions):
    for n in range(ROUNDS):
        started = at_once(*[lambda n=n: start(learner, questions, quiz=f"race-{n}").pk] * CROWD)

        only = Attempt.objects.get(quiz=f"race-{n}")
        assert started == [only.pk] * CROWD
        assert [row.position for row in rows(only)] == list(range(1, CROWD + 1))
    assert QuestionVersion.objects.count() == len(questions)


def test_the_last_attempt_started_many_times_at_once_is_open_for_all(learner, questions):
    last = Terms(Attempt.Mode.EXAM, Attempt.Feedback.END, "en", minutes=10, limit=1)

    for n in range(ROUNDS):
        started = at_once(
            *[lambda n=n: start(learner, questions, last, quiz=f"race-{n}").pk] * CROWD
        )

        assert started == [Attempt.objects.get(quiz=f"race-{n}").pk] * CROWD


def test_a_limit_of_attempts_holds_however_fast_they_are_started_and_closed(learner, questions):
    three = Terms(Attempt.Mode.EXAM, Attempt.Feedback.END, "en", minutes=10, limit=3)

    def again_and_again() -> str:
        for _ in range(10):
            submit(start(learner, questions[:1], three))
        return "never refused"

    ends = at_once(*[again_and_again] * CROWD)

    assert [type(end) for end in ends] == [NoAttemptsLeftError] * CROWD, ends
    numbers = Attempt.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3]


def test_the_start_that_wins_keeps_its_own_deadline(learner, questions):
    now = timezone.now()

    def start_at(second: int, quiz: str) -> int:
        factor = Decimal("1.5") if second % 2 else Decimal(1)
        terms = Terms(EXAM.mode, EXAM.feedback, "en", minutes=10, time_factor=factor)
        paper = Paper("demo", quiz, shuffled(questions, 7), 7)
        return attempts.start(learner.pk, paper, terms, now + timedelta(seconds=second)).pk

    for n in range(ROUNDS):
        started = at_once(*[lambda s=s, n=n: start_at(s, f"race-{n}") for s in range(CROWD)])

        only = Attempt.objects.get(quiz=f"race-{n}")
        assert started == [only.pk] * CROWD
        winner = round((only.started_at - now).total_seconds())
        assert only.deadline == only.started_at + timedelta(minutes=15 if winner % 2 else 10)


@pytest.mark.parametrize("terms", [PRACTICE, EXAM], ids=["practice", "exam"])
def test_answers_and_the_end_at_once_leave_points_that_the_rows_bear_out(learner, questions, terms):
    for n in range(ROUNDS):
        attempt = start(learner, questions, terms, quiz=f"race-{n}")

        def give(position: int, attempt: Attempt = attempt) -> str:
            time.sleep(HELD * (position % 3))  # some before the end, some after it
            return answer(attempt, position, RIGHT if position % 2 else WRONG)

        def end(attempt: Attempt = attempt) -> str:
            time.sleep(HELD)
            return submit(attempt)

        *given, ended = at_once(*[lambda p=p: give(p) for p in range(1, CROWD + 1)], end)

        attempt.refresh_from_db()
        found = rows(attempt)
        versions = bank.versions("demo", map(marking.key_of, found))
        marks = [grading.mark(versions[row.version_id], row.picked).credit for row in found]
        assert ended == "closed"
        assert given == ["too late" if row.picked is None else "saved" for row in found]
        assert [row.credit for row in found] == marks
        assert attempt.points == sum(marks)
    assert Recall.objects.count() == Answer.objects.exclude(picked=None).count()


def test_many_ends_at_once_are_one(learner, questions):
    attempt = start(learner, questions, EXAM)
    for row in rows(attempt):
        answer(attempt, row.position, RIGHT)

    ended = at_once(*[lambda: submit(attempt)] * CROWD)

    assert ended == ["closed"] * CROWD
    attempt.refresh_from_db()
    assert attempt.points == len(questions)
    assert Recall.objects.count() == Card.objects.count() == len(questions)


def test_the_same_answer_sent_many_times_at_once_is_one(learner, questions):
    attempt = start(learner, questions)

    sent = at_once(*[lambda: answer(attempt, 1, RIGHT)] * CROWD)

    assert sent == ["saved"] * CROWD
    assert [row.picked for row in rows(attempt)] == [RIGHT] + [None] * (len(questions) - 1)
    assert Recall.objects.get().card == Card.objects.get()


def test_different_answers_to_one_question_at_once_leave_the_one_that_was_marked(
    learner, questions
):
    attempt = start(learner, questions)

    sent = at_once(*[lambda n=n: answer(attempt, 1, [n % 4]) for n in range(CROWD)])

    assert sent == ["saved"] * CROWD
    first = rows(attempt)[0]
    assert first.credit == (1.0 if first.picked == RIGHT else 0.0)
    assert Recall.objects.get().rating == (3 if first.picked == RIGHT else 1)


def test_two_attempts_at_the_same_questions_closed_at_once_teach_every_card_twice(
    learner, questions
):
    for n in range(ROUNDS):
        pair = [start(learner, questions, EXAM, quiz=f"race-{n}-{one}") for one in range(2)]
        for attempt in pair:
            for position in range(1, CROWD + 1):
                answer(attempt, position, RIGHT)

        ended = at_once(*[lambda one=one: submit(one) for one in pair])

        assert ended == ["closed"] * 2
        assert Card.objects.count() == len(questions)
        assert Recall.objects.count() == 2 * (n + 1) * len(questions)
