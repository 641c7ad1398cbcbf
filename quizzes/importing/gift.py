"""Reads GIFT: choices, true or false, short answers and pairs; an order has no sign in GIFT."""

from __future__ import annotations

import re

from content.catalog.questions import Kind
from quizzes.importing.gift_signs import Answer, Formed, Record, answers, divided, records
from quizzes.importing.model import (
    Choice,
    NotUnderstood,
    Question,
    Reading,
    Unreadable,
    decoded,
    said,
)
from quizzes.importing.texts import Taker, typed

WHOLE = 99.9
_ID = re.compile(r"[a-z][a-z0-9-]{2,59}")
_TRUTH = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(?:#([^#]*))?(?:#([^#]*))?", re.IGNORECASE)
_WORDS = {"ja": ("正しい", "誤り"), "en": ("True", "False")}

Filled = tuple[Kind, tuple[Choice, ...]]


def read(data: bytes, language: str) -> Reading:
    """Return the questions, in `language`. Raises Unreadable."""
    text = decoded(data)
    if "{" not in text:
        raise Unreadable("there are no answers in braces, so this is no GIFT", "name a GIFT file")
    reading = Reading()
    for number, record in records(text):
        place = f"line {number}"
        try:
            reading.questions.append(_question(record, reading, place, language))
        except NotUnderstood as error:
            reading.refused.append(error.at(place))
    return reading


def _question(record: str, reading: Reading, place: str, language: str) -> Question:
    parts = divided(record)
    if parts.inner is None:
        raise NotUnderstood("it has no answers in braces", "a text alone is no question")
    if parts.title:
        place = f"{place} ({parts.title[:60]})"
    taker = Taker(reading, place, language)
    kind, choices = _filled(parts, parts.inner, taker)
    prompt = taker.text(parts.stem.text, parts.stem.form)
    if not prompt:
        raise NotUnderstood("the question has no text", "write it before the {")
    explanation, trap = taker.why(parts.feedback.text, parts.feedback.form)
    return Question(
        place=place,
        id=parts.title if _ID.fullmatch(parts.title) else "",
        kind=kind,
        prompt=prompt,
        choices=choices,
        explanation=explanation,
        trap=trap,
    )


def _filled(parts: Record, inner: str, taker: Taker) -> Filled:
    if not inner:
        raise NotUnderstood("an essay has no kind here", "ask it with choices")
    if inner.startswith("#"):
        raise NotUnderstood("a numerical range has no kind here", "ask it as a short question")
    truth = _TRUTH.fullmatch(inner)
    if truth:
        return "single", _truth(truth, parts, taker)
    found = answers(inner, parts.stem.form)
    if not found:
        raise NotUnderstood("no answer begins with = or ~", "mark each answer")
    if any(one.sign == "~" for one in found):
        return _choices(found, taker)
    return _pairs(found, taker) if any(one.match for one in found) else _typed(found, taker)


def _truth(found: re.Match[str], parts: Record, taker: Taker) -> tuple[Choice, ...]:
    """Return both; the first feedback is for who is wrong, the second for who is right."""
    is_true = found[1].upper().startswith("T")
    wrong, right = (_reason(Formed(one or "", parts.stem.form), taker) for one in found.group(2, 3))
    taker.note("true or false has two choices; a single question needs three", "add one")
    return tuple(
        Choice(said(word, taker.language), right if is_right else wrong, is_right=is_right)
        for word, is_right in zip(
            _WORDS.get(taker.language, _WORDS["en"]), (is_true, not is_true), strict=True
        )
    )


def _choices(found: list[Answer], taker: Taker) -> Filled:
    shares = [_share(one) for one in found]
    is_multiple = sum(one.sign == "=" for one in found) != 1 and max(shares) < WHOLE
    is_right = [share > 0 if is_multiple else share >= WHOLE for share in shares]
    if not any(is_right):
        raise NotUnderstood("no choice is right", "mark the right one with =")
    if not is_multiple and any(0 < share < WHOLE for share in shares):
        taker.note("part of the credit for a choice becomes none", "look at the key")
    choices = []
    for one, right in zip(found, is_right, strict=True):
        text = taker.line(one.text.text, one.text.form)
        if not text:
            raise NotUnderstood("a choice has no words", "write what it says")
        choices.append(Choice(text, _reason(one.feedback, taker), is_right=right))
    return ("multiple" if sum(is_right) > 1 else "single"), tuple(choices)


def _share(one: Answer) -> float:
    return one.weight if one.weight is not None else (100.0 if one.sign == "=" else 0.0)


def _pairs(found: list[Answer], taker: Taker) -> Filled:
    pairs = []
    for one in found:
        text = taker.line(one.text.text, one.text.form)
        if text and one.match:
            pairs.append(Choice(text, match=said(" ".join(one.match.split()), taker.language)))
        else:
            taker.note(f"a pair without a partner is left out: {one.text.text[:40]}", "add one")
    return "matching", tuple(pairs)


def _typed(found: list[Answer], taker: Taker) -> Filled:
    taken = []
    for one in found:
        form, share = one.text.text, _share(one)
        if re.search(r"(?<!\\)\*", form):
            raise NotUnderstood(f"{form[:40]!r} has a * for anything", "list the spellings")
        if 0 < share < WHOLE:
            raise NotUnderstood(f"{form[:40]!r} has part of the credit", "give it 100 % or none")
        if form:
            reason = _reason(one.feedback, taker)
            taken.append((form.replace(r"\*", "*"), share >= WHOLE, reason))
    if not any(is_right for _, is_right, _ in taken):
        raise NotUnderstood("no answer is right", "mark one with =")
    return "short", typed(taken)


def _reason(feedback: Formed, taker: Taker) -> dict[str, str]:
    return taker.text(feedback.text, feedback.form)
