"""Aiken, read back by its own rules, and told what it cannot hold."""

from __future__ import annotations

import re

import pytest

from quizzes.export import aiken, formats
from tests.quizzes.export import truth
from tests.quizzes.export.bank import LANGUAGES, bank, bundle, nasty_items


def read(data: bytes) -> list[tuple[str, list[str], int]]:
    """Return stem, choices and the place of the answer, as Moodle's reader takes lines."""
    found = []
    stem = ""
    choices: list[str] = []
    for line in data.decode().splitlines():
        choice = re.match(r"([A-Z])[).]\s(.+)", line)
        answer = re.match(r"ANSWER:\s*([A-Z])\Z", line)
        if answer:
            found.append((stem, choices, ord(answer[1]) - ord("A")))
            stem, choices = "", []
        elif choice:
            choices.append(choice[2])
        elif line.strip():
            assert not stem, "a stem is one line"
            stem = line
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bank_reads_back_the_same(language):
    kept, left_out = formats.holdable(formats.get("aiken"), bank(language))

    found = read(aiken.write(kept))

    assert len(found) == len(kept.items)
    assert len(kept.items) + len(left_out) == len(bank(language).items)
    for (stem, choices, answer), item in zip(found, kept.items, strict=True):
        assert truth.squeezed(stem.replace("•", "")) == truth.prompt(item.id, language)
        assert [truth.squeezed(one) for one in choices] == truth.choices(item.id, language)
        assert [answer] == truth.right(item.id)


def test_what_would_lose_its_meaning_is_left_out():
    _, left_out = formats.holdable(formats.get("aiken"), bank("en"))

    kinds = {one.kind for one in left_out}
    assert {"multiple", "ordering", "matching", "short"} <= kinds
    assert "gift-code-single" in {
        one.id for one in formats.holdable(formats.get("aiken"), bundle(nasty_items()))[1]
    }


def test_nasty_texts_read_back_the_same():
    kept, _ = formats.holdable(formats.get("aiken"), bundle(nasty_items()))

    found = read(aiken.write(kept))

    assert [len(choices) for _, choices, _ in found] == [5] * len(kept.items)
    assert {answer for _, _, answer in found} == {2}


def test_no_questions_make_an_empty_file():
    assert aiken.write(bundle([])) == b""
