"""What the portal exports comes back: all of it by JSON and CSV, questions and keys by the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from content.catalog.decode import decode
from content.catalog.quiz.schema import QuizFile
from content.catalog.quiz.texts import payload_of
from quizzes.export import formats as exports
from quizzes.export.asked import accepted
from quizzes.export.elements import blocks, html
from quizzes.export.items import item
from quizzes.export.model import Item
from quizzes.export.plain import one_line
from quizzes.export.reading import read as read_markdown
from quizzes.importing import formats, merging, question_file
from quizzes.importing.model import Choice, Question, Reading
from tests.quizzes.export.bank import LANGUAGES, bank

pytestmark = pytest.mark.django_db


def imported(name: str, language: str) -> Reading:
    wanted = exports.get(name)
    bundle, _ = exports.holdable(wanted, bank(language))
    return formats.read(f"bank.{wanted.extension}", wanted.write(bundle), language)[1]


@cache
def as_html(markdown: str, language: str) -> str:
    """Return what a text says, as HTML, whatever Markdown it is written in."""
    found = html(*blocks(read_markdown(markdown, language)))
    return found.replace("<div>", "").replace("</div>", "")


@pytest.mark.parametrize("name", ["json", "csv"])
def test_two_languages_give_back_the_files_of_the_course(name):
    both = merging.merged(imported(name, "ja"), imported(name, "en"))

    text = question_file.written(both.questions, LANGUAGES, is_chapter=True)

    assert not both.refused and not both.notes
    assert not [line for line in text.splitlines() if line.startswith("# TODO")]
    for language in LANGUAGES:
        assert list(items_of(text, language)) == [unlinked(one) for one in bank(language).items]


def items_of(text: str, language: str) -> Iterator[Item]:
    """Return the questions of a file as they would be exported; a file may hold only so many."""
    pieces = text.split("[[question]]\n")
    for piece in pieces[1:]:
        decoded = decode("[[question]]\n" + piece, QuizFile)
        assert decoded.table is not None, (decoded.faults, piece)
        yield replace(item(payload_of(decoded.table.question[0]), language), digest="")


def unlinked(one: Item) -> Item:
    return replace(one, digest="", domain="", chapter="", link="")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["moodle", "gift", "qti21", "qti22"])
def test_prompts_choices_and_keys_come_back(name, language):
    bundle, _ = exports.holdable(exports.get(name), bank(language))

    reading = imported(name, language)

    assert not reading.refused
    assert [one.id for one in reading.questions] == [one.id for one in bundle.items]
    for one, original in zip(reading.questions, bundle.items, strict=True):
        kind = "matching" if (name, original.kind) == ("gift", "ordering") else original.kind
        assert one.kind == kind
        told = as_html(one.prompt[language], language)
        assert told == as_html(original.prompt.markdown, language)
        assert answers_of(one, language) == answers_asked(original, name, language)


def answers_of(question: Question, language: str) -> object:
    if question.kind == "short":
        return {(form, one.is_right) for one in question.choices for form in one.forms}
    return [answer_of(one, language) for one in question.choices]


def answer_of(choice: Choice, language: str) -> tuple[str, str, bool]:
    match = choice.match.get(language, "")
    return as_html(choice.text[language], language), match, choice.is_right


def answers_asked(original: Item, name: str, language: str) -> object:
    if original.kind == "short":
        forms = [(form, one.is_right) for form, one in accepted(original)]
        return set(forms) if not name.startswith("qti") else distinct(forms)
    if (name, original.kind) == ("gift", "ordering"):
        return [
            (as_html(f"{n}\\.", language), one_line(one.text), False)
            for n, one in enumerate(original.choices, start=1)
        ]
    return [
        (as_html(one.text.markdown, language), one.match, one.is_right) for one in original.choices
    ]


def distinct(forms: list[tuple[str, bool]]) -> set[tuple[str, bool]]:
    """Return the forms without those that differ from an earlier one in case alone."""
    found: dict[str, tuple[str, bool]] = {}
    for form, is_right in forms:
        found.setdefault(form.casefold(), (form, is_right))
    return set(found.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["moodle", "gift", "qti21"])
def test_explanations_and_traps_come_back(name, language):
    originals = {one.id: one for one in bank(language).items}

    reading = imported(name, language)

    for one in reading.questions:
        original = originals[one.id]
        for field in ("explanation", "trap"):
            told = as_html(getattr(one, field).get(language, ""), language)
            assert told == as_html(getattr(original, field).markdown, language)
