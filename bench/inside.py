"""What is done inside a site, with its own settings: rows are made, queries counted.

Run as `python -m bench.inside WORK` with the site's environment: a file of JSON, answered in JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

READER = "aiko"
AT_ONCE = 5000  # rows
NOW = datetime(2026, 11, 23, tzinfo=UTC)
Key = tuple[str, str, str]  # course, chapter, section


def fill(url: str, history: int, chapters: list[tuple[str, str, list[str]]]) -> dict[str, object]:
    """Make the reader, `history` rows of all readers together, and sign the reader in.

    The reader has read everything at most; what is left of the rows belongs to others.
    """
    keys = [(course, slug, section) for course, slug, sections in chapters for section in sections]
    users = make_users(1 + history // max(1, len(keys)))
    remaining = history
    if settings.ROOT_URLCONF == "portal.urls":
        make = gantry_rows(users, keys)
    else:
        make = bare_rows(users, keys, make_chapters(chapters))
    while batch := list(islice(make, min(AT_ONCE, remaining))):
        type(batch[0]).objects.bulk_create(batch)
        remaining -= len(batch)
    vacuum()
    return signed_in(url, users[0])


def make_users(count: int) -> list[Any]:  # Any: the one or the other user
    User = get_user_model()  # noqa: N806 - a class
    User.objects.all().delete()
    names = [READER, *(f"reader-{number}" for number in range(1, count))]
    people = [User(username=name, email=f"{name}@example.com", password="!") for name in names]  # noqa: S106 - no password fits
    User.objects.bulk_create(people, batch_size=AT_ONCE)
    return list(User.objects.order_by("pk"))


def gantry_rows(users: list[Any], keys: list[Key]) -> Iterator[Any]:
    SectionRead = apps.get_model("content", "SectionRead")
    for user in users:
        for course, chapter, section in keys:
            yield SectionRead(
                user_id=user.pk,
                course=course,
                chapter=chapter,
                section=section,
                text_hash="0" * 16,
                read_at=NOW,
            )


def make_chapters(chapters: list[tuple[str, str, list[str]]]) -> dict[tuple[str, str], int]:
    """Make the bare site's chapters anew; return their keys by course and slug."""
    Chapter = apps.get_model("bare", "Chapter")
    Chapter.objects.all().delete()
    made = Chapter.objects.bulk_create(
        Chapter(course=course, slug=slug, position=place, title=f"Chapter {place}")
        for place, (course, slug, _) in enumerate(chapters)
    )
    return {(one.course, one.slug): one.pk for one in made}


def bare_rows(
    users: list[Any], keys: list[Key], numbers: dict[tuple[str, str], int]
) -> Iterator[Any]:
    SectionRead = apps.get_model("bare", "SectionRead")
    for user in users:
        for course, chapter, section in keys:
            yield SectionRead(
                user_id=user.pk, chapter_id=numbers[course, chapter], section=section, read_at=NOW
            )


def vacuum() -> None:
    """Give PostgreSQL the statistics that its own housekeeping would have gathered."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def signed_in(url: str, user: Any) -> dict[str, object]:  # Any: the one or the other user
    """Return the reader's cookies after a first visit, and the queries the page makes."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    client.get(url, secure=True)  # what is loaded once does not count
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url, secure=True)
    assert answer.status_code == 200, answer
    return {
        "cookie": "; ".join(f"{name}={kept.value}" for name, kept in client.cookies.items()),
        "queries": [query["sql"] for query in queries],
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(fill(**json.loads(Path(sys.argv[1]).read_text("utf-8")))))
