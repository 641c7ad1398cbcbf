"""Guides written in a test, imported."""

from __future__ import annotations

from datetime import date

from content.catalog.guide import Imported, convert

TODAY = date(2026, 11, 23)


def convert_text(text: str, *, slug: str = "harbour", checked: date | None = None) -> Imported:
    return convert(text, slug=slug, language="ja", today=TODAY, checked=checked)


def chapter(text: str) -> str:
    """Import one chapter without a title and return its body."""
    made = convert_text(f"# Guide\n\n## 1. Alpha\n\n{text}\n")
    assert made.report.balance.is_even, made.report.balance
    return made.files["chapters/ja/01-alpha.md"].split("+++\n\n", 1)[1]


def notes(made: Imported) -> str:
    return "\n".join(f"{note.line}: {note.what}" for note in made.report.notes)
