"""Pages of item analysis: the quizzes of a class, one of them, one question."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.requests import LearnerRequest
from classes import distractors, readings
from classes import items as analyses
from classes.access import get_course, get_reading_seat
from classes.frame import frame
from classes.items import Analysis, Item
from classes.models import Classroom
from classes.readings import FlagWords
from classes.scatter import Place, Scatter, scatter
from content.catalog.manifest import slug_of
from content.catalog.model import Course, UnknownQuiz, in_language
from content.catalog.questions import Question
from content.navigation import place
from quizzes.statistics import ENOUGH
from quizzes.titles import title_of_quiz

TITLE_LENGTH = 64  # letters of a prompt that name a question


SORTS: dict[
    str, Callable[[Item], float | None]
] = {  # what the URL says, and the number it stands for
    "number": lambda item: item.number,
    "facility": lambda item: item.figures.facility,
    "discrimination": lambda item: item.figures.discrimination,
    "efficiency": lambda item: item.figures.efficiency,
    "weight": lambda item: item.weight.effective if item.weight else None,
}


@dataclass(frozen=True, slots=True)
class QuizRow:
    title: str
    url: str
    analysis: Analysis
    mean: float | None
    flagged: Sequence[ItemRow]


@dataclass(frozen=True, slots=True)
class ItemRow:
    item: Item
    title: str
    url: str
    flags: Sequence[FlagWords]


@dataclass(frozen=True, slots=True)
class Column:
    """A column the table can be sorted by; `sort` is what the URL says to do so, or turn it."""

    title: str
    sort: str
    direction: str


@dataclass(frozen=True, slots=True)
class Group:
    """A third of the learners."""

    title: str
    size: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a group picked something."""

    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class PickRow:
    """An answer, and who gave it: all, then the thirds, upper first."""

    row: distractors.Row
    is_blank: bool
    shares: Sequence[Share]


@require_safe
def items(request: LearnerRequest, classroom_id: int) -> HttpResponse:
    seat = get_reading_seat(request.user, classroom_id)
    course = get_course(seat)
    context = frame(request, seat, "items")
    found = analyses.overview(seat.classroom, course)
    rows = [_quiz_row(classroom_id, course, one, context["language"]) for one in found]
    context |= {"rows": rows, "enough": ENOUGH, "is_empty": not any(one.figures for one in found)}
    return render(request, "classes/items.html", context)


@require_safe
def item_quiz(request: LearnerRequest, classroom_id: int, quiz: str) -> HttpResponse:
    seat = get_reading_seat(request.user, classroom_id)
    course = get_course(seat)
    context = frame(request, seat, "items")
    found = _analysis(seat.classroom, course, quiz)
    rows = _item_rows(classroom_id, found.slug, found.items, context["language"])
    sort = request.GET.get("sort", "")
    context |= {
        "analysis": found,
        "title": _title(course, found, context["language"]),
        "readings": readings.of_quiz(found),
        "columns": _columns(sort),
        "rows": _sorted(rows, sort),
        "plot": _plot(found.items),
        "enough": ENOUGH,
    }
    return render(request, "classes/item_quiz.html", context)


@require_safe
def item(request: LearnerRequest, classroom_id: int, quiz: str, name: str) -> HttpResponse:
    seat = get_reading_seat(request.user, classroom_id)
    course = get_course(seat)
    context = frame(request, seat, "items")
    language = context["language"]
    whole = _analysis(seat.classroom, course, quiz)
    try:
        found = analyses.find(whole, name)
    except analyses.UnknownItem as error:
        raise Http404(_("Nobody in this class was asked that question in a first try.")) from error
    context |= _asked(course, found.question, language) | {
        "analysis": whole,
        "title": _title(course, whole, language),
        "item": found,
        "flags": readings.of_flags(found.flags),
        "readings": readings.of_item(found),
        "enough": ENOUGH,
    }
    table = distractors.table(seat.classroom, quiz, found.question, language)
    context |= {"table": table, "groups": _groups(table), "picks": _picks(table)}
    return render(request, "classes/item.html", context)


