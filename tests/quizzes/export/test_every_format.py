"""What holds for every format: the same bytes twice, any text, no text, a place in the table."""

from __future__ import annotations

import dataclasses
import io
import zipfile

import pytest

from quizzes.export import formats, gift
from quizzes.export.asked import accepted
from quizzes.export.model import Given
from tests.quizzes.export.bank import LANGUAGES, bank, bundle, nasty_items, number_item

FAST = [one for one in formats.FORMATS if one != "pdf"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FAST)
def test_the_same_export_twice_is_the_same_bytes(name, language):
    wanted = formats.get(name)
    whole, _ = formats.holdable(wanted, bank(language))

    assert wanted.write(whole) == wanted.write(whole)


@pytest.mark.parametrize("name", FAST)
def test_any_text_can_be_written(name):
    wanted = formats.get(name)
    kept, _ = formats.holdable(wanted, bundle(nasty_items("ja"), language="ja"))

    assert len(wanted.write(kept)) > 1000


@pytest.mark.parametrize("name", [one for one in FAST if formats.FORMATS[one].is_for_review])
def test_a_review_says_what_was_answered(name):
    item = nasty_items()[0]
    words = item.choices[1].text
    given = [Given((words,), is_right=False), Given((), is_right=False)]

    plain = formats.get(name).write(bundle([item]))
    reviewed = [
        formats.get(name).write(bundle([dataclasses.replace(item, given=one)])) for one in given
    ]

    assert len({plain, *reviewed}) == 3


def test_the_table_knows_its_formats_by_name():
    assert all(name == one.name for name, one in formats.FORMATS.items())
    with pytest.raises(formats.UnknownFormat):
        formats.get("docx")


@pytest.mark.parametrize("language", LANGUAGES)
def test_gift_ends_no_question_early(language):
    text = gift.write(bank(language)).decode()

    blocks = [one for one in text.split("\n\n") if "::" in one and not one.startswith("$")]
    assert len(blocks) == len(bank(language).items)
    for block in blocks:
        comment, *lines = block.strip().split("\n")
        assert comment.startswith("// [id:")
        assert not any(line.startswith("//") for line in lines)
        assert lines[-1] == "}"


def test_an_amount_is_accepted_in_every_spelling_of_its_unit_and_no_other():
    spelled = {form: choice.is_right for form, choice in accepted(number_item())}

    assert spelled["2 min"] and spelled["2min"] and spelled["2 分"] and spelled["2"]
    assert not spelled["2 h"]
    assert not spelled["2時間"]
    assert "120 s" not in spelled


@pytest.mark.parametrize("name", FAST)
def test_an_amount_can_be_written(name):
    wanted = formats.get(name)
    kept, _ = formats.holdable(wanted, bundle([number_item()]))

    assert wanted.write(kept) == wanted.write(kept)


def test_gift_writes_every_line_break_as_a_sign():
    kept, _ = formats.holdable(formats.get("gift"), bundle(nasty_items()))

    text = gift.write(kept).decode()

    assert text.count("\n\n") == len(kept.items) + 1  # and before the category
    assert text.count("\n//") == len(kept.items)


def test_archives_do_not_tell_when_they_were_made():
    for name in ("anki", "qti21", "qti22", "qti30"):
        with zipfile.ZipFile(io.BytesIO(formats.get(name).write(bundle(nasty_items())))) as packed:
            assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_gift_says_when_an_answer_would_become_a_pair():
    _, left_out = formats.holdable(formats.get("gift"), bundle(nasty_items()))

    assert [one.id for one in left_out] == ["gift-short"]
