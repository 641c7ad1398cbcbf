"""Aiken: a question on one line, its choices by letters, the answer. Only one right choice."""

from __future__ import annotations

import re

from quizzes.export.model import Bundle, Item
from quizzes.export.plain import is_one_line, one_line

_CHOICE = re.compile(r"[A-Za-z][.)]\s|ANSWER:", re.IGNORECASE)


def can_hold(item: Item) -> bool:
    """Tell whether nothing that matters is lost: no code of several lines, no table, no drawing."""
    texts = (item.prompt, *(one.text for one in item.choices))
    return (
        item.kind == "single"
        and all(is_one_line(one) and one_line(one) for one in texts)
        and not _CHOICE.match(one_line(item.prompt))
    )


def write(bundle: Bundle) -> bytes:
    return "\n".join(_question(one) for one in bundle.items if can_hold(one)).encode()


def _question(item: Item) -> str:
    lines = [one_line(item.prompt)]
    lines += [f"{one.letter}. {one_line(one.text)}" for one in item.choices]
    return "\n".join([*lines, f"ANSWER: {item.right[0].letter}", ""])
