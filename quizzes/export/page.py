"""Questions as one page to print: HTML that needs nothing beside it."""

from __future__ import annotations

import html as escapes
from xml.etree.ElementTree import Element

from quizzes.export import parts
from quizzes.export.elements import element, html
from quizzes.export.model import Bundle, Item
from quizzes.export.page_style import STYLE
from quizzes.export.pictures import inline
from quizzes.export.words import words


def write(bundle: Bundle) -> bytes:
    said = words(bundle.language)
    title = escapes.escape(f"{bundle.title} – {bundle.course_title}")
    head = (
        f'<!doctype html>\n<html lang="{escapes.escape(bundle.language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n"
    )
    header = element(
        "header",
        element("p", bundle.course_title, class_="course"),
        element("h1", bundle.title),
        element("p", said.count.format(len(bundle.items)), class_="count"),
    )
    main = element("main", header)
    main.extend(_numbered(bundle))
    if not bundle.items:
        main.append(element("p", said.nothing))
    if bundle.keys == "apart" and bundle.items:
        main.append(_key(bundle))
    return f"{head}<body>\n{html(main)}\n</body>\n</html>\n".encode()


def _numbered(bundle: Bundle) -> list[Element]:
    return [
        _question(item, number, is_solved=bundle.keys == "inline")
        for number, item in enumerate(bundle.items, start=1)
    ]


def _question(item: Item, number: int, *, is_solved: bool) -> Element:
    found = element("section", _heading(item, number), class_="question")
    found.append(element("div", *parts.prompt(item, inline), class_="prompt"))
    if is_solved:
        found.extend(_solved(item))
    else:
        found.extend(parts.choices(item, inline))
        if item.kind == "short":
            found.append(element("p", class_="blank"))
    return found


def _solved(item: Item) -> list[Element]:
    shown = parts.choices(item, inline) if item.kind in ("ordering", "matching") else []
    return [
        *shown,
        *parts.given(item, inline),
        *parts.solved(item, inline),
        *parts.why(item, inline),
    ]


def _heading(item: Item, number: int) -> Element:
    said = words(item.language)
    facts = " · ".join(filter(None, (item.task, item.chapter)))
    return element("h2", said.question.format(number), " ", element("span", facts, class_="facts"))


def _key(bundle: Bundle) -> Element:
    said = words(bundle.language)
    found = element("section", element("h1", said.key), class_="key")
    for number, item in enumerate(bundle.items, start=1):
        solution = [
            *parts.given(item, inline),
            *parts.solved(item, inline),
            *parts.why(item, inline),
        ]
        found.append(element("section", _heading(item, number), *solution, class_="question"))
    return found
