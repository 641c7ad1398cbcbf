"""Moodle XML: questions with their categories, feedback, tags and pictures, for Moodle 4.5.

Rules kept here were found by importing into Moodle 4.5: fractions come from a fixed list with five
decimals, an ordering question needs shownumcorrect, / inside the name of a category is //, * in a
short answer stands for anything unless it is escaped.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from content.catalog.questions import Kind
from quizzes.export import parts
from quizzes.export.asked import accepted
from quizzes.export.elements import Picture, blocks, flat, html
from quizzes.export.model import Bundle, Item, Rich
from quizzes.export.pictures import Files

WHOLE = 100.0


def write(bundle: Bundle) -> bytes:
    root = Element("quiz")
    category = None
    for item in bundle.items:
        if item.chapter != category:
            category = item.chapter
            root.append(_category(bundle, item))
        root.append(_question(item))
    indent(root)
    text = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def category_of(bundle: Bundle, item: Item) -> str:
    """Return the path of the category: the course, then the chapter."""
    names = (bundle.course_title, item.chapter or item.chapter_slug)
    return "/".join(("$course$/top", *(one.replace("/", "//").strip() for one in names)))


def tags_of(item: Item) -> list[str]:
    return [f"domain {item.task.partition('.')[0]}", f"task {item.task}", item.chapter_slug]


def fraction(share: float) -> str:
    """Return a share in percent as Moodle lists it: 100, 50, 33.33333, …"""
    return f"{share:.5f}".rstrip("0").rstrip(".")


def _category(bundle: Bundle, item: Item) -> Element:
    question = Element("question", {"type": "category"})
    _text(SubElement(question, "category"), category_of(bundle, item))
    return question


def _question(item: Item) -> Element:
    kinds: dict[Kind, tuple[str, Callable[[Element, Item], None]]] = {
        "single": ("multichoice", _choices),
        "multiple": ("multichoice", _choices),
        "ordering": ("ordering", _steps),
        "matching": ("matching", _pairs),
        "short": ("shortanswer", _typed),
    }
    name, fill = kinds[item.kind]
    question = Element("question", {"type": name})
    _text(SubElement(question, "name"), item.id)
    _rich(question, "questiontext", lambda picture: html(*blocks(item.prompt, picture)))
    _rich(question, "generalfeedback", lambda picture: html(*parts.why(item, picture)))
    _plain(question, defaultgrade="1", penalty="0.3333333", hidden="0", idnumber=item.id)
    fill(question, item)
    tags = SubElement(question, "tags")
    for one in tags_of(item):
        _text(SubElement(tags, "tag"), one)
    return question


def _choices(question: Element, item: Item) -> None:
    is_single = item.kind == "single"
    _plain(
        question,
        single="true" if is_single else "false",
        shuffleanswers="true",
        answernumbering="ABCD",
        showstandardinstruction="1",
    )
    for choice in item.choices:
        share = WHOLE / len(item.right) if choice.is_right else (0 if is_single else -WHOLE)
        answer = _html(question, "answer", choice.text)
        answer.set("fraction", fraction(share))
        _html(answer, "feedback", choice.reason)


def _steps(question: Element, item: Item) -> None:
    _plain(
        question,
        layouttype="VERTICAL",
        selecttype="ALL",
        selectcount="0",
        gradingtype="ALL_OR_NOTHING",
        showgrading="SHOW",
        numberingstyle="none",
        shownumcorrect="1",
    )
    for place, choice in enumerate(item.choices, start=1):
        answer = _html(question, "answer", choice.text)
        answer.set("fraction", str(place))
        _html(answer, "feedback", choice.reason)


def _pairs(question: Element, item: Item) -> None:
    _plain(question, shuffleanswers="true")
    for choice in item.choices:
        pair = _html(question, "subquestion", choice.text)
        _text(SubElement(pair, "answer"), choice.match)


def _typed(question: Element, item: Item) -> None:
    _plain(question, usecase="0")
    for form, choice in accepted(item):
        answer = SubElement(question, "answer", {"format": "moodle_auto_format"})
        answer.set("fraction", fraction(WHOLE if choice.is_right else 0))
        _text(answer, form.replace("*", r"\*"))
        _html(answer, "feedback", choice.reason)


def _plain(question: Element, **values: str) -> None:
    for name, value in values.items():
        SubElement(question, name).text = value


def _html(parent: Element, name: str, text: Rich) -> Element:
    return _rich(parent, name, lambda picture: _inner(flat(text, picture)))


def _inner(holder: Element) -> str:
    return html(holder).removeprefix("<span>").removesuffix("</span>")


def _rich(parent: Element, name: str, write_html: Callable[[Picture], str]) -> Element:
    """Add a text in HTML with the files of its pictures."""
    files = Files(lambda one: f"@@PLUGINFILE@@/{one}")
    found = SubElement(parent, name, {"format": "html"})
    _text(found, write_html(files.picture))
    for file, data in files.all.items():
        attributes = {"name": file, "path": "/", "encoding": "base64"}
        SubElement(found, "file", attributes).text = base64.b64encode(data).decode()
    return found


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = text
