"""Makes a question from what its author wrote."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from content.catalog.decode import Key
from content.catalog.draft import Render
from content.catalog.questions import Choice, Kind, Question
from content.catalog.quiz.schema import ChoiceTable, QuestionTable
from content.catalog.quiz.texts import digest_of, payload_of, rendered
from content.rendering.model import Html

Pages = Mapping[str, Mapping[Key, Html]]  # by language
TAG = re.compile(r"<[^>]*>")


class PayloadError(ValueError):
    """The payload is no question that this release can read."""


def build(table: QuestionTable, part: str, render: Render) -> Question:
    """Return the question; `part` is the section around the heading it names."""
    pages = {one: rendered(table, one, render).htmls() for one in table.prompt}
    payload = payload_of(table)
    file, _, section = table.section.partition("#")
    kind: Kind = msgspec.convert(table.kind, Kind)
    return Question(
        id=table.id,
        kind=kind,
        task=table.task,
        difficulty=table.difficulty,
        chapter=file.removesuffix(".md").partition("-")[2],
        section=section,
        part=part,
        sources=tuple(table.sources),
        prompts=_texts(pages, "prompt"),
        explanations=_texts(pages, "explanation"),
        traps=_texts(pages, "trap"),
        choices=tuple(_choice(one, place, pages) for place, one in enumerate(table.choice)),
        digest=digest_of(payload),
        payload=payload,
    )


def from_payload(payload: str, render: Render) -> Question:
    """Return the question as it was asked, or raise PayloadError."""
    try:
        table = msgspec.json.decode(payload, type=QuestionTable)
    except msgspec.DecodeError as error:
        raise PayloadError(str(error)) from error
    return build(table, table.section.partition("#")[2], render)


def _texts(pages: Pages, *key: str | int) -> Mapping[str, Html]:
    return MappingProxyType({one: texts.get(key, Html("")) for one, texts in pages.items()})


def _choice(table: ChoiceTable, place: int, pages: Pages) -> Choice:
    texts = _texts(pages, "choice", place, "text")
    matches = {one: text.replace("`", "") for one, text in (table.match or {}).items()}
    return Choice(
        is_right=table.right,
        texts=texts,
        labels=MappingProxyType({one: words(text) for one, text in texts.items()}),
        matches=MappingProxyType(matches),
        reasons=_texts(pages, "choice", place, "reason"),
        forms=tuple(table.forms or ()),
        number=table.number,
        unit=table.unit,
    )


def words(text: str) -> str:
    """Return the words of a piece of HTML."""
    return html.unescape(TAG.sub("", text))