def _asked(course: Course, question: Question, language: str) -> dict[str, object]:
    """Return a question as it was asked, and where its answer is read."""
    return {
        "prompt": in_language(question.prompts, language),
        "explanation": in_language(question.explanations, language),
        "trap": in_language(question.traps, language),
        "place": place(course, question.chapter, question.section, language),
        "file": _file(course, question.id),
    }


def _groups(table: distractors.Table) -> list[Group]:
    lower, middle, upper = table.sizes
    return [
        Group(_("Upper third"), upper),
        Group(_("Middle third"), middle),
        Group(_("Lower third"), lower),
    ]


def _picks(table: distractors.Table) -> list[PickRow]:
    sizes = [sum(table.sizes), *reversed(table.sizes)]
    found = []
    for row in table.rows:
        counts = [row.count, *reversed(row.counts)]
        shares = [
            Share(count, round(100 * count / size) if size else 0)
            for count, size in zip(counts, sizes, strict=True)
        ]
        found.append(PickRow(row, row is table.rows[-1], shares))
    return found


def _analysis(room: Classroom, course: Course, quiz: str) -> Analysis:
    try:
        return analyses.analysis(room, course, quiz)
    except UnknownQuiz as error:
        message = _("The course has no such quiz, and nobody in this class has sat one.")
        raise Http404(message) from error


def _title(course: Course, found: Analysis, language: str) -> str:
    return title_of_quiz(course, found.quiz, language) if found.quiz else found.slug


def _quiz_row(room: int, course: Course, found: Analysis, language: str) -> QuizRow:
    url = reverse("classes:item_quiz", args=[room, found.slug])
    mean = 100 * found.figures.mean / found.out_of if found.figures and found.out_of else None
    flagged = _item_rows(room, found.slug, found.flagged, language)
    return QuizRow(_title(course, found, language), url, found, mean, flagged)


def _item_rows(room: int, quiz: str, found: Sequence[Item], language: str) -> list[ItemRow]:
    return [
        ItemRow(
            one,
            _name(one.question, language),
            reverse("classes:item", args=[room, quiz, one.name]),
            readings.of_flags(one.flags),
        )
        for one in found
    ]


def _name(question: Question, language: str) -> str:
    """Return the beginning of a question, in plain words."""
    words = html.unescape(strip_tags(in_language(question.prompts, language)))
    return Truncator(" ".join(words.split())).chars(TITLE_LENGTH)


def _columns(sort: str) -> list[Column]:
    titles = {
        "number": _("Question"),
        "facility": _("Facility"),
        "discrimination": _("Discrimination"),
        "efficiency": _("Efficiency"),
        "weight": _("Weight"),
    }
    directions = {name: "ascending" for name in titles if name == (sort or "number")}
    directions |= {name: "descending" for name in titles if f"-{name}" == sort}
    return [
        Column(title, f"-{name}" if sort == name else name, directions.get(name, ""))
        for name, title in titles.items()
    ]


def _sorted(rows: Sequence[ItemRow], sort: str) -> list[ItemRow]:
    """Return the rows as the URL says; those without the figure come last."""
    number = SORTS.get(sort.removeprefix("-"), SORTS["number"])
    known = [one for one in rows if number(one.item) is not None]
    known.sort(key=lambda one: number(one.item) or 0.0, reverse=sort.startswith("-"))
    return known + [one for one in rows if number(one.item) is None]


def _plot(found: Sequence[Item]) -> Scatter | None:
    """Return the plot of the questions of which enough is known; None when there is none."""
    places = [
        Place(one.number, one.figures.facility, one.figures.discrimination, bool(one.flags))
        for one in found
        if one.figures.n >= ENOUGH and one.figures.discrimination is not None
    ]
    return scatter(places) if places else None


def _file(course: Course, question_id: str) -> str:
    """Return the file that holds a question, for its author; empty when the course lost it."""
    for quiz in course.quizzes:
        if all(one.id != question_id for one in quiz.questions):
            continue
        for path in sorted((course.folder / "quizzes").glob("*.toml")):
            if quiz.slug == (slug_of(path.stem) if quiz.chapter else path.stem):
                return f"quizzes/{path.name}"
    return ""
