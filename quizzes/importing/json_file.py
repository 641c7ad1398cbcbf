"""Reads questions as JSON, in the form of `quizzes/export/questions.schema.json`."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import msgspec

from content.catalog.questions import Kind
from content.catalog.schema import Language
from quizzes.export.json_file import FORM, VERSION
from quizzes.importing.model import (
    Choice,
    NotUnderstood,
    Question,
    Reading,
    Unreadable,
    decoded,
    said,
)

_MEND = "export it anew, or correct the file by questions.schema.json"


class _Choice(msgspec.Struct):
    reason: str = ""
    right: bool = False
    text: str = ""
    match: str = ""
    forms: list[str] = []
    number: Decimal | None = None
    unit: str = ""


class _Question(msgspec.Struct):
    id: str
    kind: Kind
    language: Language
    prompt: str
    choices: list[_Choice]
    explanation: str = ""
    trap: str = ""
    task: str = ""
    difficulty: int = 0
    section: str = ""
    sources: list[str] = []


def read(data: bytes, language: str) -> Reading:
    """Return the questions; each says its own language. Raises Unreadable."""
    reading = Reading()
    for number, raw in enumerate(_questions(decoded(data)), start=1):
        place = f"question {number}"
        try:
            reading.questions.append(_question(raw, place))
        except NotUnderstood as error:
            reading.refused.append(error.at(place))
    return reading


def _questions(text: str) -> list[Any]:  # Any: what JSON holds
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"the file is not JSON: {error}", _MEND) from None
    if not isinstance(document, dict) or document.get("format") != FORM:
        raise Unreadable(f'the file does not say "format": "{FORM}"', _MEND)
    if document.get("version") != VERSION:
        raise Unreadable(f"the version is {document.get('version')!r}, not {VERSION}", _MEND)
    questions = document.get("questions")
    if not isinstance(questions, list):
        raise Unreadable("the file has no list of questions", _MEND)
    return questions


def _question(raw: Any, place: str) -> Question:  # Any: what JSON holds
    try:
        table = msgspec.convert(raw, _Question)
    except msgspec.ValidationError as error:
        raise NotUnderstood(str(error), _MEND) from None
    language = table.language
    return Question(
        place=f"{place} ({table.id})",
        id=table.id,
        kind=table.kind,
        prompt=said(table.prompt, language),
        choices=tuple(_choice(one, language) for one in table.choices),
        explanation=said(table.explanation, language),
        trap=said(table.trap, language),
        task=table.task,
        difficulty=table.difficulty,
        section=table.section,
        sources=tuple(table.sources),
    )


def _choice(table: _Choice, language: str) -> Choice:
    if table.number is not None and not table.number.is_finite():
        raise NotUnderstood(f"{table.number} is no number", "write a number such as 120")
    return Choice(
        text=said(table.text, language),
        reason=said(table.reason, language),
        match=said(table.match, language),
        is_right=table.right,
        forms=tuple(table.forms),
        number=table.number,
        unit=table.unit,
    )
