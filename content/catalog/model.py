"""A course as the rest of the site sees it: checked, rendered and unchangeable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from content.catalog.labs_model import Lab
from content.catalog.questions import Question, Quiz
from content.catalog.shares import shares
from content.rendering.model import Page


class UnknownLab(LookupError):  # noqa: N818 - said as it is read in a view
    """The course has no lab of that slug."""


class UnknownQuiz(LookupError):  # noqa: N818 - said as it is read in a view
    """The course has no quiz of that slug."""


class UnknownChapter(LookupError):  # noqa: N818 - said as it is read in a view
    """The course has no chapter of that slug."""


def in_language(texts: Mapping[str, str], language: str) -> str:
    """Return the text in `language`, or in the first language there is."""
    return texts.get(language) or next(iter(texts.values()))


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain of the exam; its weight is in percent."""

    number: int
    titles: Mapping[str, str]
    weight: int

    def title(self, language: str) -> str:
        return in_language(self.titles, language)


@dataclass(frozen=True, slots=True)
class Exam:
    """The exam a course prepares for; `scored` of its `questions` count."""

    code: str
    titles: Mapping[str, str]
    questions: int
    scored: int
    minutes: int
    pass_score: int
    domains: tuple[Domain, ...]

    def title(self, language: str) -> str:
        return in_language(self.titles, language)

    def question_counts(self) -> dict[int, int]:
        """Return how many questions an exam has of each domain, by the weights."""
        return shares(self.questions, {one.number: one.weight for one in self.domains})


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the glossary; `also` are other spellings people type.

    `chapter` is the slug of the chapter that explains it, `section` the id of a heading there.
    """

    id: str
    names: Mapping[str, str]
    meanings: Mapping[str, str]
    also: tuple[str, ...] = ()
    chapter: str | None = None
    section: str | None = None

    def name(self, language: str) -> str:
        return in_language(self.names, language)

    def meaning(self, language: str) -> str:
        return in_language(self.meanings, language)


@dataclass(frozen=True, slots=True)
class ChapterText:
    """A chapter in one language. `digest` is the sha256 of its source, `minutes` to read it."""

    language: str
    title: str
    summary: str
    checked: date
    tasks: tuple[str, ...]
    sources: tuple[str, ...]
    page: Page
    minutes: int
    digest: str


@dataclass(frozen=True, slots=True, eq=False)  # compared and hashed as the object it is
class Chapter:
    """A chapter in all its languages; `label` is its number ("1") or its letter ("A")."""

    slug: str
    label: str
    texts: Mapping[str, ChapterText]
    section_ids: tuple[str, ...]

    def text(self, language: str) -> ChapterText:
        """Return the chapter in `language`, or in the course's first language."""
        return self.texts.get(language) or next(iter(self.texts.values()))


@dataclass(frozen=True, slots=True, eq=False)  # compared and hashed as the object it is
class Course:
    """A course. `images` are the paths, inside `folder`, of the pictures its chapters show."""

    slug: str
    languages: tuple[str, ...]
    titles: Mapping[str, str]
    summaries: Mapping[str, str]
    licence: str
    checked: date
    exam: Exam | None
    chapters: tuple[Chapter, ...]
    digest: str
    folder: Path
    images: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    quizzes: tuple[Quiz, ...] = ()
    questions: Mapping[str, Question] = field(default_factory=dict)
    labs: tuple[Lab, ...] = ()

    def title(self, language: str) -> str:
        return in_language(self.titles, language)

    def summary(self, language: str) -> str:
        return in_language(self.summaries, language)

    def chapter(self, slug: str) -> Chapter:
        """Return the chapter of that slug, or raise UnknownChapter."""
        for chapter in self.chapters:
            if chapter.slug == slug:
                return chapter
        raise UnknownChapter(f"{self.slug} has no chapter {slug!r}.")

    def quiz(self, slug: str) -> Quiz:
        """Return the quiz of that slug, or raise UnknownQuiz."""
        for quiz in self.quizzes:
            if quiz.slug == slug:
                return quiz
        raise UnknownQuiz(f"{self.slug} has no quiz {slug!r}.")

    def lab(self, slug: str) -> Lab:
        """Return the lab of that slug, or raise UnknownLab."""
        for lab in self.labs:
            if lab.slug == slug:
                return lab
        raise UnknownLab(f"{self.slug} has no lab {slug!r}.")

    def neighbours(self, chapter: Chapter) -> tuple[Chapter | None, Chapter | None]:
        """Return the chapters before and after this one; None at either end."""
        slugs = [other.slug for other in self.chapters]
        if chapter.slug not in slugs:
            raise UnknownChapter(f"{self.slug} has no chapter {chapter.slug!r}.")
        place = slugs.index(chapter.slug)
        before = self.chapters[place - 1] if place else None
        after = self.chapters[place + 1] if place + 1 < len(self.chapters) else None
        return before, after
