"""What is done inside a site: learners with a whole course behind them are made by the thousand.

Run as `python -m bench.scaling.inside LEARNERS` with the site's environment; answers in JSON. One
learner is written out; the database copies that one's rows to all others.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from importlib import import_module
from typing import Any

import django
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone

from bench.courses import COURSE
from bench.inside import AT_ONCE, vacuum
from bench.quiz.course import CHAPTERS, EXAM_QUESTIONS, MOCK, PRACTICE

FIRST = "graduate"  # whose rows are copied
APART = 100_000  # a copy's key is the copied key and so many times its owner's
SITTINGS = ((MOCK, "exam", "end", 2, EXAM_QUESTIONS), (PRACTICE, "practice", "each", 10, 20))
SECTIONS, RECALLS = 8, 3  # read in each chapter; of each card
KINDS = (
    ("content.SectionRead", "", ""),
    ("quizzes.Attempt", "", ""),
    ("quizzes.Answer", "attempt", "quizzes.Attempt"),
    ("quizzes.Card", "", ""),
    ("quizzes.Recall", "card", "quizzes.Card"),
)  # what is copied, and by what it belongs to its owner
NAMED = {"quizzes.Attempt", "quizzes.Card"}  # others point at these


def grow(learners: int) -> dict[str, Any]:
    """Bring the site to so many learners who have finished; return its rows and bytes."""
    User = get_user_model()  # noqa: N806 - a class
    first = User.objects.filter(username=FIRST).first() or graduate()
    there = User.objects.filter(username__startswith=f"{FIRST}-").count()
    names = [f"{FIRST}-{number}" for number in range(there, learners)]
    people = [User(username=one, email=f"{one}@example.com", password="!") for one in names]  # noqa: S106 - no password fits
    made = User.objects.bulk_create(people, batch_size=AT_ONCE)
    if made:
        with transaction.atomic():
            for kind, owner, owners in KINDS:
                copy(kind, owner, owners, first.pk, (made[0].pk, made[-1].pk))
    vacuum()
    rows = {kind: apps.get_model(kind).objects.count() for kind, *_ in KINDS}
    return {"rows": rows, "bytes": size()}


def graduate() -> Any:  # Any: models are known once Django is set up
    """Write out one learner who has read everything, practised, and sat the exam."""
    user = get_user_model().objects.create(username=FIRST, password="!")  # noqa: S106 - no password fits
    model, now = apps.get_model, timezone.now()
    digests = model("quizzes.QuestionVersion").objects.values_list("digest", "question")
    asked = sorted({question: digest for digest, question in digests}.items())
    SectionRead = model("content.SectionRead")  # noqa: N806 - a class
    SectionRead.objects.bulk_create(
        SectionRead(
            user=user, course=COURSE, chapter=f"chapter-{chapter}", section=f"part-{part}",
            text_hash="0" * 16, read_at=now,
        )
        for chapter in range(CHAPTERS)
        for part in range(SECTIONS)
    )  # fmt: skip
    for quiz, mode, feedback, count, length in SITTINGS:
        for number in range(1, count + 1):
            sit(user, (quiz, mode, feedback, number, length), [digest for _, digest in asked])
    remember(user, [question for question, _ in asked])
    return user


def sit(user: Any, what: tuple[str, str, str, int, int], digests: list[str]) -> None:
    quiz, mode, feedback, number, length = what
    now = timezone.now()
    attempt = apps.get_model("quizzes.Attempt").objects.create(
        user=user, course=COURSE, quiz=quiz, mode=mode, number=number, feedback=feedback,
        language="ja", seed=number, started_at=now, closed_at=now, closed_by="learner",
        out_of=length, points=length * 3 // 4,
    )  # fmt: skip
    Answer = apps.get_model("quizzes.Answer")  # noqa: N806 - a class
    Answer.objects.bulk_create(
        Answer(
            attempt=attempt, position=place, version_id=digests[place % len(digests)],
            order=[2, 0, 1, 3], picked=[0], answered_at=now, seconds=40, credit=place % 4 > 0,
        )
        for place in range(1, length + 1)
    )  # fmt: skip


def remember(user: Any, questions: list[str]) -> None:
    schedule = import_module("quizzes.schedule")
    now = timezone.now()
    state, due = schedule.review(None, schedule.Rating.GOOD, now - timedelta(9), retention=90)
    Card, Recall = apps.get_model("quizzes.Card"), apps.get_model("quizzes.Recall")  # noqa: N806 - classes
    cards = Card.objects.bulk_create(
        Card(user=user, course=COURSE, question=one, state=state, due=due) for one in questions
    )
    Recall.objects.bulk_create(
        Recall(card=card, rating=3, seconds=40, at=now - timedelta(day))
        for card in cards
        for day in range(RECALLS)
    )


def copy(kind: str, owner: str, owners: str, first: int, to: tuple[int, int]) -> None:
    """Copy one person's rows of a kind to all people whose keys lie between two."""
    model = apps.get_model(kind)
    own = f"{owner or 'user'}_id"
    moved = {own: f"t.{own} + u.id * {APART}" if owner else "u.id"}
    if kind in NAMED:
        moved["id"] = f"t.id + u.id * {APART}"
    columns = [one.column for one in model._meta.concrete_fields]  # noqa: SLF001 - Django's own name
    columns = [one for one in columns if one != "id" or kind in NAMED]
    table = model._meta.db_table  # noqa: SLF001 - the same
    whose = "t.user_id"
    source = f'"{table}" t'
    if owner:
        source += f' JOIN "{apps.get_model(owners)._meta.db_table}" o ON o.id = t.{own}'  # noqa: SLF001 - the same
        whose = "o.user_id"
    people = get_user_model()._meta.db_table  # noqa: SLF001 - the same
    named = ", ".join(f'"{one}"' for one in columns)
    values = ", ".join(moved.get(one, f't."{one}"') for one in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({named}) SELECT {values} FROM {source} '  # noqa: S608 - names of our own tables
            f'CROSS JOIN "{people}" u WHERE {whose} = %s AND u.id BETWEEN %s AND %s',
            [first, *to],
        )
        for line in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(line)


def size() -> int:
    """Return the bytes of the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    django.setup()
    print(json.dumps(grow(int(sys.argv[1]))))
