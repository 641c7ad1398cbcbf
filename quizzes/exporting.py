"""Gathers the questions of a course, or of a part of it, to be exported."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Literal

from content import navigation
from content.catalog.model import Course, UnknownChapter, UnknownQuiz
from content.catalog.questions import Question
from quizzes import bank
from quizzes.export.items import item
from quizzes.export.model import Bundle, Item, Keys
from quizzes.titles import title_of_quiz

Part = Literal["course", "quiz", "chapter", "domain"]


class UnknownPart(LookupError):  # noqa: N818 - said as it is read in a view
    """The course has no such quiz, chapter or domain."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an export is wanted. `address` begins links to the site ("https://…"); "" for none."""

    language: str
    address: str = ""
    keys: Keys = "inline"


def of_bank(
    course: Course, part: Part, value: str, wanted: Wanted, shown: Mapping[str, Question] | None
) -> Bundle:
    """Return a part of a course's bank: a quiz or a chapter by slug, a domain by number.

    `shown` are the questions a learner may know, in the version they may know; None is the whole
    bank as it stands today. Raises UnknownPart.
    """
    title, questions = _part(course, part, value, wanted.language)
    if shown is not None:
        questions = [shown[one.id] for one in questions if one.id in shown]
    return Bundle(
        course=course.slug,
        course_title=course.title(wanted.language),
        title=title,
        name="-".join(filter(None, (course.slug, part if part == "domain" else "", value))),
        language=wanted.language,
        revised=revised_at(course),
        items=[item_of(course, one, wanted) for one in questions],
        keys=wanted.keys,
    )


def _part(
    course: Course, part: Part, value: str, language: str
) -> tuple[str, Collection[Question]]:
    everything = course.questions.values()
    try:
        if part == "quiz":
            quiz = course.quiz(value)
            return title_of_quiz(course, quiz, language), bank.questions_of(course, quiz)
        if part == "chapter":
            chapter = course.chapter(value)
            title = f"{chapter.label} {chapter.text(language).title}"
            return title, [one for one in everything if one.chapter == value]
    except (UnknownQuiz, UnknownChapter) as error:
        raise UnknownPart(value) from error
    if part == "domain":
        for domain in course.exam.domains if course.exam else ():
            if str(domain.number) == value:
                found = [one for one in everything if one.domain == domain.number]
                return f"{domain.number} {domain.title(language)}", found
        raise UnknownPart(value)
    return course.title(language), everything


def item_of(course: Course, question: Question, wanted: Wanted) -> Item:
    """Return a question in the neutral form, with what the course knows around it."""
    language = wanted.language
    place = navigation.place(course, question.chapter, question.section, language)
    domains = course.exam.domains if course.exam else ()
    titles = {one.slug: f"{one.label} {one.text(language).title}" for one in course.chapters}
    link = f"{wanted.address}{place.url}" if wanted.address and place else ""
    return replace(
        item(question.payload, language),
        domain=next((one.title(language) for one in domains if one.number == question.domain), ""),
        chapter=titles.get(question.chapter, question.chapter),
        link=link.replace("#", f"?lang={language}#", 1),
    )


def revised_at(course: Course) -> datetime:
    """Return when a question of the course last changed: the newest of its files."""
    stamps = [int(one.stat().st_mtime) for one in (course.folder / "quizzes").glob("*.toml")]
    if stamps:
        return datetime.fromtimestamp(max(stamps), UTC)
    return datetime.combine(course.checked, time(), UTC)
