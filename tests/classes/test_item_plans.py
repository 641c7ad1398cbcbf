"""How the databases find the answers of a class: by its attempts, never by all there are."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from classes import firsts, items
from quizzes.models import Answer, Attempt, QuestionVersion
from tests.classes.items_rows import MONDAY, fill, make_class, make_learners, questions

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(class_course):
    """A class that nobody has joined yet."""
    return make_class("Friday group")


@pytest.fixture(params=["analysed", "fresh"])
def crowd(request, room, class_course):
    """A class of 30 among 600 other people who answered the same 8 questions.

    SQLite knows how many they are only after ANALYZE, which the site does not run.
    """
    asked = questions(class_course, "extra")
    fill(room, class_course, ["10110100"] * 30)
    others = make_learners(make_class("Everybody else"), 600, "other")
    first = Attempt.objects.order_by("pk")[0]
    stamp = {"started_at": MONDAY, "closed_at": MONDAY, "closed_by": "learner", "points": 4}
    attempts = Attempt.objects.bulk_create(
        [
            Attempt(
                user=user,
                number=1,
                mode="practice",
                course="demo",
                quiz="extra",
                feedback="end",
                language="en",
                seed=1,
                out_of=8,
                **stamp,
            )
            for user in others
        ]
    )
    assert first.out_of == 8
    Answer.objects.bulk_create(
        [
            Answer(
                attempt=attempt,
                position=position,
                version_id=question.digest,
                order=[0, 1, 2, 3],
                picked=[position % 4],
                credit=float(position % 4 == 0),
            )
            for attempt in attempts
            for position, question in enumerate(asked)
        ]
    )
    if request.param == "analysed":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return room


def plan(query: QuerySet[Any, Any]) -> list[str]:
    """Return the steps of a query's plan that touch the answers."""
    if connection.vendor == "sqlite":
        return [one for one in query.explain().splitlines() if "quizzes_answer" in one]
    steps, found = [json.loads(query.explain(format="json"))[0]["Plan"]], []
    while steps:
        step = steps.pop()
        steps += step.get("Plans", [])
        kind, index = step["Node Type"], step.get("Index Name", "")
        is_here = step.get("Relation Name") == "quizzes_answer" or "quizzes_answer" in index
        if is_here and kind != "Bitmap Heap Scan":  # fetches what the index below it found
            found.append(f"{kind} {index}")
    return found


@pytest.mark.parametrize("quiz", ["", "extra"])
@pytest.mark.parametrize("digest", [None, "one"])
def test_no_plan_scans_the_answers_or_starts_from_a_question(crowd, quiz, digest):
    one = QuestionVersion.objects.order_by("pk")[0].digest
    rows = firsts.answers_to(crowd, "extra", one) if digest else firsts.answers(crowd, quiz)

    steps = plan(items.grouped(rows) if digest is None else rows.values_list("picked"))

    assert steps
    for step in steps:
        assert "attempt" in step, steps  # an index that begins with the attempt
        assert "SCAN" not in step and "Seq Scan" not in step, steps
