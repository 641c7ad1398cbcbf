"""What learners may take away of what they answered: only what they have been shown the key of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext, override

from content.catalog.model import Course
from content.catalog.questions import Question
from quizzes import bank, grading, reviews
from quizzes.export.items import item
from quizzes.export.model import Bundle, Code, Given, Item, Paragraph, Rich, Text
from quizzes.exporting import Wanted, item_of, revised_at
from quizzes.grading import Picked
from quizzes.marking import key_of
from quizzes.models import Answer, Attempt
from quizzes.rules import rules
from quizzes.titles import title_of_attempt


def shown_to(user_id: int, course: Course) -> dict[str, Question]:
    """Return the questions whose answers a learner has been shown, by id, as they were marked."""
    rows = _latest(user_id, course)
    versions = bank.versions(course.slug, {key_of(one) for one in rows.values()})
    return {question: versions[key_of(row)] for question, row in rows.items()}


def of_attempt(attempt: Attempt, course: Course, wanted: Wanted) -> Bundle:
    """Return the questions of a closed attempt with what was answered."""
    rows = attempt.answer_set.select_related("version").order_by("position")
    hidden = _hidden(attempt.user_id, course)
    kept = [one for one in rows if one.credit is not None and one.version.question not in hidden]
    title = title_of_attempt(attempt, course, wanted.language)
    return _bundle(course, kept, wanted, title, f"attempt-{attempt.pk}")


def of_misses(user_id: int, course: Course, wanted: Wanted) -> Bundle:
    """Return the questions whose latest answer was not right."""
    rows = [one for one in _latest(user_id, course).values() if one.credit != 1]
    with override(wanted.language):
        title = gettext("Missed questions")
    return _bundle(course, rows, wanted, title, "missed")


def of_due(user_id: int, course: Course, wanted: Wanted, now: datetime) -> Bundle:
    """Return the questions whose cards are due, the most overdue first."""
    latest = _latest(user_id, course)
    due = reviews.due_questions(user_id, course, now)
    with override(wanted.language):
        title = gettext("Cards due")
    return _bundle(course, [latest[one] for one in due if one in latest], wanted, title, "due")


def _hidden(user_id: int, course: Course) -> set[str]:
    """Return the questions that an open attempt, or an exam that is set, still asks."""
    rows = Answer.objects.filter(
        attempt__user_id=user_id,
        attempt__course=course.slug,
        attempt__closed_at=None,
        credit=None,
    )
    held = rules().held_quizzes(user_id, course.slug)
    to_be_asked = {
        question.id for quiz in course.quizzes if quiz.slug in held for question in quiz.questions
    }
    return to_be_asked | set(rows.values_list("version__question", flat=True))


def _latest(user_id: int, course: Course) -> dict[str, Answer]:
    """Return the latest marked answer to each question whose key may be known."""
    rows = Answer.objects.filter(
        attempt__user_id=user_id, attempt__course=course.slug, credit__isnull=False
    )
    found = {
        one.version.question: one
        for one in rows.select_related("version").order_by("attempt__started_at", "pk")
    }
    hidden = _hidden(user_id, course)
    return {question: row for question, row in found.items() if question not in hidden}


def _bundle(
    course: Course, rows: Sequence[Answer], wanted: Wanted, title: str, name: str
) -> Bundle:
    digests = {one.version_id for one in rows} | {key_of(one) for one in rows}
    versions = bank.versions(course.slug, digests)
    answered = [one.answered_at for one in rows if one.answered_at]
    return Bundle(
        course=course.slug,
        course_title=course.title(wanted.language),
        title=title,
        name=f"{course.slug}-{name}",
        language=wanted.language,
        revised=max([revised_at(course), *answered]),
        items=[
            replace(
                item_of(course, versions[key_of(one)], wanted),
                given=_given(one, versions[one.version_id], wanted.language),
            )
            for one in rows
        ],
        keys=wanted.keys,
        is_review=True,
    )


def _given(row: Answer, asked: Question, language: str) -> Given:
    """Return what was answered in words, by the version that was asked."""
    words = in_words(row.picked, item(asked.payload, language))
    return Given(tuple(words), is_right=row.credit == 1)


def in_words(picked: Picked, asked: Item) -> Iterable[Rich]:
    """Return what was picked in the words of the question as it was asked; typed text as code."""
    if grading.is_blank(picked) or picked is None:
        return
    if isinstance(picked, str):
        yield _typed(picked)
    elif asked.kind == "ordering":
        placed = sorted(zip(picked, asked.choices, strict=False), key=lambda one: one[0])
        yield from (choice.text for place, choice in placed if place != grading.NOTHING)
    elif asked.kind == "matching":
        for choice, place in zip(asked.choices, picked, strict=False):
            if place != grading.NOTHING:
                yield _joined(choice.text, asked.choices[place].match)
    else:
        yield from (one.text for n, one in enumerate(asked.choices) if n in picked)


def _typed(text: str) -> Rich:
    fence = "``" if "`" in text else "`"
    return Rich(f"{fence}{text}{fence}", (Paragraph((Code(text),)),))


def _joined(left: Rich, match: str) -> Rich:
    inlines = left.blocks[0].inlines if isinstance(left.blocks[0], Paragraph) else ()
    return Rich(f"{left.markdown} → {match}", (Paragraph((*inlines, Text(f" → {match}"))),))
