"""Reads one item of QTI 2: its interaction, its key, its feedback."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element, tostring

from content.catalog.questions import Kind
from quizzes.export.qti import TOOL
from quizzes.importing.model import Choice, NotUnderstood, Question, Reading, said
from quizzes.importing.texts import Taker, typed

_ID = re.compile(r"[a-z][a-z0-9-]{2,59}")
_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
_NAMED = "{http://www.w3.org/XML/1998/namespace}lang"
_MEND = "ask it as one of single, multiple, ordering, matching, short"
_TASK = 2  # paragraphs that our own export ends the stem of a short question with

Filled = tuple[Kind, tuple[Choice, ...]]


def question(root: Element, place: str, reading: Reading, language: str) -> Question:
    """Return the question of an item (names without namespaces), or raise NotUnderstood."""
    if root.tag != "assessmentItem":
        raise NotUnderstood(f"<{root.tag[:40]}> is no item of QTI 2", "name the items")
    name = root.get("title", "").strip() or root.get("identifier", "")
    own = root.get("lang", "") or root.get(_NAMED, "")
    language = own if _LANGUAGE.fullmatch(own) else language
    place = f"{place} ({name[:60]})" if name else place
    taker = Taker(reading, place, language)
    interaction = _interaction(root)
    kind, choices = _KINDS[interaction.tag](root, interaction, taker)
    explanation, trap = _why(root, taker)
    prompt = _prompt(root, interaction, taker)
    if not prompt:
        raise NotUnderstood("the item asks nothing", "write a text into its body")
    return Question(
        place=place,
        id=_id(root),
        kind=kind,
        prompt=prompt,
        choices=_with_reasons(root, choices, taker),
        explanation=explanation,
        trap=trap,
    )


def _id(root: Element) -> str:
    for name in (root.get("title", ""), root.get("identifier", "").lower()):
        if _ID.fullmatch(name):
            return name
    return ""


def _interaction(root: Element) -> Element:
    found = [one for one in root.iter() if one.tag.endswith("Interaction")]
    if len(found) != 1:
        raise NotUnderstood(f"the item has {len(found)} interactions", "ask one thing an item")
    if found[0].tag not in _KINDS:
        raise NotUnderstood(f"{found[0].tag[:40]} has no kind here", _MEND)
    return found[0]


def _is_ours(root: Element) -> bool:
    return root.get("toolName") == TOOL


def _prompt(root: Element, interaction: Element, taker: Taker) -> dict[str, str]:
    """Return the body without its interaction; ours says in `prompt` only what is to be done."""
    body = root.find("itemBody")
    if body is None:
        return {}
    if interaction.tag != "textEntryInteraction":
        _remove(body, interaction)
    elif not _is_ours(root):
        _put_gap(body, interaction)
    else:
        for stem in body.findall("div")[:1]:
            stem[-_TASK:] = []
    asked = interaction.find("prompt")
    more = "" if asked is None or _is_ours(root) else f"<p>{_html(asked)}</p>"
    return taker.text(_html(body) + more, "html")


def _remove(body: Element, interaction: Element) -> None:
    for parent in list(body.iter()):
        if interaction in list(parent):
            parent.remove(interaction)


def _put_gap(body: Element, interaction: Element) -> None:
    """Put a gap where something is to be typed."""
    for parent in list(body.iter()):
        if interaction in list(parent):
            gap = Element("span")
            gap.text, gap.tail = "_____", interaction.tail
            parent[list(parent).index(interaction)] = gap


def _html(element: Element) -> str:
    """Return what an element holds as HTML."""
    inside = "".join(tostring(one, encoding="unicode", method="html") for one in element)
    return _words(element.text) + inside


def _words(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;")


def _keys(root: Element, interaction: Element) -> list[str]:
    """Return the values that are right, from the key or, without one, from the mapping."""
    wanted = interaction.get("responseIdentifier")
    for one in root.iter("responseDeclaration"):
        if one.get("identifier") == wanted:
            values = [(each.text or "").strip() for each in one.iterfind("correctResponse/value")]
            mapped = [name for name, is_right in _mapped(one) if is_right]
            if values or mapped:
                return values or mapped
    raise NotUnderstood("the item does not say what is right", "add its correctResponse")


def _mapped(declaration: Element) -> Iterator[tuple[str, bool]]:
    for one in declaration.iterfind("mapping/mapEntry"):
        try:
            points = float(one.get("mappedValue", "0"))
        except ValueError:
            points = 0
        yield one.get("mapKey", ""), points > 0


def _choices(root: Element, interaction: Element, taker: Taker) -> Filled:
    keys = _keys(root, interaction)
    choices = []
    for one in interaction.iterfind("simpleChoice"):
        reason = _reason(one, taker)
        choices.append(Choice(_line(one, taker), reason, is_right=one.get("identifier") in keys))
    right = sum(one.is_right for one in choices)
    if right != len(set(keys)):
        raise NotUnderstood("the key names choices that are not there", "correct the item")
    return ("single" if right == 1 else "multiple"), tuple(choices)


def _reason(one: Element, taker: Taker) -> dict[str, str]:
    found: dict[str, str] = {}
    for feedback in one.findall("feedbackInline"):
        found |= taker.text(_html(feedback), "html")
        one.remove(feedback)
    return found


def _line(one: Element, taker: Taker) -> dict[str, str]:
    text = taker.line(_html(one), "html")
    if not text:
        raise NotUnderstood("a choice has no words", "write what it says")
    return text


def _steps(root: Element, interaction: Element, taker: Taker) -> Filled:
    steps = {one.get("identifier", ""): one for one in interaction.iterfind("simpleChoice")}
    keys = _keys(root, interaction)
    if sorted(keys) != sorted(steps):
        raise NotUnderstood("the order does not name every step once", "correct the item")
    return "ordering", tuple(Choice(_line(steps[one], taker)) for one in keys)


def _pairs(root: Element, interaction: Element, taker: Taker) -> Filled:
    sides = interaction.findall("simpleMatchSet")
    pairs = [one.split() for one in _keys(root, interaction)]
    if len(sides) != 2 or any(len(one) != 2 for one in pairs):  # noqa: PLR2004 - a pair
        raise NotUnderstood("the pairs are not two and two", "correct the item")
    left = {one.get("identifier", ""): one for one in sides[0]}
    right = {one.get("identifier", ""): one for one in sides[1]}
    partners = {one[0]: one[1] for one in pairs}
    if len(partners) != len(pairs) or set(partners) != set(left):
        raise NotUnderstood("not every choice has exactly one partner", "correct the item")
    if not set(partners.values()) <= set(right):
        raise NotUnderstood("the key names partners that are not there", "correct the item")
    return "matching", tuple(
        Choice(_line(one, taker), match=_said(right[partners[name]], taker))
        for name, one in left.items()
    )


def _said(one: Element, taker: Taker) -> dict[str, str]:
    return said(" ".join("".join(one.itertext()).split()), taker.language)


def _typed(root: Element, interaction: Element, taker: Taker) -> Filled:
    forms = dict.fromkeys(_keys(root, interaction), True)
    for one in root.iter("responseDeclaration"):
        if one.get("identifier") == interaction.get("responseIdentifier"):
            forms |= dict(_mapped(one))
    return "short", typed([(form, is_right, {}) for form, is_right in forms.items() if form])


def _feedback(root: Element) -> str:
    return "".join(_html(one) for one in root.iter("modalFeedback"))


def _why(root: Element, taker: Taker) -> tuple[dict[str, str], dict[str, str]]:
    """Return the explanation and the trap; ours has the answers and reasons beside them."""
    feedback = _feedback(root)
    if not _is_ours(root):
        return taker.why(feedback, "html")
    return taker.why(feedback, "html") if 'class="explanation"' in feedback else ({}, {})


def _with_reasons(root: Element, choices: tuple[Choice, ...], taker: Taker) -> tuple[Choice, ...]:
    """Return the choices with the reasons that our own export lists in their order."""
    if not _is_ours(root) or any(one.forms for one in choices):
        return choices
    lists = [one for one in root.iter("ul") if one.get("class") == "choices solved"]
    reasons = [_listed(row, taker) for one in lists[:1] for row in one]
    if len(reasons) != len(choices):
        return choices
    return tuple(
        Choice(one.text, one.reason or reason, one.match, one.is_right)
        for one, reason in zip(choices, reasons, strict=True)
    )


def _listed(row: Element, taker: Taker) -> dict[str, str]:
    for one in row:
        if one.get("class") == "reason":
            return taker.text(_html(one), "html")
    return {}


_KINDS: Mapping[str, Callable[[Element, Element, Taker], Filled]] = {
    "choiceInteraction": _choices,
    "orderInteraction": _steps,
    "matchInteraction": _pairs,
    "textEntryInteraction": _typed,
}
