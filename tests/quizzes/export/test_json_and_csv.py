"""JSON and CSV say everything the files of the course say, and nothing is run by a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.export import csv_table, json_file
from tests.quizzes.export.bank import (
    LANGUAGES,
    ROOT,
    authored,
    bank,
    bundle,
    nasty_items,
    number_item,
)

SCHEMA = json.loads((ROOT / "quizzes/export/questions.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
FORMULA_STARTS = tuple("=+-@\t\r|%")


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_of_the_bank_says_what_its_files_say(language):
    document = json.loads(json_file.write(bank(language)))

    VALIDATOR.validate(document)
    assert [one["id"] for one in document["questions"]] == list(authored())
    for one in document["questions"]:
        assert as_authored(one) == in_one(authored()[one["id"]], language)


def in_one(table: dict[str, Any], language: str) -> dict[str, Any]:
    """Return a question of a file in one language, its numbers as texts."""
    found: dict[str, Any] = {}
    for name, value in table.items():
        if name == "choice":
            found[name] = [in_one(one, language) for one in value]
        elif isinstance(value, dict):
            found[name] = value[language].strip()
        else:
            found[name] = value
    if "number" in found:
        found["number"] = Decimal(str(found["number"]))
    return found


def as_authored(question: dict[str, Any]) -> dict[str, Any]:
    names = ("id", "kind", "task", "difficulty", "section", "sources", "prompt", "explanation")
    found = {name: question[name] for name in (*names, "trap")}
    found["choice"] = [as_choice(one) for one in question["choices"]]
    return found


def as_choice(choice: dict[str, Any]) -> dict[str, Any]:
    found = {name: value for name, value in choice.items() if name != "id"}
    if not found.get("right"):
        found.pop("right", None)
    if "number" in found:
        found["number"] = Decimal(found["number"])
    if found.get("unit") == "":
        del found["unit"]
    return found


def test_a_file_of_another_form_is_refused_by_the_schema():
    document = json.loads(json_file.write(bundle(nasty_items())))
    document["questions"][0]["choices"][0]["text"] = 3

    assert not VALIDATOR.is_valid(document)


@pytest.mark.parametrize("language", LANGUAGES)
def test_csv_of_the_bank_says_what_its_files_say(language):
    rows = rows_of(csv_table.write(bank(language)))

    assert [row["id"] for row in rows] == list(authored())
    for row in rows:
        cells = {name: csv_table.without_guard(cell) for name, cell in row.items()}
        wanted = in_one(authored()[row["id"]], language)
        assert cells["prompt"] == wanted["prompt"]
        assert cells["correct"] == key_of(wanted)
        for letter, choice in zip("abcdefgh", wanted["choice"], strict=False):
            assert cells[f"choice_{letter}"] == told(choice)
            assert cells[f"reason_{letter}"] == choice["reason"]
            assert cells.get(f"match_{letter}", "") == choice.get("match", "")


def key_of(question: dict[str, Any]) -> str:
    in_order = question["kind"] in ("ordering", "matching")
    places = range(len(question["choice"]))
    return ";".join(
        "ABCDEFGH"[n] for n in places if in_order or question["choice"][n].get("right", False)
    )


def told(choice: dict[str, Any]) -> str:
    if "number" in choice:
        return str(choice["number"])
    return "\n".join(choice.get("forms", ())) or choice["text"]


def test_no_cell_is_a_formula_and_every_cell_comes_back():
    data = csv_table.write(bundle(nasty_items()))

    rows = rows_of(data)

    assert data.startswith(b"\xef\xbb\xbf")
    for row, item in zip(rows, nasty_items(), strict=True):
        assert not any(cell.startswith(FORMULA_STARTS) for cell in row.values())
        assert csv_table.without_guard(row["prompt"]) == item.prompt.markdown


def test_an_amount_is_a_number_with_its_unit():
    document = json.loads(json_file.write(bundle([number_item()])))
    (row,) = rows_of(csv_table.write(bundle([number_item()])))

    VALIDATOR.validate(document)
    right = document["questions"][0]["choices"][0]
    assert (right["number"], right["unit"], right["right"]) == ("2", "min", True)
    assert (row["choice_a"], row["unit_a"], row["correct"]) == ("2", "min", "A")
    assert (row["choice_b"], row["unit_b"]) == ("2", "h")


@given(st.text())
def test_guarding_a_cell_loses_nothing(cell):
    guarded = csv_table.with_guard(cell)

    assert csv_table.without_guard(guarded) == cell
    assert not guarded.startswith(FORMULA_STARTS)


def test_no_questions_make_a_sound_file():
    nothing = bundle([])

    VALIDATOR.validate(json.loads(json_file.write(nothing)))
    assert rows_of(csv_table.write(nothing)) == []
