"""A second database, and rows of every kind to carry from one to the other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections, models

from content.models import SectionRead
from portal import database, tables
from quizzes.models import Answer, Attempt, Card, QuestionVersion, Recall
from tests.factories import make_user

OTHER = "other"
MOMENT = datetime(2026, 3, 29, 1, 59, 59, 123456, tzinfo=UTC)
STATE = {"stability": 2.5e-7, "due": None, "large": 1e22, "zero": -0.0, "text": '"\\\u0001🙂'}


def fill() -> None:
    """Make rows with what may get lost: microseconds, Japanese, floats, empty and nested JSON."""
    aiko = make_user("aiko", display_name="愛子 'e\u0301'\n", last_login=MOMENT)
    group = Group.objects.create(name="班")
    group.permissions.set(Permission.objects.order_by("pk")[:3])
    aiko.groups.add(group)
    session = SessionStore()
    session["seen"] = ["a", 1]
    session.create()
    SectionRead.objects.create(
        user=aiko, course="c", chapter="b", section="a", text_hash="h", read_at=MOMENT
    )
    version = QuestionVersion.objects.create(
        digest="d" * 64, course="c", question="q", payload="{}"
    )
    attempt = make_attempt(aiko.pk)
    picks: list[Any] = [[1, 2], None, "第1問 🙂", {"a": {"b": []}}]
    pairs = zip(picks, (None, 0.1, 1 / 3, 1.0), strict=True)
    Answer.objects.bulk_create(
        Answer(
            attempt=attempt, position=n, version=version, order=[n], picked=picked, credit=credit
        )
        for n, (picked, credit) in enumerate(pairs, start=1)
    )
    card = Card.objects.create(user=aiko, course="c", question="q", state=STATE, due=MOMENT)
    days = (MOMENT + timedelta(days=n) for n in range(1200))  # more than one batch
    Recall.objects.bulk_create(Recall(card=card, rating=3, seconds=7, at=day) for day in days)


def make_attempt(user_id: int) -> Attempt:
    return Attempt.objects.create(
        user_id=user_id,
        course="c",
        quiz="q",
        mode=Attempt.Mode.PRACTICE,
        number=1,
        feedback=Attempt.Feedback.END,
        language="ja",
        seed=2**62,
        started_at=MOMENT,
        out_of=1,
    )


def without_sessions(found: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return found | {tables.SESSIONS: []}


def rows(using: str) -> dict[str, list[Any]]:
    """Return every row of every table, as Django reads it, in an order that both databases have."""
    return {
        label: sorted(
            models.QuerySet(model, using=using).values_list(), key=lambda row: repr(row[0])
        )
        for label, model in tables.every().items()
    }


def table_names(using: str) -> set[str]:
    return set(connections[using].introspection.table_names())


class added:  # noqa: N801 - reads as a word
    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        one = database.SQLITE | {"NAME": str(self.path)}
        configured = connections.configure_settings({"default": {}, OTHER: one})
        connections.settings[OTHER] = configured[OTHER]
        connections[OTHER].connect()  # what is connected, tests may use

    def __exit__(self, *error: object) -> None:
        connections[OTHER].close()
        del connections[OTHER]
        del connections.settings[OTHER]
