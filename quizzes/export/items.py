"""Makes the neutral form of a question from what its author wrote."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from content.catalog.questions import Kind
from content.catalog.quiz.schema import ChoiceTable, QuestionTable
from content.catalog.quiz.texts import digest_of
from quizzes.export.model import Choice, Item, Rich
from quizzes.export.reading import read_all, tidy

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
Key = tuple[str | int, ...]


@lru_cache(maxsize=2048)
def item(payload: str, language: str) -> Item:
    """Return the question of a payload (canonical JSON, as `questions.Question` has it).

    Without a text in `language` its first language is taken. Raises msgspec.DecodeError.
    """
    table = msgspec.json.decode(payload, type=QuestionTable)
    if language not in table.prompt:
        language = next(iter(table.prompt))
    texts = read_all(_sources(table, language), language)
    return Item(
        id=table.id,
        digest=digest_of(payload),
        kind=msgspec.convert(table.kind, Kind),
        language=language,
        prompt=texts["prompt",],
        choices=_choices(table.choice, texts, language),
        explanation=texts["explanation",],
        trap=texts["trap",],
        task=table.task,
        difficulty=table.difficulty,
        place=table.section,
        sources=tuple(tidy(one) for one in table.sources),
    )


def _sources(table: QuestionTable, language: str) -> dict[Key, str]:
    found: dict[Key, str] = {
        (name,): getattr(table, name).get(language, "")
        for name in ("prompt", "explanation", "trap")
    }
    for place, choice in enumerate(table.choice):
        found[place, "text"] = (choice.text or {}).get(language, "")
        found[place, "reason"] = choice.reason.get(language, "")
    return found


def _choices(
    tables: Sequence[ChoiceTable], texts: dict[Key, Rich], language: str
) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            letter=LETTERS[place],
            is_right=table.right,
            text=texts[place, "text"],
            reason=texts[place, "reason"],
            match=tidy((table.match or {}).get(language, "")),
            forms=tuple(tidy(one) for one in table.forms or ()),
            number=table.number,
            unit=table.unit,
        )
        for place, table in enumerate(tables)
    )
