"""What several formats show alike: choices as asked, choices with their marks, why."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from quizzes.export.asked import asked, matches, solution, task
from quizzes.export.elements import Picture, blocks, element, flat
from quizzes.export.model import Choice, Item
from quizzes.export.words import words


def prompt(item: Item, picture: Picture) -> list[Element]:
    """Return the question and what is to be done."""
    return [*blocks(item.prompt, picture), element("p", task(item), class_="task")]


def choices(item: Item, picture: Picture) -> list[Element]:
    """Return the choices as they are put to somebody; of a short question, none."""
    found = []
    if item.kind != "short":
        rows = [_row(label, one, picture) for label, one in asked(item)]
        found.append(element("ul", *rows, class_="choices"))
    if item.kind == "matching":
        rows = [element("li", _label(number), said) for number, said in matches(item)]
        found.append(element("ul", *rows, class_="choices matches"))
    return found


def _row(label: str, choice: Choice, picture: Picture) -> Element:
    return element("li", _label(label), flat(choice.text, picture))


def _label(label: str) -> Element:
    return element("b", f"{label}. ", class_="label")


def answer(item: Item) -> Element:
    """Return the answer in one line, by the labels of the choices."""
    said = words(item.language)
    inside = element("code" if item.kind == "short" else "b", solution(item))
    before, _, after = said.joined.format(said.answer, "\x00").partition("\x00")
    return element("p", before, inside, after, class_="answer")


def solved(item: Item, picture: Picture) -> list[Element]:
    """Return every choice with its mark and reason, steps in their right order."""
    labels = {one.letter: label for label, one in asked(item)}
    rows = [_solved(item, one, labels.get(one.letter, ""), picture) for one in item.choices]
    return [answer(item), element("ul", *rows, class_="choices solved")]


def _solved(item: Item, choice: Choice, label: str, picture: Picture) -> Element:
    said = words(item.language)
    is_right = choice in item.right
    row = element("li", class_="right" if is_right else "wrong")
    if label:
        row.append(_label(label))
    if item.kind == "short":
        row.append(element("code", " / ".join(choice.forms) or choice.shown))
    else:
        row.append(flat(choice.text, picture))
    if choice.match:
        row.append(element("span", f" → {choice.match}", class_="match"))
    if item.kind in ("single", "multiple", "short"):
        mark = f"✓ {said.right}" if is_right else f"✗ {said.wrong}"
        row.append(element("span", f" {mark}", class_="mark"))
    if choice.reason:
        row.append(flat(choice.reason, picture, tag="div"))
        row[-1].set("class", "reason")
    return row


def given(item: Item, picture: Picture) -> list[Element]:
    """Return what a learner answered, if the question comes from their own work."""
    if item.given is None:
        return []
    said = words(item.language)
    mark = said.was_right if item.given.is_right else said.was_wrong
    rows = [element("li", flat(one, picture)) for one in item.given.words]
    what = element("ol" if item.kind == "ordering" else "ul", *rows)
    nothing = element("p", said.blank)
    heading = element("p", element("b", said.mine), class_="heading")
    verdict = element("p", mark, class_="verdict")
    return [element("div", heading, what if rows else nothing, verdict, class_="mine")]


def why(item: Item, picture: Picture) -> list[Element]:
    """Return the explanation, the trap, and where to read on."""
    said = words(item.language)
    found = []
    for name, heading in (("explanation", said.why), ("trap", said.trap)):
        text = getattr(item, name)
        if text:
            title = element("p", element("b", heading), class_="heading")
            found.append(element("div", title, *blocks(text, picture), class_=name))
    if item.link:
        found.append(element("p", element("a", said.read, href=item.link), class_="read"))
    return found
