"""Divides GIFT: records, then the parts of one, whatever its signs are escaped by.

Source: the GIFT page of the Moodle documentation. An escaped sign is kept as a noncharacter while
the text is divided, and given back by `restored`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizzes.export.reading import tidy
from quizzes.importing.model import NotUnderstood

_SIGNS = "~=#{}:\\\n"
_HIDDEN = {sign: chr(0xFDD0 + place) for place, sign in enumerate(_SIGNS)}
_BACK = {ord(hidden): sign for sign, hidden in _HIDDEN.items()}
_ESCAPE = re.compile(r"\\([~=#{}:\\n])")
_FORM = re.compile(r"\s*\[(html|moodle|markdown|plain)\]")
_ANSWER = re.compile(r"([=~])([^=~]*)")
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d+)?)%")
FORMS = {"html": "html", "markdown": "markdown", "plain": "plain_text", "moodle": ""}


@dataclass(frozen=True, slots=True)
class Formed:
    """A text and how it is written, as `texts.Taker` names it."""

    text: str
    form: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its sign (= or ~), its weight in percent if any, its feedback, its pair."""

    sign: str
    weight: float | None
    text: Formed
    feedback: Formed
    match: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """A question divided; `inner` is what stands in braces, None without any."""

    title: str
    stem: Formed
    inner: str | None
    feedback: Formed


def records(text: str) -> Iterator[tuple[int, str]]:
    """Yield each question with the number of its first line, comments and categories left out."""
    kept: list[str] = []
    start, is_open = 1, False
    for number, line in enumerate(tidy(text).split("\n"), start=1):
        if line.lstrip().startswith("//") or (not is_open and line.startswith("$CATEGORY:")):
            continue
        hidden = _ESCAPE.sub(_hide, line)
        if not hidden.strip() and not is_open:
            if kept:
                yield start, "\n".join(kept)
            kept = []
            continue
        if not kept:
            start = number
        kept.append(hidden)
        is_open = _is_open(hidden, is_open=is_open)
    if kept:
        yield start, "\n".join(kept)


def _hide(found: re.Match[str]) -> str:
    return _HIDDEN["\n" if found[1] == "n" else found[1]]


def _is_open(line: str, *, is_open: bool) -> bool:
    for sign in re.findall("[{}]", line):
        is_open = sign == "{"
    return is_open


def restored(text: str) -> str:
    """Return the words of a divided text."""
    return text.translate(_BACK)


def divided(record: str) -> Record:
    """Return the parts of a question, or raise NotUnderstood."""
    title, rest = "", record.strip()
    if rest.startswith("::") and "::" in rest[2:]:
        title, _, rest = rest[2:].partition("::")
    before, has_braces, after = rest.partition("{")
    if not has_braces:
        return Record(restored(title).strip(), formed(before), None, Formed("", ""))
    inner, is_closed, tail = after.partition("}")
    if not is_closed:
        raise NotUnderstood("the { is never closed", "close it with }")
    if "{" in tail or "}" in tail:
        raise NotUnderstood("there are braces after the answers", r"write a brace as \{")
    stem = formed(before)
    if tail.strip():
        stem = Formed(f"{stem.text} \\_\\_\\_\\_\\_ {restored(tail).strip()}", stem.form)
        stem = stem if stem.form == "markdown" else Formed(stem.text.replace("\\_", "_"), stem.form)
    inner, _, why = inner.partition("####")
    return Record(restored(title).strip(), stem, inner.strip(), formed(why, stem.form))


def formed(text: str, form: str = "") -> Formed:
    """Return a text without its mark such as [html]; without one, it is in `form`."""
    mark = _FORM.match(text)
    if mark:
        form, text = FORMS[mark[1]], text[mark.end() :]
    return Formed(restored(text).strip(), form)


def answers(inner: str, form: str) -> list[Answer]:
    """Return the answers in braces; those without a mark are in the form of the question."""
    return [_answer(found[1], found[2], form) for found in _ANSWER.finditer(inner)]


def _answer(sign: str, rest: str, form: str) -> Answer:
    weight = _WEIGHT.match(rest)
    if weight:
        rest = rest[weight.end() :]
    text, _, feedback = rest.partition("#")
    text, is_pair, match = text.partition("->")
    return Answer(
        sign=sign,
        weight=float(weight[1]) if weight else None,
        text=formed(text, form),
        feedback=formed(feedback, form),
        match=restored(match).strip() if is_pair else None,
    )
