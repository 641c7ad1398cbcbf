"""How a question is put to somebody: choices that do not stand in the order of their answer."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal

from content.catalog.folding import SPELLINGS
from quizzes.export.items import LETTERS
from quizzes.export.model import Choice, Item
from quizzes.export.words import words


def asked(item: Item) -> list[tuple[str, Choice]]:
    """Return what is shown, each with its label: choices, or steps that are mixed.

    Steps are mixed by a hash, so that the same question looks the same in every export.
    """
    if item.kind == "short":
        return []
    shown: Sequence[Choice] = item.choices
    if item.kind == "ordering":
        shown = sorted(item.choices, key=lambda one: _hash(item, one.letter))
        if shown == list(item.choices):
            shown = [*shown[1:], shown[0]]
    return list(zip(LETTERS, shown, strict=False))


def matches(item: Item) -> list[tuple[str, str]]:
    """Return the matches of a matching question by the alphabet, each with its number."""
    if item.kind != "matching":
        return []
    found = sorted({one.match for one in item.choices})
    return [(str(n), one) for n, one in enumerate(found, start=1)]


def task(item: Item) -> str:
    """Return what is to be done, such as "Choose TWO."."""
    said = words(item.language)
    if item.kind in ("single", "multiple"):
        return said.choose.format(said.number(len(item.right)))
    return {"ordering": said.order, "matching": said.match}.get(item.kind, said.type)


def solution(item: Item) -> str:
    """Return the answer by labels: "B", "A, C", "C → A → B", "A–2, B–1", or the words to type."""
    labels = {one.letter: label for label, one in asked(item)}
    if item.kind == "short":
        return " / ".join(one.shown for one in item.right)
    if item.kind == "ordering":
        return " → ".join(labels[one.letter] for one in item.choices)
    if item.kind == "matching":
        numbers = {match: number for number, match in matches(item)}
        return ", ".join(f"{labels[one.letter]}–{numbers[one.match]}" for one in item.choices)
    return ", ".join(one.letter for one in item.right)


def accepted(item: Item) -> list[tuple[str, Choice]]:
    """Return what may be typed for a short question, each once, with the choice it stands for.

    Tools that compare letters need every spelling of an amount; the site understands more.
    """
    found: dict[str, Choice] = {}
    for choice in item.choices:
        for form in _forms(choice):
            found.setdefault(form, choice)
    return list(found.items())


def _forms(choice: Choice) -> list[str]:
    if choice.number is None:
        return list(choice.forms)
    number = _plain(choice.number)
    units = (choice.unit, *SPELLINGS.get(choice.unit.casefold(), ()))
    spelled = [f"{number}{gap}{unit}" for unit in units if unit for gap in (" ", "")]
    return list(dict.fromkeys([choice.shown, *spelled, number]))


def _plain(number: Decimal) -> str:
    return f"{number:f}"


def _hash(item: Item, letter: str) -> str:
    return hashlib.sha256(f"{item.id} {letter}".encode()).hexdigest()
