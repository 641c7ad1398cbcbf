"""What is inside a QTI item: its variables and its body, with the names of QTI 2."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from quizzes.export.asked import accepted, asked, matches, task
from quizzes.export.elements import Picture, blocks, element, flat
from quizzes.export.model import Item

FEEDBACK = "FEEDBACK"
_ODD = re.compile(r"[^A-Za-z0-9_.-]")
_BASES = {"matching": "directedPair", "short": "string"}
_CARDINALITIES = {"multiple": "multiple", "ordering": "ordered", "matching": "multiple"}


def identifier(name: str) -> str:
    """Return a name as an identifier: letters, digits, _ - and ., no digit first."""
    found = _ODD.sub("-", name)
    return found if found[:1].isalpha() else f"i-{found}"


def choice_id(letter: str) -> str:
    return f"CHOICE_{letter}"


def match_id(number: str) -> str:
    return f"MATCH_{number}"


def declarations(item: Item) -> Iterable[Element]:
    """Return the response with its right value, then the outcomes."""
    response = element(
        "responseDeclaration",
        identifier="RESPONSE",
        cardinality=_CARDINALITIES.get(item.kind, "single"),
        baseType=_BASES.get(item.kind, "identifier"),
    )
    right = SubElement(response, "correctResponse")
    for value in _right(item):
        SubElement(right, "value").text = value
    if item.kind == "short":
        mapping = SubElement(response, "mapping", {"defaultValue": "0"})
        for form, is_right in _typed(item):
            points = "1" if is_right else "0"
            attributes = {"mapKey": form, "mappedValue": points, "caseSensitive": "false"}
            SubElement(mapping, "mapEntry", attributes)
    yield response
    score = element(
        "outcomeDeclaration",
        identifier="SCORE",
        cardinality="single",
        baseType="float",
        normalMaximum="1",
    )
    SubElement(SubElement(score, "defaultValue"), "value").text = "0"
    yield score
    yield element(
        "outcomeDeclaration", identifier=FEEDBACK, cardinality="single", baseType="identifier"
    )


def _right(item: Item) -> list[str]:
    if item.kind == "short":
        return [item.right[0].shown]
    if item.kind == "matching":
        numbers = {match: number for number, match in matches(item)}
        return [f"{choice_id(one.letter)} {match_id(numbers[one.match])}" for one in item.choices]
    return [choice_id(one.letter) for one in item.right]


def _typed(item: Item) -> list[tuple[str, bool]]:
    """Return what may be typed and whether it is right; letters that differ in case are one."""
    found: dict[str, tuple[str, bool]] = {}
    for form, choice in accepted(item):
        found.setdefault(form.casefold(), (form, choice.is_right))
    return list(found.values())


def body(item: Item, picture: Picture) -> Element:
    found = Element("itemBody")
    stem = element("div", *blocks(item.prompt, picture))
    found.append(stem)
    if item.kind == "short":
        stem.append(element("p", task(item)))
        entry = element("textEntryInteraction", responseIdentifier="RESPONSE", expectedLength="40")
        stem.append(element("p", entry))
    elif item.kind == "matching":
        found.append(_pairs(item, picture))
    else:
        found.append(_choices(item, picture))
    return found


def _choices(item: Item, picture: Picture) -> Element:
    if item.kind == "ordering":
        interaction = element("orderInteraction", responseIdentifier="RESPONSE", shuffle="true")
    else:
        interaction = element(
            "choiceInteraction",
            responseIdentifier="RESPONSE",
            shuffle="true",
            maxChoices=str(len(item.right)),
        )
    interaction.append(element("prompt", task(item)))
    for _, choice in asked(item):
        shown = flat(choice.text, picture, tag="simpleChoice")
        shown.set("identifier", choice_id(choice.letter))
        interaction.append(shown)
    return interaction


def _pairs(item: Item, picture: Picture) -> Element:
    left = Element("simpleMatchSet")
    for choice in item.choices:
        shown = flat(choice.text, picture, tag="simpleAssociableChoice")
        shown.set("identifier", choice_id(choice.letter))
        shown.set("matchMax", "1")
        left.append(shown)
    right = Element("simpleMatchSet")
    times = str(len(item.choices))
    for number, said in matches(item):
        attributes = {"identifier": match_id(number), "matchMax": times}
        right.append(element("simpleAssociableChoice", said, **attributes))
    return element(
        "matchInteraction",
        element("prompt", task(item)),
        left,
        right,
        responseIdentifier="RESPONSE",
        shuffle="true",
        maxAssociations=times,
    )
