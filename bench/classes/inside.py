"""What is done inside a site for classes: learners and their work are made, pages are timed.

Run as `python -m bench.classes.inside COMMAND NUMBER` with the site's environment; answers in JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from importlib import import_module
from itertools import islice
from typing import Any

import django
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.classes import ITEMS
from bench.inside import AT_ONCE, vacuum
from bench.quiz.course import PRACTICE

SIZES = (30, 500, 5_000)
COURSE = "aws-ecs-ecr"
SET = {"chapter": 8, "quiz": 9, "lab": 3}  # pieces of work that are set: twenty columns
ANALYSED = "analysed"  # the class whose quiz has a hundred questions
TEACHER = "teacher"
PAGES = {
    "overview": "overview/",
    "help": "help/",
    "gradebook": "gradebook/",
    "gradebook, sorted by a quiz": "gradebook/?sort=-quiz:overview",
    "gradebook, last page": "gradebook/?page=250",
}


def model(name: str) -> Any:  # Any: models are known once Django is set up
    return apps.get_model(name)


def fill(bench_course: str) -> None:
    """Make a class of each size with simulated learners, and one whose quiz is analysed."""
    simulation = import_module("classes.simulation")
    library = import_module("content.library")
    now = timezone.now()
    teacher = get_user_model().objects.create(
        username=TEACHER, email="teacher@example.com", is_owner=True, is_staff=True
    )
    course = library.course(COURSE)
    for size in SIZES:
        room = make_room(str(size), COURSE, teacher)
        simulation.fill(room, course, learners=size, seed=size, now=now, by=teacher)
        set_twenty(room, course)
    analyse(library.course(bench_course), teacher)
    vacuum()


def make_room(name: str, course: str, teacher: Any) -> Any:
    classrooms = import_module("classes.classrooms")
    return classrooms.create(teacher, name, course, "Asia/Tokyo", timezone.now() - timedelta(60))


def set_twenty(room: Any, course: Any) -> None:
    """Set as much work as the columns that are measured, whatever was set before."""
    assignments, kinds = import_module("classes.assignments"), model("classes.Assignment")
    kinds.objects.filter(classroom=room).delete()
    every = import_module("classes.work").columns(course)
    for kind, count in SET.items():
        for one in [one for one in every if one.kind == kind][:count]:
            terms = assignments.Terms("practice", "each") if kind == "quiz" else assignments.Terms()
            assignments.assign(
                room, one.kind, one.slug, terms=terms, due_at=None, at=timezone.now()
            )


def analyse(course: Any, teacher: Any) -> None:
    """Let the learners of the largest class sit a quiz of a hundred questions, all to the end."""
    room = make_room(ANALYSED, course.slug, teacher)
    Membership = model("classes.Membership")  # noqa: N806 - a class
    people = Membership.objects.filter(classroom__name=str(SIZES[-1]), role="learner")
    ids = list(people.values_list("user_id", flat=True))
    now = timezone.now()
    Membership.objects.bulk_create(
        [Membership(classroom=room, user_id=one, role="learner", joined_at=now) for one in ids],
        batch_size=AT_ONCE,
    )
    questions = course.quiz(PRACTICE).questions
    import_module("quizzes.bank").keep(course.slug, questions)
    for start in range(0, len(ids), 500):
        with transaction.atomic():
            sit(ids[start : start + 500], course.slug, questions, now)


def sit(ids: list[int], course: str, questions: tuple[Any, ...], now: Any) -> None:
    Attempt, Answer = model("quizzes.Attempt"), model("quizzes.Answer")  # noqa: N806 - classes
    made = Attempt.objects.bulk_create(
        Attempt(
            user_id=one, course=course, quiz=PRACTICE, mode="practice", number=1, feedback="end",
            language="en", seed=1, started_at=now, closed_at=now, closed_by="learner",
            out_of=len(questions), points=sum(credits(one, len(questions))),
        )
        for one in ids
    )  # fmt: skip
    rows = answers(made, questions, now)
    while batch := list(islice(rows, AT_ONCE)):
        Answer.objects.bulk_create(batch)


def answers(made: Iterable[Any], questions: tuple[Any, ...], now: Any) -> Iterator[Any]:
    Answer = model("quizzes.Answer")  # noqa: N806 - a class
    for attempt in made:
        earned = credits(attempt.user_id, len(questions))
        for place, question in enumerate(questions):
            yield Answer(
                attempt=attempt, position=place + 1, version_id=question.digest,
                order=list(range(len(question.choices))), picked=[place % 2],
                answered_at=now, credit=earned[place],
            )  # fmt: skip


def credits(person: int, count: int) -> list[float]:  # noqa: A001 - the field's own word
    """Return what a person earns: the abler, the more; harder questions, the less."""
    ability = person * 7919 % 97
    return [
        float((person * 31 + place * 17) % 97 < (ability + 97 - place) / 2)
        for place in range(count)
    ]


def bare(count: int) -> None:
    """Make as many people and scores on the bare site as the largest class has."""
    User, Score = get_user_model(), model("bare.Score")  # noqa: N806 - classes
    User.objects.bulk_create(
        [User(username=f"learner-{one:05}", email=f"l{one}@example.com") for one in range(count)]
    )
    ids = User.objects.values_list("pk", flat=True)
    rows = (Score(user_id=one, item=item, percent=item) for one in ids for item in range(ITEMS))
    while batch := list(islice(rows, AT_ONCE)):
        Score.objects.bulk_create(batch)
    vacuum()


def urls() -> dict[str, dict[int, str]]:
    """Return what is measured of Gantry: addresses by what they are and how large the class is."""
    rooms = dict(model("classes.Classroom").objects.values_list("name", "pk"))
    found = {
        name: {size: f"/classes/{rooms[str(size)]}/{tail}" for size in SIZES}
        for name, tail in PAGES.items()
    }
    csv = {size: f"/classes/{rooms[str(size)]}/results/csv/?group=set" for size in SIZES}
    items = {SIZES[-1]: f"/classes/{rooms[ANALYSED]}/items/{PRACTICE}/"}
    return found | {"CSV": csv, "item analysis": items}


def measure(rounds: int) -> dict[str, dict[int, dict[str, Any]]]:
    """Ask for every address in turn, `rounds` times; seconds by the clock and of this process."""
    client = client_of(TEACHER)
    found = {
        name: {size: about(client, url) for size, url in here.items()}
        for name, here in urls().items()
    }
    for _ in range(rounds):
        for here in found.values():
            for one in here.values():
                one["times"].append(timed(client, one["url"]))
    return found


def measure_bare(rounds: int) -> dict[str, Any]:
    client = client_of("learner-00000")
    found = about(client, "/scores/")
    found["times"] = [timed(client, found["url"]) for _ in range(rounds)]
    return found


def client_of(username: str) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(get_user_model().objects.get(username=username))
    return client


def about(client: Client, url: str) -> dict[str, Any]:
    """Return the queries and the bytes of an answer; what is loaded once is loaded then."""
    timed(client, url)
    with CaptureQueriesContext(connection) as queries:
        size = len(body(client, url))
    return {"url": url, "queries": len(queries), "bytes": size, "times": []}


def timed(client: Client, url: str) -> tuple[float, float]:
    clock, cpu = time.perf_counter(), time.process_time()
    body(client, url)
    return time.perf_counter() - clock, time.process_time() - cpu


def body(client: Client, url: str) -> bytes:
    answer = client.get(url, secure=True)
    assert answer.status_code == 200, (url, answer.status_code)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


COMMANDS = {"fill": fill, "bare": bare, "measure": measure, "measure-bare": measure_bare}

if __name__ == "__main__":
    django.setup()
    word = sys.argv[2]
    print(json.dumps(COMMANDS[sys.argv[1]](int(word) if word.isdigit() else word)))
