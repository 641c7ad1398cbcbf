"""Which questions a course has already, and which stand twice in what was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from content.catalog.folding import folded
from quizzes.importing.model import Question


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A question that is there already: in the course as `of`, or earlier in the file."""

    question: Question
    of: str
    is_in_course: bool
    is_same_id: bool

    def __str__(self) -> str:
        where = f"the course has {self.of}" if self.is_in_course else f"the same as {self.of}"
        return f"{self.question.place}: {where}, by {'id' if self.is_same_id else 'prompt'}"


def divided(
    questions: Sequence[Question], known: Mapping[str, Iterable[str]]
) -> tuple[list[Question], list[Duplicate]]:
    """Return the questions that are new, and the others; `known` are the course's prompts by id.

    Prompts are compared folded: without width, case and space.
    """
    ids = {one: (one, True) for one in known}
    prompts = {folded(text): (one, True) for one, texts in known.items() for text in texts}
    new, duplicates = [], []
    for one in questions:
        keys = [key for key in map(folded, one.prompt.values()) if key]
        by_prompt = next((prompts[key] for key in keys if key in prompts), None)
        by_id = ids.get(one.id) if one.id else None
        found = by_id or by_prompt
        if found:
            duplicates.append(Duplicate(one, *found, is_same_id=by_id is not None))
            continue
        new.append(one)
        prompts |= dict.fromkeys(keys, (one.place, False))
        if one.id:
            ids[one.id] = (one.place, False)
    return new, duplicates
