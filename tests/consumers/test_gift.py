"""gift-pegjs reads every question of the bank, and understands what the course says."""

from __future__ import annotations

import html
import json
import shutil
import subprocess
from typing import Any

import pytest

from quizzes.export import formats, gift
from tests.consumers.here import FOLDER, need
from tests.quizzes.export import truth
from tests.quizzes.export.bank import LANGUAGES, NASTY, bank, bundle, nasty_items

pytestmark = pytest.mark.consumers
TYPES = {
    "single": "MC",
    "multiple": "MC",
    "ordering": "Matching",
    "matching": "Matching",
    "short": "Short",
}


def parsed(data: bytes) -> list[dict[str, Any]]:
    need("node")
    node = shutil.which("node")
    assert node
    command = [node, str(FOLDER / "read-gift.js")]
    run = subprocess.run(command, input=data, capture_output=True, check=True)
    return [one for one in json.loads(run.stdout) if one["type"] not in ("Category", "Description")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bank_reads_back_the_same(language):
    found = parsed(gift.write(bank(language)))

    assert [one["title"] for one in found] == [one.id for one in bank(language).items]
    for one, item in zip(found, bank(language).items, strict=True):
        assert one["type"] == TYPES[item.kind]
        assert one["id"] == item.id
        assert item.chapter_slug in one["tags"]
        assert truth.words_in(one["stem"]["text"]) == truth.prompt(item.id, language)
        check_answers(one, item.id, language)


def check_answers(question: dict[str, Any], name: str, language: str) -> None:
    choices = truth.choices(name, language)
    if question["type"] == "MC":
        told = [truth.words_in(one["text"]["text"]) for one in question["choices"]]
        assert told == choices
        right = [
            n for n, one in enumerate(question["choices"]) if one["isCorrect"] or weight(one) > 0
        ]
        assert right == truth.right(name)
    elif question["type"] == "Short":
        right = [one["text"]["text"] for one in question["choices"] if weight(one) > 0]
        assert set(truth.forms(name)) <= set(right)
    else:
        pairs = question["matchPairs"]
        left = [truth.words_in(one["subquestion"]["text"]) for one in pairs]
        told = [truth.squeezed(one["subanswer"]) for one in pairs]
        if truth.kind(name) == "ordering":
            assert left == [f"{n}." for n in range(1, len(choices) + 1)]
            assert told == choices
        else:
            assert left == choices
            assert told == truth.matched(name, language)


def weight(choice: dict[str, Any]) -> float:
    return float(choice["weight"] or 0)


def test_nasty_texts_read_back_the_same():
    kept, _ = formats.holdable(formats.get("gift"), bundle(nasty_items()))

    found = {one["title"]: one for one in parsed(gift.write(kept))}

    assert set(found) == {one.id for one in kept.items}
    told = truth.words_in(found["gift-single"]["stem"]["text"])
    assert told == truth.squeezed(NASTY["gift"])
    code = NASTY["gift-code"].removeprefix("```bash\n").removesuffix("\n```")
    stem = found["gift-code-single"]["stem"]["text"]
    assert code in html.unescape(stem)
