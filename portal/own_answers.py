"""A person's answers as a table: the question as it was asked, and in words what was picked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from accounts.models import User
from content.catalog.quiz.schema import ChoiceTable, QuestionTable
from portal.own_table import Table, Value, plain
from quizzes.grading import NOTHING, Picked, is_blank
from quizzes.models import Answer, QuestionVersion

COLUMNS = (
    "attempt", "position", "question", "version", "prompt", "picked", "picked_words", "order",
    "credit", "is_scored", "is_flagged", "was_marked_anew", "seconds", "answered_at",
)  # fmt: skip


def answers(user: User) -> Table:
    """Return the answers in the language of their attempts; right answers are not in it."""
    rows = Answer.objects.filter(attempt__user=user)
    asked = {
        one.digest: msgspec.json.decode(one.payload, type=QuestionTable)
        for one in QuestionVersion.objects.filter(pk__in=rows.values("version"))
    }
    found = rows.select_related("attempt").order_by("attempt_id", "position")
    return Table(COLUMNS, [row(one, asked[one.version_id]) for one in found])


def row(answer: Answer, asked: QuestionTable) -> Sequence[Value]:
    """Return one answer. Of an open attempt, what would tell the right one is empty.

    Choices are named by their place, which is the solution of an ordering or matching question.
    """
    language = answer.attempt.language
    is_open = answer.attempt.closed_at is None
    return [
        answer.attempt_id,
        answer.position,
        asked.id,
        answer.version_id,
        in_language(asked.prompt, language),
        None if is_open else answer.picked,
        list(words(asked, answer.picked, language)),
        None if is_open else answer.order,
        answer.credit,
        None if is_open else answer.is_scored,
        answer.is_flagged,
        answer.key_version_id is not None,
        answer.seconds,
        plain(answer.answered_at),
    ]


def in_language(texts: Mapping[str, str] | None, language: str) -> str:
    """Return a text in a language, or in the first one there is."""
    if not texts:
        return ""
    return texts.get(language) or next(iter(texts.values()))


def words(asked: QuestionTable, picked: Picked, language: str) -> Iterable[str]:
    """Return what was picked in the words of the question; its Markdown stays."""
    if picked is None or is_blank(picked):
        return []
    if isinstance(picked, str):
        return [picked]
    texts = [in_language(one.text, language) for one in asked.choice]
    if asked.kind == "ordering":
        placed = sorted(zip(picked, texts, strict=False))
        return [text for place, text in placed if place != NOTHING]
    if asked.kind == "matching":
        return _matched(asked.choice, texts, picked, language)
    return [text for place, text in enumerate(texts) if place in picked]


def _matched(
    choices: Sequence[ChoiceTable], texts: Sequence[str], picked: Sequence[int], language: str
) -> Iterable[str]:
    return [
        f"{text} → {in_language(choices[place].match, language)}"
        for text, place in zip(texts, picked, strict=False)
        if place != NOTHING
    ]
