"""Marks an answer. Pure: a question and what was picked in, a mark out.

Rules: the exam gives a question all or nothing, and nothing for a blank (exam guide of DOP-C02:
unanswered is incorrect, no penalty for guessing). Practice also shows partial credit of multiple
response: max(0, (right - wrong) / number of right choices).
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Literal

from content.catalog.folding import folded, in_smallest, quantity
from content.catalog.questions import Choice, Question

# Choices are named by their place in the question, from 0.
# single, multiple: the choices picked. ordering: for each choice, the place it was put, from 0.
# matching: for each choice, the choice whose match was picked. -1 is nothing. short: the text.
Picked = list[int] | str | None
NOTHING = -1
CLOSE = 0.8  # of difflib's ratio: how alike a typed answer is to be called near

Verdict = Literal["right", "wrong", "missed", "rest"]


@dataclass(frozen=True, slots=True)
class Mark:
    """`credit` is 0 or 1, `partial` from 0 to 1.

    `verdicts` has one for each choice; for a short question it has none.
    `foreseen` is the choice of a short question that was typed. `is_near` says that a wrong answer
    was almost a right one, `case_differs` that AWS writes it in other letters.
    """

    credit: float
    partial: float
    verdicts: tuple[Verdict, ...] = ()
    foreseen: int | None = None
    is_near: bool = False
    case_differs: bool = False


def is_blank(picked: Picked) -> bool:
    """Tell whether nothing was answered."""
    if picked is None or isinstance(picked, str):
        return not (picked or "").strip()
    return all(one == NOTHING for one in picked)


def mark(question: Question, picked: Picked) -> Mark:
    """Return the mark of what was picked, in the shape that belongs to the question's kind."""
    if question.kind == "short":
        return _typed(question, picked if isinstance(picked, str) else "")
    places = picked if isinstance(picked, list) else []
    if question.kind == "ordering":
        return _all_or_nothing(
            [one == place for place, one in enumerate(_filled(places, question))]
        )
    if question.kind == "matching":
        matches = [_match_of(question, one) for one in _filled(places, question)]
        return _all_or_nothing(
            [one == choice.matches for one, choice in zip(matches, question.choices, strict=True)]
        )
    return _chosen(question, set(places))


def _filled(places: list[int], question: Question) -> list[int]:
    count = len(question.choices)
    return [*places, *[NOTHING] * count][:count]


def _match_of(question: Question, place: int) -> object:
    return question.choices[place].matches if 0 <= place < len(question.choices) else None


def _all_or_nothing(are_right: list[bool]) -> Mark:
    credit = float(all(are_right))
    return Mark(credit, credit, tuple("right" if one else "wrong" for one in are_right))


def _chosen(question: Question, picked: set[int]) -> Mark:
    verdicts = tuple(_verdict(one, place in picked) for place, one in enumerate(question.choices))
    right, wrong = verdicts.count("right"), verdicts.count("wrong")
    is_whole = right == question.right_count and wrong == 0
    partial = max(0.0, (right - wrong) / question.right_count)
    return Mark(float(is_whole), partial, verdicts)


def _verdict(choice: Choice, is_picked: bool) -> Verdict:  # noqa: FBT001 - reads as a table
    if choice.is_right:
        return "right" if is_picked else "missed"
    return "wrong" if is_picked else "rest"


def _typed(question: Question, text: str) -> Mark:
    place = next((n for n, one in enumerate(question.choices) if _says(one, text)), None)
    is_right = place is not None and question.choices[place].is_right
    credit = float(is_right)
    return Mark(
        credit,
        credit,
        foreseen=place,
        is_near=place is None and _is_near(question, text),
        case_differs=is_right and _case_differs(question, text),
    )


def _says(choice: Choice, text: str) -> bool:
    if choice.number is not None:
        return quantity(text, choice.unit) == in_smallest(choice.number, choice.unit)
    return folded(text) in {folded(form) for form in choice.forms}


def _is_near(question: Question, text: str) -> bool:
    right = [folded(form) for one in question.choices if one.is_right for form in one.forms]
    return bool(difflib.get_close_matches(folded(text), right, n=1, cutoff=CLOSE))


def _case_differs(question: Question, text: str) -> bool:
    """Tell whether the answer is right but for capitals, which AWS tells apart."""
    forms = [form for one in question.choices if one.is_right for form in one.forms]
    typed = text.strip()
    return typed not in forms and typed.casefold() in {form.casefold() for form in forms}
