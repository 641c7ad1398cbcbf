"""A learner at a quiz, by the URLs a browser would use."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client

from content import library
from quizzes.models import Answer, Attempt
from tests.content.quiz_builder import RIGHT

HTMX = {"HX-Request": "true"}
WRONG: dict[str, list[int] | str] = {
    "single": [1],
    "multiple": [0, 2],
    "ordering": [1, 0, 2],
    "matching": [1, 0, 2],
    "short": "bravo",
}


def start(client: Client, quiz: str = "first", **fields: str) -> Attempt:
    """Start a quiz of the course demo and return the attempt."""
    answer = client.post(f"/quizzes/demo/{quiz}/start/", {"mode": "practice"} | fields)
    assert answer.status_code == 302, answer.content
    return Attempt.objects.latest("pk")


def kind_of(row: Answer) -> str:
    return library.course("demo").questions[row.version.question].kind


def fields(kind: str, picked: list[int] | str) -> dict[str, Any]:
    """Return what a form posts to pick this."""
    if isinstance(picked, str):
        return {"text": picked}
    if kind in ("ordering", "matching"):
        return {f"choice-{n}": str(one) for n, one in enumerate(picked)}
    return {"choice": [str(one) for one in picked]}


def rows(attempt: Attempt) -> list[Answer]:
    return list(attempt.answer_set.select_related("version").order_by("position"))


def url(row: Answer) -> str:
    return f"/quizzes/attempts/{row.attempt_id}/{row.position}/"


def answer(client: Client, row: Answer, *, right: bool = True, **more: Any):
    """Post a right or a wrong answer; `more` are further fields, or `headers`."""
    headers = more.pop("headers", {})
    kind = kind_of(row)
    picked = (RIGHT if right else WRONG)[kind]
    return client.post(url(row), fields(kind, picked) | more, headers=headers)


def submit(client: Client, attempt: Attempt) -> Attempt:
    client.post(f"/quizzes/attempts/{attempt.pk}/submit/")
    attempt.refresh_from_db()
    return attempt


def let_time_run_out(attempt: Attempt, *, ago: timedelta = timedelta(minutes=1)) -> None:
    """Move an attempt into the past, so that its time ran out `ago`."""
    assert attempt.deadline is not None
    back = attempt.deadline - attempt.started_at + ago
    Attempt.objects.filter(pk=attempt.pk).update(
        started_at=attempt.started_at - back, deadline=attempt.deadline - back
    )
    attempt.refresh_from_db()
