"""A question as it stands on a page: its choices in their order, and once marked, the reasons.

What a marked choice says is the same for everybody who gets the same verdict: it is rendered once
a process and joined at each request.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.translation import get_language

from content import navigation
from content.catalog.model import Course, in_language
from content.catalog.questions import Question
from content.rendering.model import Html
from quizzes import grading, keys
from quizzes.grading import Mark, Picked, Verdict
from quizzes.models import Answer


@dataclass(frozen=True, slots=True)
class Option:
    value: int
    label: str
    is_picked: bool


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One choice. `verdict`, `reason` and `solution` are empty until they may be seen.

    `options` are the places of an ordering or the matches of a matching question; `given` is the
    one that was picked and `solution` the right one, in words.
    """

    place: int
    html: Html
    label: str
    is_picked: bool
    options: Sequence[Option] = ()
    verdict: Verdict | None = None
    reason: Html | None = None
    given: str = ""
    solution: str = ""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question and what was answered.

    `typed` is the text of a short answer, `solution` how it is written. `mark` is None until the
    question may be known; then `is_right` counts marks that a person gave, `answered` are the
    choices with their reasons, and `explained` says why.
    """

    id: str
    kind: str
    prompt: Html
    choices: Sequence[ChoiceView]
    right_count: int
    typed: str
    mark: Mark | None = None
    is_right: bool = False
    is_blank: bool = True
    answered: Html | None = None
    explained: Html | None = None
    reason: Html | None = None
    solution: str = ""


def view(row: Answer, question: Question, language: str, picked: Picked = None) -> QuestionView:
    """Return a question without anything that would tell its answer.

    `picked` is what was posted when it could not be saved; otherwise what the row holds.
    """
    shown = row.picked if picked is None else picked
    return QuestionView(
        id=question.id,
        kind=question.kind,
        prompt=_in(question.prompts, language),
        choices=[
            _choice(question, place, position, shown, language)
            for position, place in enumerate(row.order)
        ],
        right_count=question.right_count,
        typed=shown if isinstance(shown, str) else "",
        is_blank=grading.is_blank(shown),
    )


def marked(
    row: Answer, question: Question, key: Question, course: Course | None, language: str
) -> QuestionView:
    """Return a question with its marks and reasons; `key` is the version whose key counts."""
    sheet = _Sheet(row, question, key, language)
    mark = sheet.mark
    choices = [sheet.choice(place) for place in sheet.order]
    interface = get_language() or language
    foreseen = key.choices[mark.foreseen] if mark.foreseen is not None else None
    right = next((one.shown for one in key.choices if one.is_right), "")
    return QuestionView(
        id=question.id,
        kind=question.kind,
        prompt=_in(question.prompts, language),
        choices=choices,
        right_count=key.right_count,
        typed=row.picked if isinstance(row.picked, str) else "",
        mark=mark,
        is_right=row.credit == 1,
        is_blank=grading.is_blank(row.picked),
        answered=Html("".join(_answered(one, language, interface) for one in choices)),
        explained=_explained(key, course, language, interface),
        reason=_in(foreseen.reasons, language) if foreseen else None,
        solution=right if question.kind == "short" else "",
    )


@lru_cache(maxsize=8192)
def _answered(choice: ChoiceView, language: str, interface: str) -> Html:
    """Return a marked choice; equal choices are rendered once."""
    context = {"choice": choice, "language": language, "LANGUAGE_CODE": interface}
    return Html(render_to_string("quizzes/_option.html", context).strip())


@lru_cache(maxsize=4096)
def _explained(key: Question, course: Course | None, language: str, interface: str) -> Html:
    context = {
        "explanation": _in(key.explanations, language),
        "trap": _in(key.traps, language),
        "place": course and navigation.place(course, key.chapter, key.section, language),
        "language": language,
        "LANGUAGE_CODE": interface,
    }
    return Html(render_to_string("quizzes/_explained.html", context).strip())


class _Sheet:
    """An answer laid beside the key. Choices have a place in the question and one in the key."""

    def __init__(self, row: Answer, question: Question, key: Question, language: str) -> None:
        self.row = row
        self.question = question
        self.key = key
        self.language = language
        self.places = keys.same_choices(question, key) or range(len(question.choices))
        self.mark = grading.mark(key, keys.moved(row.picked, self.places, key))

    @property
    def order(self) -> Sequence[int]:
        """Return the choices as they were asked; steps in their right order."""
        if self.question.kind == "ordering":
            return sorted(range(len(self.places)), key=self.places.__getitem__)
        return list(self.row.order)

    def choice(self, place: int) -> ChoiceView:
        choice, in_key = self.question.choices[place], self.places[place]
        picked = self.row.picked
        return ChoiceView(
            place=place,
            html=_in(choice.texts, self.language),
            label=in_language(choice.labels, self.language),
            is_picked=isinstance(picked, list) and place in picked,
            verdict=self.mark.verdicts[in_key] if self.mark.verdicts else None,
            reason=_in(self.key.choices[in_key].reasons, self.language),
            given=self.given(_at(picked, place)),
            solution=self.solution(in_key),
        )

    def given(self, chosen: int) -> str:
        """Return the place or the match that was chosen, in words."""
        if chosen == grading.NOTHING or self.question.kind not in ("ordering", "matching"):
            return ""
        if self.question.kind == "ordering":
            return str(chosen + 1)
        return in_language(self.question.choices[chosen].matches, self.language)

    def solution(self, in_key: int) -> str:
        """Return the right place or match, in words."""
        if self.key.kind == "ordering":
            return str(in_key + 1)
        if self.key.kind == "matching":
            return in_language(self.key.choices[in_key].matches, self.language)
        return ""


def _in(texts: Mapping[str, Html], language: str) -> Html:
    return Html(in_language(texts, language))


def _choice(
    question: Question, place: int, position: int, picked: Picked, language: str
) -> ChoiceView:
    choice = question.choices[place]
    chosen = _at(picked, place)
    return ChoiceView(
        place=place,
        html=_in(choice.texts, language),
        label=in_language(choice.labels, language),
        is_picked=isinstance(picked, list) and place in picked,
        options=_options(question, chosen, language),
    )


def _at(picked: Picked, place: int) -> int:
    return picked[place] if isinstance(picked, list) and place < len(picked) else grading.NOTHING


def _options(question: Question, chosen: int, language: str) -> list[Option]:
    """Return what a place or a match is chosen from; matches by the alphabet."""
    count = len(question.choices)
    if question.kind == "ordering":
        return [Option(place, str(place + 1), place == chosen) for place in range(count)]
    if question.kind != "matching":
        return []
    labels = [in_language(one.matches, language) for one in question.choices]
    places = sorted(range(count), key=lambda place: labels[place])
    return [Option(place, labels[place], place == chosen) for place in places]
