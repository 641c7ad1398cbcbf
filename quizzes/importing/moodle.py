"""Reads Moodle XML: multichoice, truefalse, shortanswer, matching and ordering questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from content.catalog.questions import Kind
from quizzes.importing import xml_tree
from quizzes.importing.model import Choice, NotUnderstood, Question, Reading, Unreadable, said
from quizzes.importing.texts import Taker, typed

WHOLE = 99.9  # percent; some tools write 99.99999
_ID = re.compile(r"[a-z][a-z0-9-]{2,59}")

Filled = tuple[Kind, tuple[Choice, ...]]


def read(data: bytes, language: str) -> Reading:
    """Return the questions, in `language`. Raises Unreadable."""
    return read_tree(xml_tree.parse(data), language)


def read_tree(root: Element, language: str) -> Reading:
    if root.tag != "quiz":
        raise Unreadable(f"<{root.tag[:40]}> is no Moodle XML", "export from the question bank")
    reading, number = Reading(), 0
    for one in root.iterfind("question"):
        if one.get("type") == "category":
            continue
        number += 1
        name = _text(one.find("name")).strip()
        place = f"question {number} ({name[:60]})" if name else f"question {number}"
        try:
            reading.questions.append(_question(one, Taker(reading, place, language)))
        except NotUnderstood as error:
            reading.refused.append(error.at(place))
    return reading


def _question(one: Element, taker: Taker) -> Question:
    kind = one.get("type", "")
    read_kind = _KINDS.get(kind)
    if read_kind is None:
        raise NotUnderstood(
            f"a question of type {kind[:40] or '?'} has no kind here",
            "ask it as one of single, multiple, ordering, matching, short",
        )
    found, choices = read_kind(one, taker)
    prompt = taker.text(*_formed(one.find("questiontext")))
    if not prompt:
        raise NotUnderstood("the question has no text", "write questiontext")
    explanation, trap = taker.why(*_formed(one.find("generalfeedback")))
    return Question(
        place=taker.place,
        id=_id(one),
        kind=found,
        prompt=prompt,
        choices=choices,
        explanation=explanation,
        trap=trap,
    )


def _id(one: Element) -> str:
    for name in (one.findtext("idnumber", ""), _text(one.find("name"))):
        if _ID.fullmatch(name.strip()):
            return name.strip()
    return ""


def _multichoice(one: Element, taker: Taker) -> Filled:
    is_single = one.findtext("single", "true").strip() in ("true", "1")
    answers = [(each, _fraction(each)) for each in one.iterfind("answer")]
    is_right = [_counts(share, is_single=is_single) for _, share in answers]
    if is_single and any(0 < share < WHOLE for _, share in answers):
        taker.note("part of the credit for a choice becomes none", "look at the key")
    if not any(is_right):
        raise NotUnderstood("no choice is right", "give the right one 100 %")
    choices = [
        _choice(each, taker, is_right=right)
        for (each, _), right in zip(answers, is_right, strict=True)
    ]
    return ("single" if is_single else "multiple"), tuple(choices)


def _counts(share: float, *, is_single: bool) -> bool:
    return share >= WHOLE if is_single else share > 0


def _truefalse(one: Element, taker: Taker) -> Filled:
    words = {"true": {"ja": "正しい", "en": "True"}, "false": {"ja": "誤り", "en": "False"}}
    choices = []
    for each in one.iterfind("answer"):
        text = _text(each).strip()
        spelled = words.get(text.lower(), {}).get(taker.language, text)
        reason = taker.text(*_formed(each.find("feedback")))
        share = _fraction(each)
        choices.append(Choice(said(spelled, taker.language), reason, is_right=share >= WHOLE))
    if sum(each.is_right for each in choices) != 1:
        raise NotUnderstood("neither true or both are right", "give one of them 100 %")
    taker.note("true or false has two choices; a single question needs three", "add one")
    return "single", tuple(choices)


def _shortanswer(one: Element, taker: Taker) -> Filled:
    answers = []
    for each in one.iterfind("answer"):
        form = _text(each).strip()
        if re.search(r"(?<!\\)\*", form):
            raise NotUnderstood(f"{form[:40]!r} has a * for anything", "list the spellings")
        share = _fraction(each)
        if 0 < share < WHOLE:
            raise NotUnderstood(f"{form[:40]!r} has part of the credit", "give it 100 % or none")
        reason = taker.text(*_formed(each.find("feedback")))
        if form:
            answers.append((form.replace(r"\*", "*"), share >= WHOLE, reason))
    if not any(is_right for _, is_right, _ in answers):
        raise NotUnderstood("no answer is right", "give one of them 100 %")
    return "short", typed(answers)


def _matching(one: Element, taker: Taker) -> Filled:
    pairs = []
    for each in one.iterfind("subquestion"):
        text = taker.line(*_formed(each))
        match = " ".join(_text(each.find("answer")).split())
        if text and match:
            pairs.append(Choice(text, match=said(match, taker.language)))
        else:
            taker.note(f"a pair without a partner is left out: {match[:40]}", "add a partner")
    if not pairs:
        raise NotUnderstood("there are no pairs", "write at least three")
    return "matching", tuple(pairs)


def _ordering(one: Element, taker: Taker) -> Filled:
    steps = sorted(one.iterfind("answer"), key=_fraction)
    if not steps:
        raise NotUnderstood("there are no steps", "write at least three")
    return "ordering", tuple(_choice(each, taker, is_right=False) for each in steps)


def _choice(each: Element, taker: Taker, *, is_right: bool) -> Choice:
    text = taker.line(*_formed(each))
    if not text:
        raise NotUnderstood("a choice has no words", "write what it says")
    return Choice(text, taker.text(*_formed(each.find("feedback"))), is_right=is_right)


def _fraction(each: Element) -> float:
    try:
        return float(each.get("fraction", "0"))
    except ValueError:
        raise NotUnderstood(
            f"the fraction {each.get('fraction', '')[:20]!r} is no number", "write 100 or 0"
        ) from None


def _text(one: Element | None) -> str:
    return "" if one is None else one.findtext("text", "")


def _formed(one: Element | None) -> tuple[str, str]:
    """Return a text and its form; Moodle's own default is moodle_auto_format."""
    return _text(one), "" if one is None else one.get("format", "")


_KINDS: Mapping[str, Callable[[Element, Taker], Filled]] = {
    "multichoice": _multichoice,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
    "matching": _matching,
    "ordering": _ordering,
}
