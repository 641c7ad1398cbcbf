"""Anki itself imports the decks: new at first, the same again, updated when a text changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizzes.export import anki as writer
from quizzes.export.model import Bundle
from quizzes.export.reading import read
from tests.consumers.here import need
from tests.quizzes.export import truth
from tests.quizzes.export.bank import LANGUAGES, bank, bundle, nasty_items

if TYPE_CHECKING:
    from anki.collection import Collection

pytestmark = pytest.mark.consumers


@pytest.fixture
def collection(tmp_path) -> Iterator[Collection]:
    need("anki")
    from anki.collection import Collection  # noqa: PLC0415 - heavy, and may not be here

    opened = Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def imported(collection: Collection, folder: Path, wanted: Bundle) -> tuple[int, int, int]:
    """Import a bundle; return how many notes were new, updated, and the same as before."""
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest  # noqa: PLC0415

    path = folder / "deck.apkg"
    path.write_bytes(writer.write(wanted))
    request = ImportAnkiPackageRequest(
        package_path=str(path), options=ImportAnkiPackageOptions(merge_notetypes=True)
    )
    log = collection.import_anki_package(request).log
    assert not log.conflicting
    return len(log.new), len(log.updated), len(log.duplicate)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bank_comes_in_once_and_only_once(language, collection, tmp_path):
    whole = bank(language)
    count = len(whole.items)

    assert imported(collection, tmp_path, whole) == (count, 0, 0)
    assert imported(collection, tmp_path, whole) == (0, 0, count)
    assert collection.card_count() == count


def test_a_text_that_changed_updates_its_note_and_keeps_the_card(collection, tmp_path):
    whole = bank("ja")
    first = whole.items[0]
    imported(collection, tmp_path, whole)
    (card_id,) = collection.find_cards(f"Id:{first.id}")
    changed = replace(first, prompt=read("新しい文", "ja"))
    later = whole.revised + timedelta(minutes=1)

    new, updated, _ = imported(
        collection, tmp_path, replace(whole, items=[changed, *whole.items[1:]], revised=later)
    )

    assert (new, updated) == (0, len(whole.items))
    assert "新しい文" in collection.get_card(card_id).note()["Prompt"]
    assert collection.card_count() == len(whole.items)


def test_both_languages_live_side_by_side(collection, tmp_path):
    imported(collection, tmp_path, bank("ja"))
    new, _, _ = imported(collection, tmp_path, bank("en"))

    assert new == len(bank("en").items)


def test_parts_of_the_bank_do_not_collide(collection, tmp_path):
    whole = bank("en")
    for part in (whole.items[:20], whole.items[20:60], whole.items[60:]):
        new, _, _ = imported(collection, tmp_path, replace(whole, items=part))
        assert new == len(part)

    assert imported(collection, tmp_path, whole) == (0, 0, len(whole.items))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_shows_the_question_and_then_the_answer(language, collection, tmp_path):
    imported(collection, tmp_path, bank(language))

    for item in bank(language).items:
        (card_id,) = collection.find_cards(f"Id:{item.id}")
        card = collection.get_card(card_id)
        front, back = card.question(), card.answer()
        assert truth.prompt(item.id, language) in truth.words_in(strip_style(front))
        assert all(
            one in truth.words_in(strip_style(back)) for one in truth.choices(item.id, language)
        )
        if item.kind in ("single", "multiple"):
            assert 'class="right"' not in front


def strip_style(html: str) -> str:
    return re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)


def test_decks_follow_the_chapters_and_tags_the_exam(collection, tmp_path):
    imported(collection, tmp_path, bank("ja"))

    names = {one.name for one in collection.decks.all_names_and_ids()}
    assert any(name.startswith(f"{bank('ja').course_title}::") for name in names)
    assert len(collection.find_notes("tag:task::3::*")) == sum(
        one.task.startswith("3.") for one in bank("ja").items
    )


def test_nasty_texts_come_in_and_nothing_is_a_sound_or_a_field(collection, tmp_path):
    wanted = bundle(nasty_items())

    new, _, _ = imported(collection, tmp_path, wanted)
    (card_id,) = collection.find_cards("Id:cdata-single")
    (math_id,) = collection.find_cards("Id:math-single")

    assert new == len(wanted.items)
    assert "{{Front}}" in truth.words_in(collection.get_card(card_id).question())
    assert not collection.get_card(math_id).question_av_tags()
    assert r"\(x\)" in collection.get_card(math_id).question()


def test_a_picture_comes_along(collection, tmp_path):
    imported(collection, tmp_path, bundle(nasty_items()))

    (card_id,) = collection.find_cards("Id:diagram-single")
    (name,) = set(re.findall(r'src="(gantry-[^"]+)"', collection.get_card(card_id).question()))
    assert (Path(collection.media.dir()) / name).read_bytes().startswith(b"<svg ")
