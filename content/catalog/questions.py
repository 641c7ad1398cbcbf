"""Quizzes and questions as the rest of the site sees them: checked, rendered, unchangeable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from content.rendering.model import Html

Kind = Literal["single", "multiple", "ordering", "matching", "short"]
EXAM_KINDS: frozenset[Kind] = frozenset({"single", "multiple"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice, by language. Learners name it by its place in the question, from 0.

    `labels` are the words of `texts` without markup. A matching choice belongs to its `matches`.
    A short answer has `forms`, of which the first is shown, or a `number` in a `unit`.
    """

    is_right: bool
    texts: Mapping[str, Html]
    labels: Mapping[str, str]
    matches: Mapping[str, str]
    reasons: Mapping[str, Html]
    forms: tuple[str, ...] = ()
    number: Decimal | None = None
    unit: str = ""

    @property
    def shown(self) -> str:
        """Return the answer of a short question as it is written on AWS."""
        return self.forms[0] if self.forms else f"{self.number} {self.unit}".strip()


@dataclass(frozen=True, slots=True, eq=False)  # compared and hashed as the object it is
class Question:
    """A question in all languages of its course.

    `digest` is the sha256 of `payload`, the canonical JSON of what its author wrote. `chapter` is a
    slug, `section` the id of the heading that answers it, `part` the section (a `##`) around it.
    """

    id: str
    kind: Kind
    task: str
    difficulty: int
    chapter: str
    section: str
    part: str
    sources: tuple[str, ...]
    prompts: Mapping[str, Html]
    explanations: Mapping[str, Html]
    traps: Mapping[str, Html]
    choices: tuple[Choice, ...]
    digest: str
    payload: str

    @property
    def domain(self) -> int:
        """Return the domain of the exam the task belongs to."""
        return int(self.task.partition(".")[0])

    @property
    def right_count(self) -> int:
        """Return how many choices are right: what "Choose TWO" says."""
        return sum(choice.is_right for choice in self.choices)


@dataclass(frozen=True, slots=True, eq=False)  # compared and hashed as the object it is
class Quiz:
    """The questions of a chapter, of a file of their own, or drawn like the exam (`is_drawn`).

    `minutes` to sit it as an exam, and how many `attempts` at that; None is without a limit.
    """

    slug: str
    chapter: str | None
    titles: Mapping[str, str]
    summaries: Mapping[str, str]
    questions: tuple[Question, ...]
    minutes: int | None = None
    attempts: int | None = None
    is_drawn: bool = False

    def title(self, language: str) -> str:
        """Return the title in `language`, or in the first language there is."""
        return self.titles.get(language) or next(iter(self.titles.values()))

    def summary(self, language: str) -> str:
        """Return the summary in `language`, or in the first language there is."""
        return self.summaries.get(language) or next(iter(self.summaries.values()))
