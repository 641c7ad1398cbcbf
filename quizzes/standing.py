"""What a learner's answers say about the exam: gathers them, and what to do next, by domain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from content.catalog.model import Course, Exam
from content.catalog.questions import EXAM_KINDS, Question
from content.catalog.shares import shares
from content.navigation import Place, place
from quizzes import reviews
from quizzes.models import Answer
from quizzes.readiness import Evidence, Readiness, readiness
from quizzes.results import LEAST_SCORE, MOST_SCORE

SECTIONS = 4  # to read again, named for a domain


@dataclass(frozen=True, slots=True)
class Advice:
    """What would raise a domain: paragraphs that answer what was missed, and cards that are due."""

    sections: Sequence[Place]
    more_sections: int
    due_count: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The estimate, and advice for each domain."""

    readiness: Readiness
    advice: Mapping[int, Advice]


def standing(user_id: int, course: Course, exam: Exam, language: str, now: datetime) -> Standing:
    """Return how ready a learner is, from the answers to questions of the exam's kinds."""
    rows = _answers(user_id, course)
    evidence = [
        Evidence(
            one.domain, one.id, one.difficulty, credit == 1, (now - at).total_seconds() / 86400
        )
        for one, credit, at in rows
    ]
    counts = shares(exam.scored, {one.number: one.weight for one in exam.domains})
    latest = {one.id: (one, credit) for one, credit, _ in rows}
    missed = [one for one, credit in latest.values() if credit != 1]
    due = [course.questions[one].domain for one in reviews.due_questions(user_id, course, now)]
    return Standing(
        readiness(evidence, counts, pass_share(exam)),
        {one: _advice(one, missed, due, course, language) for one in counts},
    )


def pass_share(exam: Exam) -> float:
    """Return the share of the scored questions that a straight line puts at the pass mark."""
    return (exam.pass_score - LEAST_SCORE) / (MOST_SCORE - LEAST_SCORE)


def _answers(user_id: int, course: Course) -> list[tuple[Question, float, datetime]]:
    """Return the marked answers to questions the course still has, the oldest first: one query."""
    rows = Answer.objects.filter(
        attempt__user_id=user_id,
        attempt__course=course.slug,
        credit__isnull=False,
        picked__isnull=False,
    )
    found = rows.order_by("answered_at", "pk").values_list(
        "version__question", "credit", "answered_at"
    )
    answers = []
    for question_id, credit, at in found:
        question = course.questions.get(question_id)
        if question and question.kind in EXAM_KINDS and credit is not None and at is not None:
            answers.append((question, credit, at))
    return answers


def _advice(
    domain: int, missed: Sequence[Question], due: Sequence[int], course: Course, language: str
) -> Advice:
    places = [
        place(course, one.chapter, one.section, language) for one in missed if one.domain == domain
    ]
    named = list({one.url: one for one in places if one}.values())
    return Advice(named[:SECTIONS], max(len(named) - SECTIONS, 0), due.count(domain))
