"""What a reader of an exported file must find, taken from the course without the exporter.

Prompts and choices are compared by their words, white space aside: what a format does to a line
break is its own affair, what it does to a letter is not.
"""

from __future__ import annotations

import unicodedata
from html.parser import HTMLParser

from content import library
from content.rendering.plain import words_of
from tests.quizzes.export.bank import COURSE, authored


def squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def words_in(html: str) -> str:
    """Return the words of HTML without white space."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return squeezed("".join(reader.found))


def prompt(question_id: str, language: str) -> str:
    page = library.course(COURSE).questions[question_id].prompts[language]
    return squeezed(words_of(page))


def choices(question_id: str, language: str) -> list[str]:
    """Return the words of the choices as the site shows them, in the order of the author."""
    question = library.course(COURSE).questions[question_id]
    return [squeezed(one.labels.get(language, "")) for one in question.choices]


def right(question_id: str) -> list[int]:
    """Return the places of the right choices, by the author's file."""
    table = authored()[question_id]
    if table["kind"] in ("ordering", "matching"):
        return list(range(len(table["choice"])))
    return [n for n, one in enumerate(table["choice"]) if one.get("right")]


def matched(question_id: str, language: str) -> list[str]:
    return [squeezed(one["match"][language].strip()) for one in authored()[question_id]["choice"]]


def forms(question_id: str) -> list[str]:
    """Return the first spelling of every right answer of a short question."""
    return [
        one["forms"][0] if "forms" in one else f"{one['number']} {one.get('unit', '')}".strip()
        for one in authored()[question_id]["choice"]
        if one.get("right")
    ]


def kind(question_id: str) -> str:
    return str(authored()[question_id]["kind"])
