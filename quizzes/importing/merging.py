"""Puts two languages of the same questions together, by their ids."""

from __future__ import annotations

from dataclasses import replace

from quizzes.importing.model import Choice, NotUnderstood, Question, Reading, Texts

_MEND = "export both languages of the same course at the same time"


def merged(first: Reading, second: Reading) -> Reading:
    """Return the questions of `first` with the texts of those of `second` that have their id.

    Questions that differ in more than their texts, and those of `second` alone, are refused.
    """
    others = {one.id: one for one in second.questions if one.id}
    reading = Reading([], [*first.refused, *second.refused], [*first.notes, *second.notes])
    for one in first.questions:
        other = others.pop(one.id, None) if one.id else None
        try:
            reading.questions.append(_both(one, other) if other else one)
        except NotUnderstood as error:
            reading.refused.append(error.at(one.place))
    for one in others.values():
        what = f"{one.place}: only the other file has it"
        reading.refused.append(NotUnderstood("no question of that id", _MEND).at(what))
    for one in second.questions:
        if not one.id:
            nameless = NotUnderstood("the other file does not say its id", _MEND)
            reading.refused.append(nameless.at(one.place))
    return reading


def _both(one: Question, other: Question) -> Question:
    if set(one.prompt) & set(other.prompt):
        raise NotUnderstood("both files have the same language", "name a file of each language")
    if _key(one) != _key(other):
        raise NotUnderstood("the two languages differ in kind, choices or key", _MEND)
    return replace(
        one,
        prompt=_texts(one.prompt, other.prompt),
        explanation=_texts(one.explanation, other.explanation),
        trap=_texts(one.trap, other.trap),
        choices=tuple(map(_choice, one.choices, other.choices)),
    )


def _key(question: Question) -> object:
    choices = [(one.is_right, one.number, one.unit) for one in question.choices]
    return question.kind, choices


def _choice(one: Choice, other: Choice) -> Choice:
    return replace(
        one,
        text=_texts(one.text, other.text),
        reason=_texts(one.reason, other.reason),
        match=_texts(one.match, other.match),
        forms=tuple(dict.fromkeys([*one.forms, *other.forms])),
    )


def _texts(one: Texts, other: Texts) -> Texts:
    return {**one, **other}
