"""A learner at the export page: what they ask for, and which questions came."""

from __future__ import annotations

import json

from django.test import Client

from quizzes.models import Attempt
from tests.quizzes.sitting import answer, rows, start, submit

FILE = "/quizzes/demo/export/file/"
ENGLISH = {"Accept-Language": "en"}


def exported(client: Client, **wanted: str):
    defaults = {"format": "json", "language": "en"}
    return client.get(FILE, defaults | wanted, headers=ENGLISH)


def ids(response) -> list[str]:
    assert response.status_code == 200, response.content
    return [one["id"] for one in json.loads(response.content)["questions"]]


def sat(client: Client, quiz: str = "first", *, right: bool = False) -> Attempt:
    attempt = start(client, quiz)
    for row in rows(attempt):
        answer(client, row, right=right)
    return submit(client, attempt)
