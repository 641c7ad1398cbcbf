"""Decks for Anki, read back from the database inside."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from quizzes.export import anki
from quizzes.export.anki_card import FIELDS
from tests.quizzes.export import truth
from tests.quizzes.export.bank import LANGUAGES, bank, bundle, nasty_items


def notes(data: bytes, folder: Path) -> list[dict[str, str]]:
    """Return the fields of every note, with its guid, tags and time."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        path = folder / "collection.anki2"
        path.write_bytes(packed.read("collection.anki2"))
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute("select flds, guid, tags, mod from notes order by id").fetchall()
    finally:
        connection.close()
    return [
        dict(zip(FIELDS, fields.split("\x1f"), strict=True))
        | {"guid": guid, "tags": tags, "mod": str(mod)}
        for fields, guid, tags, mod in rows
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bank_reads_back_the_same(language, tmp_path):
    found = {one["Id"]: one for one in notes(anki.write(bank(language)), tmp_path)}

    assert set(found) == {one.id for one in bank(language).items}
    for name, note in found.items():
        assert truth.words_in(note["Prompt"]).startswith(truth.prompt(name, language))
        choices = truth.choices(name, language)
        answer = truth.words_in(note["Answer"].replace("<li", "\n<li"))
        if truth.kind(name) == "short":
            assert all(truth.squeezed(one) in answer for one in truth.forms(name))
            continue
        assert all(one in truth.words_in(note["Choices"]) for one in choices)
        rows = [truth.words_in(one) for one in note["Answer"].split("<li class=")[1:]]
        marks = [one.startswith('"right"') for one in note["Answer"].split("<li class=")[1:]]
        assert [n for n, one in enumerate(marks) if one] == truth.right(name)
        assert all(one in row for one, row in zip(choices, rows, strict=True))


def test_a_note_is_known_by_course_question_and_language(tmp_path):
    first = notes(anki.write(bank("ja")), tmp_path)
    again = notes(anki.write(replace(bank("ja"), title="Other")), tmp_path)
    english = notes(anki.write(bank("en")), tmp_path)

    assert [one["guid"] for one in first] == [one["guid"] for one in again]
    assert not {one["guid"] for one in first} & {one["guid"] for one in english}


def test_a_note_is_as_new_as_its_texts(tmp_path):
    whole = bank("ja")
    later = replace(whole, revised=whole.revised + timedelta(hours=1))

    before = notes(anki.write(whole), tmp_path)
    after = notes(anki.write(later), tmp_path)

    assert {int(one["mod"]) for one in before} == {int(whole.revised.timestamp())}
    assert {int(one["mod"]) for one in after} == {int(later.revised.timestamp())}


def test_the_model_never_changes_its_id(tmp_path):
    assert anki.MODEL == 1_607_392_319
    assert FIELDS == ("Id", "Prompt", "Choices", "Answer", "Why", "Mine")


def test_nothing_in_a_text_is_taken_for_a_sound_a_field_or_markup(tmp_path):
    for note in notes(anki.write(bundle(nasty_items())), tmp_path):
        for name in FIELDS:
            assert "[sound:" not in note[name]
            assert "[latex]" not in note[name]
            assert "<svc>" not in note[name]


def test_a_diagram_comes_along_as_a_picture():
    (one,) = [item for item in nasty_items() if item.id == "diagram-single"]

    with zipfile.ZipFile(io.BytesIO(anki.write(bundle([one])))) as packed:
        media = json.loads(packed.read("media"))
        picture = packed.read("0")

    assert list(media) == ["0"]
    assert media["0"].startswith("gantry-")
    assert picture.startswith(b'<svg xmlns="http://www.w3.org/2000/svg" ')


def test_tags_have_no_blanks():
    assert not any(" " in tag for one in bank("ja").items for tag in anki.tags(bank("ja"), one))


def test_no_questions_make_an_empty_deck(tmp_path):
    assert notes(anki.write(bundle([])), tmp_path) == []
