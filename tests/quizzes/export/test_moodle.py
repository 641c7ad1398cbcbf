"""Moodle XML, read back, and the rules that an import into Moodle 4.5 taught."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest

from quizzes.export import moodle
from tests.quizzes.export import truth
from tests.quizzes.export.bank import LANGUAGES, NASTY, bank, bundle, nasty_items

# What Moodle offers as grades, in percent with five decimals, as far as k right choices need it.
FRACTIONS = {"100", "50", "33.33333", "25", "20", "16.66667", "14.28571", "12.5", "0", "-100"}
TYPES = {
    "single": "multichoice",
    "multiple": "multichoice",
    "ordering": "ordering",
    "matching": "matching",
    "short": "shortanswer",
}


def questions(data: bytes) -> list[Element]:
    return [one for one in fromstring(data) if one.get("type") != "category"]


def text(parent: Element, path: str) -> str:
    return parent.findtext(f"{path}/text") or ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bank_reads_back_the_same(language):
    found = questions(moodle.write(bank(language)))

    assert len(found) == len(bank(language).items)
    for one in found:
        name = text(one, "name")
        assert one.get("type") == TYPES[truth.kind(name)]
        assert truth.words_in(text(one, "questiontext")) == truth.prompt(name, language)
        check_answers(one, name, language)


def check_answers(question: Element, name: str, language: str) -> None:
    answers = question.findall("answer")
    credited = [n for n, one in enumerate(answers) if float(one.get("fraction", "0")) > 0]
    if question.get("type") == "shortanswer":
        accepted = {text(one, ".").replace(r"\*", "*") for one in answers if is_whole(one)}
        assert set(truth.forms(name)) <= accepted
    elif question.get("type") == "matching":
        pairs = question.findall("subquestion")
        assert [truth.words_in(text(one, ".")) for one in pairs] == truth.choices(name, language)
        told = [truth.squeezed(text(one, "answer")) for one in pairs]
        assert told == truth.matched(name, language)
    else:
        told = [truth.words_in(text(one, ".")) for one in answers]
        assert told == truth.choices(name, language)
        assert credited == truth.right(name)


def is_whole(answer: Element) -> bool:
    return answer.get("fraction") == "100"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fraction_is_one_moodle_knows(language):
    for one in questions(moodle.write(bank(language))):
        if one.get("type") == "multichoice":
            assert {answer.get("fraction") for answer in one.findall("answer")} <= FRACTIONS


def test_everything_right_is_the_whole_point_and_a_wrong_one_takes_it():
    for one in questions(moodle.write(bank("en"))):
        if one.findtext("single") == "false":
            shares = [float(answer.get("fraction", "")) for answer in one.findall("answer")]
            assert round(sum(share for share in shares if share > 0), 3) == 100
            assert max(0, sum(shares)) == 0


def test_an_order_has_what_moodle_dies_without():
    found = questions(moodle.write(bank("en")))
    (first, *_) = [one for one in found if one.get("type") == "ordering"]

    assert first.findtext("shownumcorrect") == "1"
    assert first.findtext("gradingtype") == "ALL_OR_NOTHING"
    assert [one.get("fraction") for one in first.findall("answer")][:3] == ["1", "2", "3"]


def test_a_slash_in_a_title_makes_no_category_of_its_own():
    items = nasty_items()[:1]

    root = fromstring(moodle.write(bundle([replace(items[0], chapter="2 CI/CD")])))

    assert text(root[0], "category") == "$course$/top/A course/2 CI//CD"


def test_ids_are_unique():
    ids = [one.findtext("idnumber") for one in questions(moodle.write(bank("ja")))]

    assert len(ids) == len(set(ids))


def test_a_star_is_only_a_star():
    found = questions(moodle.write(bundle(nasty_items())))
    short = [one for one in found if one.get("type") == "shortanswer"]

    assert all(r"\*" in {text(answer, ".") for answer in one.findall("answer")} for one in short)


def test_nasty_texts_read_back_the_same():
    items = nasty_items()

    found = questions(moodle.write(bundle(items)))

    for one, item in zip(found, items, strict=True):
        assert text(one, "name") == item.id
        if item.id.startswith("cdata"):
            assert truth.squeezed("Ends ]]> early &") in truth.words_in(text(one, "questiontext"))
        if item.id.startswith("gift-code"):
            assert truth.words_in(text(one, "questiontext")) == truth.squeezed(
                NASTY["gift-code"].removeprefix("```bash").removesuffix("```")
            )


def test_a_diagram_comes_along_as_a_picture():
    (one,) = [item for item in nasty_items() if item.id == "diagram-single"]

    (found,) = questions(moodle.write(bundle([one])))

    file = found.find("questiontext/file")
    assert file is not None
    assert f"@@PLUGINFILE@@/{file.get('name')}" in text(found, "questiontext")
    assert file.get("encoding") == "base64"


def test_no_questions_make_a_sound_file():
    assert questions(moodle.write(bundle([]))) == []
