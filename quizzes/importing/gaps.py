"""What an author still has to add to a question before the course takes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec

from content.catalog.quiz.schema import Place
from content.catalog.schema import Task
from quizzes.importing.model import Question, Texts


@dataclass(frozen=True, slots=True)
class Defaults:
    """What questions get that do not say it themselves; "" and 0 are nothing."""

    task: str = ""
    section: str = ""
    difficulty: int = 0
    sources: tuple[str, ...] = ()


def filled(question: Question, defaults: Defaults) -> Question:
    return replace(
        question,
        task=question.task or defaults.task,
        section=question.section or defaults.section,
        difficulty=question.difficulty or defaults.difficulty,
        sources=question.sources or defaults.sources,
    )


def gaps(question: Question, languages: Sequence[str]) -> list[str]:
    """Return the keys that are missing or that the course does not take, as its files name them."""
    return [*_facts(question), *_texts(question, languages)]


def _facts(question: Question) -> Iterator[str]:
    if not is_task(question.task):
        yield "task"
    if not 1 <= question.difficulty <= 3:  # noqa: PLR2004 - as the files of quizzes have it
        yield "difficulty"
    if not is_place(question.section):
        yield "section"
    if not question.sources:
        yield "sources"


def _texts(question: Question, languages: Sequence[str]) -> Iterator[str]:
    for name in ("prompt", "explanation", "trap"):
        yield from missing(name, getattr(question, name), languages)
    for number, choice in enumerate(question.choices, start=1):
        for name, texts in wanted_of(question, number - 1):
            yield from (f"choice {number} {one}" for one in missing(name, texts, languages))
        if question.kind == "short" and not choice.forms and choice.number is None:
            yield f"choice {number} forms"


def wanted_of(question: Question, place: int) -> list[tuple[str, Texts]]:
    """Return the texts that a choice of this kind has, by the names of the files."""
    choice = question.choices[place]
    named: list[tuple[str, Texts]] = []
    if question.kind != "short":
        named.append(("text", choice.text))
    if question.kind == "matching":
        named.append(("match", choice.match))
    return [*named, ("reason", choice.reason)]


def missing(name: str, texts: Texts, languages: Sequence[str]) -> list[str]:
    return [f"{name}.{one}" for one in languages if not texts.get(one)]


def is_task(text: str) -> bool:
    return _fits(text, Task)


def is_place(text: str) -> bool:
    return _fits(text, Place)


def _fits(text: str, kind: object) -> bool:
    try:
        msgspec.convert(text, kind)
    except msgspec.ValidationError:
        return False
    return True
