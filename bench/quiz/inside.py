"""What is done inside a site for the quiz: people and attempts are made, rows counted.

Run as `python -m bench.quiz.inside COMMAND NUMBER` with the site's environment; answers in JSON.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from importlib import import_module
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.courses import COURSE
from bench.inside import AT_ONCE, make_users, vacuum
from bench.quiz.course import CHAPTERS, EXAM_QUESTIONS, MOCK, PRACTICE
from bench.quiz.posts import AGAIN, ELAPSED

START = f"/quizzes/{COURSE}/{{}}/start/"
MODES = {PRACTICE: {"mode": "practice", "feedback": "each"}, MOCK: {"mode": "exam"}}
HTMX = {"hx-request": "true"}
WRONG = 3  # the position of the first answer that is wrong, as every third is
ASIDE = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")  # statements that read and write nothing


def model(name: str) -> Any:  # Any: models are known once Django is set up
    return apps.get_model("quizzes", name)


def people(count: int) -> list[tuple[str, str]]:
    """Make people and sign them in; return the cookies and the CSRF token of each."""
    return [signed_in(user) for user in make_users(count)]


def signed_in(user: Any) -> tuple[str, str]:  # Any: the one or the other user
    client = Client()
    client.force_login(user)
    request = RequestFactory().get("/")
    token = get_token(request)
    cookies = [f"{name}={kept.value}" for name, kept in client.cookies.items()]
    cookies.append(f"{settings.CSRF_COOKIE_NAME}={request.META['CSRF_COOKIE']}")
    return "; ".join(cookies), token


def browser(user: Any) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    return client


def attempts(count: int) -> dict[str, list[tuple[int, list[list[int]]]]]:
    """Let the first `count` people start both quizzes; return attempts and what to pick in each."""
    users = list(get_user_model().objects.order_by("pk")[:count])
    for user in users:
        client = browser(user)
        for quiz, fields in MODES.items():
            answer = client.post(START.format(quiz), fields, secure=True)
            assert answer.status_code == 302, answer
    remember(users)
    vacuum()
    return {quiz: [started(user, quiz) for user in users] for quiz in MODES}


def started(user: Any, quiz: str) -> tuple[int, list[list[int]]]:
    attempt = model("Attempt").objects.get(user=user, quiz=quiz, closed_at=None)
    return attempt.pk, [picks(row) for row in attempt.answer_set.order_by("position")]


def picks(row: Any) -> list[int]:
    """Return what to pick: one answer of three is wrong. The right choices come first."""
    right = bank(row.attempt.course, row.version_id).right_count
    return list(range(right)) if row.position % WRONG else list(range(1, right + 1))


def bank(course: str, digest: str) -> Any:
    return import_module("quizzes.bank").version(course, digest)


def remember(users: list[Any]) -> None:
    """Everybody has read every first section, and has seen every second question before."""
    schedule = import_module("quizzes.schedule")
    now = timezone.now()
    state, due = schedule.review(None, schedule.Rating.GOOD, now - timedelta(days=9), retention=90)
    questions = model("QuestionVersion").objects.order_by("question").values_list("question")
    Card = model("Card")  # noqa: N806 - a class
    cards = [
        Card(user=user, course=COURSE, question=question, state=state, due=due)
        for user in users
        for (question,) in questions[::2]
    ]
    Card.objects.bulk_create(cards, batch_size=AT_ONCE)
    SectionRead = apps.get_model("content", "SectionRead")
    read = [
        SectionRead(user=user, course=COURSE, chapter=f"chapter-{n}", section="part-1", read_at=now)
        for user in users
        for n in range(CHAPTERS)
    ]
    SectionRead.objects.bulk_create(read, batch_size=AT_ONCE)


def finish(first: int) -> list[int]:
    """Answer all questions of the mock exams that people from `first` on have open."""
    users = list(get_user_model().objects.order_by("pk").values_list("pk", flat=True)[first:])
    found = model("Attempt").objects.filter(user__in=users, quiz=MOCK, closed_at=None)
    rows = list(model("Answer").objects.filter(attempt__in=found).select_related("attempt"))
    for row in rows:
        row.picked, row.answered_at, row.seconds = picks(row), timezone.now(), ELAPSED
    model("Answer").objects.bulk_update(rows, ["picked", "answered_at", "seconds"], batch_size=500)
    vacuum()
    return list(found.order_by("user_id").values_list("pk", flat=True))


def history(count: int) -> int:
    """Let the last of all people have sat `count` mock exams; return how many there were."""
    user = get_user_model().objects.order_by("pk").last()
    Attempt, Answer = model("Attempt"), model("Answer")  # noqa: N806 - classes
    sat = Attempt.objects.filter(user=user, quiz=MOCK).count()
    now = timezone.now()
    made = Attempt.objects.bulk_create(
        Attempt(
            user=user, course=COURSE, quiz=MOCK, mode="exam", number=number, feedback="end",
            language="ja", seed=number, started_at=now, closed_at=now, closed_by="learner",
            out_of=EXAM_QUESTIONS, points=50,
        )
        for number in range(sat + 1, count + 1)
    )  # fmt: skip
    digests = list(model("QuestionVersion").objects.values_list("digest", flat=True))
    for start in range(0, len(made), AT_ONCE // EXAM_QUESTIONS):
        Answer.objects.bulk_create(
            Answer(
                attempt=attempt, position=position, version_id=digests[position % len(digests)],
                order=[2, 0, 1, 3], picked=[0], answered_at=now, seconds=ELAPSED, credit=1,
            )
            for attempt in made[start : start + AT_ONCE // EXAM_QUESTIONS]
            for position in range(1, EXAM_QUESTIONS + 1)
        )  # fmt: skip
    vacuum()
    return sat


def sample(place: int) -> dict[str, tuple[int, str]]:
    """Return how many queries each kind of post makes, and its answer: by the person there."""
    client = browser(get_user_model().objects.order_by("pk")[place])
    if settings.ROOT_URLCONF != "portal.urls":
        posts = {"answer": {"choice": "0"}, "autosave": {"choice": "0", **AGAIN}}
        return {name: seen(client, "/notes/1/", fields) for name, fields in posts.items()}
    found = {"start": seen(client, START.format(MOCK), MODES[MOCK])}
    client.post(START.format(PRACTICE), MODES[PRACTICE], secure=True)
    user = get_user_model().objects.order_by("pk")[place]
    for name, quiz, more in (("answer", PRACTICE, {}), ("autosave", MOCK, AGAIN)):
        pk, choices = started(user, quiz)
        for position in (1, WRONG):  # the first time things are loaded
            fields = {"choice": choices[position - 1], "elapsed": str(ELAPSED), **more}
            found[name] = seen(client, f"/quizzes/attempts/{pk}/{position}/", fields, **HTMX)
    found["submit"] = seen(client, f"/quizzes/attempts/{pk}/submit/", {})
    return found


def seen(client: Client, url: str, fields: dict[str, Any], **headers: str) -> tuple[int, str]:
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(url, fields, secure=True, headers=headers)
    assert answer.status_code in (200, 302), answer
    count = sum(not query["sql"].startswith(ASIDE) for query in queries)
    return count, answer.content.decode()


def rows(_: int) -> dict[str, int]:
    """Return what the posts have left: for every kind of row, how many."""
    if settings.ROOT_URLCONF != "portal.urls":
        return {"notes": apps.get_model("bare", "Note").objects.count()}
    answers, exams = model("Answer").objects, model("Attempt").objects.filter(quiz=MOCK)
    return {
        "marked": answers.filter(attempt__quiz=PRACTICE, credit__gte=0).count(),
        "saved": answers.filter(attempt__quiz=MOCK, picked__isnull=False).count(),
        "exams": exams.count(),
        "open": exams.filter(closed_at=None).count(),
    }


COMMANDS = (people, attempts, finish, history, sample, rows)

if __name__ == "__main__":
    django.setup()
    command = {one.__name__: one for one in COMMANDS}[sys.argv[1]]
    print(json.dumps(command(int(sys.argv[2]))))
