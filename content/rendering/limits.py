"""Bounds what one paragraph may cost: Python-Markdown's time grows with its square."""

from __future__ import annotations

import html

from content.rendering.draft import Draft, Line, alone
from content.rendering.masks import paragraphs

_MAX_CHARACTERS = 150_000
_MAX_CHAPTER_LINES = 10_000
_MAX_PARAGRAPH = 20_000
_MAX_LINES = 400
_MAX_PREFIX = 80
# Each [ makes the parser look through the rest of its paragraph; this many looks a chapter
# take about a second, a chapter of prose needs less than a tenth of them.
_MAX_LOOKS = 8_000_000


def is_too_long(source: str, draft: Draft) -> bool:
    """Whether a chapter is longer than any reader or renderer should bear; reports it."""
    characters, lines = len(source), source.count("\n") + 1
    if characters <= _MAX_CHARACTERS and lines <= _MAX_CHAPTER_LINES:
        return False
    draft.report(
        1,
        f"this chapter has {characters} characters on {lines} lines, more than"
        f" {_MAX_CHARACTERS} or {_MAX_CHAPTER_LINES}",
        "split it into several chapters",
    )
    return True


def keep_paragraphs_short(lines: list[Line], draft: Draft) -> list[Line]:
    """The lines; a paragraph that would take too long to read is shown as plain text."""
    kept: list[Line] = []
    left = _MAX_LOOKS
    for run in paragraphs(lines):
        text = "\n".join(line.text for line in run)
        looks = len(text) * text.count("[")
        fault = _fault(run, len(text)) or ("holds too many brackets" if looks > left else None)
        if fault is None:
            left -= looks
            kept += run
        else:
            kept += _as_plain_text(run[0].number, text, fault, draft)
    return kept


def _fault(run: list[Line], length: int) -> str | None:
    if length > _MAX_PARAGRAPH or len(run) > _MAX_LINES:
        return f"is too long ({length} characters, {len(run)} lines)"
    if any(len(line.prefix) > _MAX_PREFIX for line in run):
        return "is nested too deeply"
    return None


def _as_plain_text(line: int, text: str, fault: str, draft: Draft) -> list[Line]:
    draft.report(
        line,
        f"this paragraph {fault}",
        "divide it with blank lines, or nest it less; until then it is shown as plain text",
    )
    plain = draft.as_written(text)
    return alone(Line(line, ""), draft.block(line, f"<p>{html.escape(plain)}</p>", plain))
