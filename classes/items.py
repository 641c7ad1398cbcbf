"""Item analysis: what the first attempts of a class say about the questions of its quizzes.

A question is an item in each version it was asked in. Unanswered is wrong; marks that a person or
a corrected key gave count, since they are the answer's credit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Count, QuerySet

from classes import firsts
from classes.models import Classroom
from content.catalog.model import Course, UnknownQuiz
from content.catalog.questions import Question, Quiz
from quizzes import bank, statistics
from quizzes.models import Answer
from quizzes.statistics import Flag, ItemFigures, QuizFigures, Tally, Weight

Age = Literal["current", "older", "gone"]  # of a version, against the course as it is today


class UnknownItem(LookupError):  # noqa: N818 - said as it is read in a view
    """Nobody in the class was asked that question in that quiz."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question in one version. `name` is what a URL calls it.

    `weight` is None for older versions, and where attempts were asked different questions.
    """

    number: int
    name: str
    question: Question
    age: Age
    figures: ItemFigures
    weight: Weight | None
    guess: float
    flags: Sequence[Flag]


@dataclass(frozen=True, slots=True)
class Analysis:
    """A quiz and its items. `quiz` is None when the course has it no more.

    `figures` is None before the first attempt was closed. They are in points out of `out_of`;
    attempts out of other points are scaled. `is_same` says that all were asked the same questions.
    """

    slug: str
    quiz: Quiz | None
    figures: QuizFigures | None
    out_of: int
    is_same: bool
    items: Sequence[Item]

    @property
    def is_drawn(self) -> bool:
        return self.quiz is not None and self.quiz.is_drawn

    @property
    def flagged(self) -> list[Item]:
        return [one for one in self.items if one.flags]


@dataclass(frozen=True, slots=True)
class _Group:
    """How many answers to a version have a credit, in attempts with so many points."""

    quiz: str
    digest: str
    is_scored: bool
    credit: float
    points: float
    out_of: int
    count: int


@dataclass(frozen=True, slots=True)
class _Sat:
    """A first attempt."""

    quiz: str
    points: float
    out_of: int


def overview(room: Classroom, course: Course) -> list[Analysis]:
    """Return every quiz of the course, then those that were sat and have gone. Three queries."""
    found = _analyses(room, course, "")
    here = [one.slug for one in course.quizzes]
    gone = sorted(found.keys() - set(here))
    return [found.get(slug) or _blank(course, slug) for slug in (*here, *gone)]


def analysis(room: Classroom, course: Course, slug: str) -> Analysis:
    """Return one quiz. Three queries. Raises UnknownQuiz when it is gone and nobody sat it."""
    found = _analyses(room, course, slug).get(slug)
    if found is None:
        course.quiz(slug)
    return found or _blank(course, slug)


def find(wanted: Analysis, name: str) -> Item:
    """Return the item of a digest, or the newest version of a question. Raises UnknownItem."""
    for item in wanted.items:
        if name in (item.name, item.question.digest):
            return item
    versions = [one for one in wanted.items if one.question.id == name]
    if not versions:
        raise UnknownItem(name)
    return versions[0]


def _quiz_of(course: Course, slug: str) -> Quiz | None:
    try:
        return course.quiz(slug)
    except UnknownQuiz:
        return None


def _blank(course: Course, slug: str) -> Analysis:
    return Analysis(slug, _quiz_of(course, slug), None, 0, is_same=False, items=())


def _analyses(room: Classroom, course: Course, slug: str) -> dict[str, Analysis]:
    sat, groups = defaultdict(list), defaultdict(list)
    for one in _sat(room, slug):
        sat[one.quiz].append(one)
    for group in _groups(room, slug):
        groups[group.quiz].append(group)
    digests = {group.digest for found in groups.values() for group in found}
    versions = bank.versions(course.slug, digests)
    return {quiz: _analysed(course, quiz, sat[quiz], groups[quiz], versions) for quiz in sat}


def _sat(room: Classroom, quiz: str) -> Iterable[_Sat]:
    rows = firsts.first_attempts(room, quiz).values_list("quiz", "points", "out_of")
    for slug, points, out_of in rows:
        yield _Sat(slug, points or 0.0, out_of)


def _groups(room: Classroom, quiz: str) -> Iterable[_Group]:
    for slug, digest, is_scored, credit, points, out_of, count in grouped(
        firsts.answers(room, quiz)
    ):
        yield _Group(slug, digest, is_scored, credit or 0.0, points or 0.0, out_of, count)


def grouped(answers: QuerySet[Answer]) -> QuerySet[Answer, tuple[Any, ...]]:  # Any: a row
    """Let the database count: for 5,000 learners and 100 questions some 18,000 rows."""
    attempt = ("attempt__points", "attempt__out_of")
    return (
        answers.order_by()
        .values_list("attempt__quiz", "version_id", "is_scored", "credit", *attempt)
        .annotate(count=Count("pk"))
    )


def _analysed(
    course: Course,
    slug: str,
    sat: Sequence[_Sat],
    groups: Iterable[_Group],
    versions: Mapping[str, Question],
) -> Analysis:
    quiz = _quiz_of(course, slug)
    out_of = max(one.out_of for one in sat)
    tallies = _tallies(groups, out_of)
    by_question = _by_question(tallies, versions)
    is_drawn = quiz is not None and quiz.is_drawn
    is_same = not is_drawn and all(sum(one.values()) == len(sat) for one in by_question.values())
    totals = Counter(_scaled(one.points, one.out_of, out_of) for one in sat)
    figures = statistics.quiz(totals, list(by_question.values()) if is_same else ())
    weights = _weights(by_question) if is_same else {}
    items = _items(course, quiz, tallies, versions, weights)
    return Analysis(slug, quiz, figures, out_of, is_same=is_same, items=items)


def _tallies(groups: Iterable[_Group], out_of: int) -> Mapping[str, Tally]:
    found: defaultdict[str, Counter[tuple[float, float]]] = defaultdict(Counter)
    for one in groups:
        found[one.digest][one.credit, _total(one, out_of)] += one.count
    return found


def _total(group: _Group, out_of: int) -> float:
    """Return the points of the attempts, as if they were out of `out_of`, with the item in them.

    So the rest, which is what the item is set against, means the same in all attempts, also where
    a mock exam did not score the item.
    """
    if group.is_scored and group.out_of == out_of:
        return group.points
    rest = group.points - group.credit if group.is_scored else group.points
    return group.credit + _scaled(rest, group.out_of - group.is_scored, out_of - 1)


def _scaled(points: float, out_of: int, wanted: int) -> float:
    return points if out_of == wanted else points * wanted / out_of if out_of else 0.0


def _by_question(
    tallies: Mapping[str, Tally], versions: Mapping[str, Question]
) -> dict[str, Tally]:
    found: defaultdict[str, list[Tally]] = defaultdict(list)
    for digest, tally in tallies.items():
        found[versions[digest].id].append(tally)
    return {question: statistics.merged(of) for question, of in found.items()}


def _weights(by_question: Mapping[str, Tally]) -> dict[str, Weight]:
    found = statistics.weights(list(by_question.values()))
    return dict(zip(by_question, found, strict=True))


def _items(
    course: Course,
    quiz: Quiz | None,
    tallies: Mapping[str, Tally],
    versions: Mapping[str, Question],
    weights: Mapping[str, Weight],
) -> list[Item]:
    """Return the items in the order of the quiz, of a question the version of today first."""
    asked = bank.questions_of(course, quiz) if quiz else ()
    places = {one.id: place for place, one in enumerate(asked)}

    def order(question: Question) -> tuple[int, str, Age, str]:
        place = places.get(question.id, len(places))
        return place, question.id, _age(course, question), question.digest

    found, named = [], set[str]()
    for number, question in enumerate(sorted((versions[one] for one in tallies), key=order), 1):
        weight = None if question.id in named else weights.get(question.id)
        name = question.digest if question.id in named else question.id
        named.add(question.id)
        figures = statistics.item(tallies[question.digest])
        found.append(_item(number, name, question, _age(course, question), figures, weight))
    return found


def _item(
    number: int,
    name: str,
    question: Question,
    age: Age,
    figures: ItemFigures,
    weight: Weight | None,
) -> Item:
    guess = statistics.random_guess(question)
    flags = statistics.flags(figures, guess)
    return Item(number, name, question, age, figures, weight, guess, flags)


def _age(course: Course, question: Question) -> Age:
    today = course.questions.get(question.id)
    if today is None:
        return "gone"
    return "current" if today.digest == question.digest else "older"
