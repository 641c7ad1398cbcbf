"""The Markdown of a question in one language, and the digest of what its author wrote."""

from __future__ import annotations

import hashlib

import msgspec

from content.catalog.decode import Key
from content.catalog.draft import Render
from content.catalog.quiz.schema import QuestionTable
from content.catalog.texts import RenderedTexts, Written


def payload_of(table: QuestionTable) -> str:
    """Return the canonical JSON of a question: the same text for the same question, for good."""
    return msgspec.json.encode(table, order="deterministic").decode()


def digest_of(payload: str) -> str:
    """Return the sha256 of a payload as 64 hexadecimal digits."""
    return hashlib.sha256(payload.encode()).hexdigest()


def sources_of(table: QuestionTable, language: str) -> dict[Key, str]:
    """Return the Markdown of every text of a question by its key, in reading order."""
    found: dict[Key, str] = {}
    for name in ("prompt", "explanation", "trap"):
        found[(name,)] = getattr(table, name).get(language, "")
    for place, choice in enumerate(table.choice):
        found["choice", place, "text"] = (choice.text or {}).get(language, "")
        found["choice", place, "reason"] = choice.reason.get(language, "")
    return {key: text.strip() for key, text in found.items() if text.strip()}


def rendered(table: QuestionTable, language: str, render: Render) -> RenderedTexts:
    """Render all texts of a question in one language; a choice is one line."""
    written = Written(
        noun="question",
        language=language,
        prefix=f"q{digest_of(payload_of(table))[:10]}-{language.lower()}-",
        sources=sources_of(table, language),
        inline=frozenset({"text"}),
    )
    return RenderedTexts.render(written, render)
