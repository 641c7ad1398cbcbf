"""Classes whose learners sat quizzes: the rows that item analysis reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from accounts.models import User
from classes.models import Classroom, Membership
from content.catalog.model import Course
from content.catalog.questions import Question
from quizzes import bank, grading
from quizzes.models import Answer, Attempt
from tests.content.quiz_builder import RIGHT
from tests.quizzes.sitting import WRONG

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
GOLDEN = ["1111", "1110", "1100", "1001", "1000", "0001"]  # six learners, four questions


def make_class(name: str, course: str = "demo") -> Classroom:
    return Classroom.objects.create(
        name=name, course=course, time_zone="UTC", join_code=name[:16], created_at=MONDAY
    )


def join(
    room: Classroom, user: User, role: str = Membership.Role.LEARNER, *, has_left: bool = False
) -> Membership:
    left_at = MONDAY + timedelta(days=1) if has_left else None
    return Membership.objects.create(
        classroom=room, user=user, role=role, joined_at=MONDAY, left_at=left_at
    )


def make_learners(room: Classroom, count: int, prefix: str = "learner") -> list[User]:
    users = User.objects.bulk_create(
        [User(username=f"{prefix}-{n:04}", password="!") for n in range(count)]
    )
    Membership.objects.bulk_create(
        [Membership(classroom=room, user=user, role="learner", joined_at=MONDAY) for user in users]
    )
    return users


def sit(  # noqa: PLR0913 - what an attempt may differ by
    user: User,
    quiz: str,
    given: Iterable[tuple[Question, grading.Picked]],
    *,
    at: datetime = MONDAY,
    mode: str = "practice",
    is_open: bool = False,
    unscored: Sequence[str] = (),
) -> Attempt:
    """Sit a quiz of the course demo with these answers; None is a question left blank."""
    answers = list(given)
    bank.keep("demo", [question for question, _ in answers])
    marks = [grading.mark(question, picked).credit for question, picked in answers]
    counted = [
        credit
        for (question, _), credit in zip(answers, marks, strict=True)
        if question.id not in unscored
    ]
    number = Attempt.objects.of(user.pk, "demo", quiz).filter(mode=mode).count() + 1
    attempt = Attempt.objects.create(
        user=user,
        course="demo",
        quiz=quiz,
        mode=mode,
        number=number,
        feedback="end",
        language="en",
        seed=1,
        started_at=at,
        closed_at=None if is_open else at + timedelta(minutes=5),
        closed_by="" if is_open else "learner",
        points=None if is_open else sum(counted),
        out_of=len(counted),
    )
    Answer.objects.bulk_create(
        [
            Answer(
                attempt=attempt,
                position=position,
                version_id=question.digest,
                order=list(range(len(question.choices))),
                picked=picked,
                credit=None if is_open else credit,
                is_scored=question.id not in unscored,
            )
            for position, ((question, picked), credit) in enumerate(
                zip(answers, marks, strict=True), 1
            )
        ]
    )
    return attempt


def right_or_wrong(
    questions: Iterable[Question], signs: str
) -> list[tuple[Question, grading.Picked]]:
    """Return an answer to each question: right where the sign is 1, wrong where it is 0."""
    return [
        (question, (RIGHT if sign == "1" else WRONG)[question.kind])
        for question, sign in zip(questions, signs, strict=True)
    ]


def questions(course: Course, quiz: str, count: int | None = None) -> list[Question]:
    return list(course.quiz(quiz).questions)[:count]


def fill(room: Classroom, course: Course, rows: Sequence[str], quiz: str = "extra") -> list[User]:
    """Let a learner for each row sit a quiz: right where the row has 1."""
    users = make_learners(room, len(rows))
    for user, row in zip(users, rows, strict=True):
        sit(user, quiz, right_or_wrong(questions(course, quiz, len(row)), row))
    return users
