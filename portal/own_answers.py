"""A person's answers as a table: the question as it was asked, and in words what was picked."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import User
from portal.own_table import Table, Value, plain
from quizzes import own_work
from quizzes.export.items import item
from quizzes.export.model import Item
from quizzes.models import Answer, QuestionVersion

COLUMNS = (
    "attempt", "position", "question", "version", "prompt", "picked", "picked_words", "order",
    "credit", "is_scored", "is_flagged", "was_marked_anew", "seconds", "answered_at",
)  # fmt: skip


def answers(user: User) -> Table:
    """Return the answers in the language of their attempts; right answers are not in it."""
    rows = Answer.objects.filter(attempt__user=user)
    versions = QuestionVersion.objects.filter(pk__in=rows.values("version"))
    payloads = dict(versions.values_list("digest", "payload"))
    found = rows.select_related("attempt").order_by("attempt_id", "position")
    return Table(
        COLUMNS,
        [row(one, item(payloads[one.version_id], one.attempt.language)) for one in found],
    )


def row(answer: Answer, asked: Item) -> Sequence[Value]:
    """Return one answer. Of an open attempt, what would tell the right one is empty.

    Choices are named by their place, which is the solution of an ordering or matching question.
    """
    is_open = answer.attempt.closed_at is None
    return [
        answer.attempt_id,
        answer.position,
        asked.id,
        answer.version_id,
        asked.prompt.markdown,
        None if is_open else answer.picked,
        words(answer, asked),
        None if is_open else answer.order,
        answer.credit,
        None if is_open else answer.is_scored,
        answer.is_flagged,
        answer.key_version_id is not None,
        answer.seconds,
        plain(answer.answered_at),
    ]


def words(answer: Answer, asked: Item) -> list[Value]:
    """Return what was picked in words, as Markdown; what was typed, as it was typed."""
    if isinstance(answer.picked, str):
        return [answer.picked] if answer.picked.strip() else []
    return [one.markdown for one in own_work.in_words(answer.picked, asked)]
