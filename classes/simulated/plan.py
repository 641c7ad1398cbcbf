"""What there is to do in a course, in the order in which learners do it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from content.catalog.model import Course
from content.catalog.questions import Quiz

QUESTION_MINUTES = 1.5
SITTINGS = 50  # of usual length see a learner through the whole course


@dataclass(frozen=True, slots=True)
class Task:
    """A section to read, a quiz to answer or a lab to build; `slug` of a section is its chapter."""

    kind: str
    slug: str
    section: str = ""
    minutes: float = 1.0


def tasks(course: Course) -> list[Task]:
    """Return everything: each chapter with its quiz and its labs, then what belongs to none."""
    return [*_of_chapters(course), *_quizzes(course, None)]


def _of_chapters(course: Course) -> Iterator[Task]:
    for chapter in course.chapters:
        minutes = chapter.text(course.languages[0]).minutes / max(1, len(chapter.section_ids))
        for section in chapter.section_ids:
            yield Task("section", chapter.slug, section, minutes)
        yield from _quizzes(course, chapter.slug)
        for lab in course.labs:
            if lab.paragraph.chapter == chapter.slug:
                yield Task("lab", lab.slug, minutes=lab.minutes)


def _quizzes(course: Course, chapter: str | None) -> Iterable[Task]:
    """Return the quizzes of a chapter; those without one, the drawn ones last."""
    mine = [one for one in course.quizzes if one.chapter == chapter]
    for quiz in sorted(mine, key=lambda one: one.is_drawn):
        yield Task("quiz", quiz.slug, minutes=question_count(course, quiz) * QUESTION_MINUTES)


def question_count(course: Course, quiz: Quiz) -> int:
    if quiz.is_drawn and course.exam:
        return course.exam.questions
    return len(quiz.questions)


def sitting_minutes(wanted: Sequence[Task]) -> float:
    """Return how long a usual sitting is, whatever the size of the course."""
    return max(1.0, sum(one.minutes for one in wanted) / SITTINGS)
