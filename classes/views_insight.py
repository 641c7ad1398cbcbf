"""Pages that show a class at a glance: the overview, and who needs help."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from accounts.requests import LearnerRequest
from classes import help as helping
from classes import help_words, plots
from classes import overview as glance
from classes.access import Seat, get_course, get_reading_seat
from classes.assignments import title
from classes.frame import frame
from classes.help import URGENCY, Case, Kind
from classes.help_words import TITLES, Links, Message
from classes.models import Classroom
from classes.overview import Missed, Share, Stumble, Week
from classes.plots import Columns
from classes.standing import Standing, standing
from content.catalog.model import Course, UnknownQuiz, in_language
from quizzes.titles import title_of_quiz

PAGE = 20  # of those who need help
URGENT = 5  # of them on the overview
DUE = 2  # pieces of work that are named
PROMPT = 90  # letters of a question
FEW = 20  # answers: with fewer, the share right of a domain is uncertain by more than 20 points


@dataclass(frozen=True, slots=True)
class HelpRow:
    """A learner who needs help, with the reasons in words; `message` is None in short lists."""

    case: Case
    reasons: Sequence[str]
    message: Message | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of reason to filter by, with how many learners it holds for."""

    kind: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class DomainRow:
    number: int
    title: str
    share: Share
    is_known: bool


@dataclass(frozen=True, slots=True)
class MissedRow:
    """`url` is empty where a question has no page of its own."""

    prompt: str
    quiz: str
    share: Share
    url: str


@dataclass(frozen=True, slots=True)
class LabRow:
    title: str
    check: str
    stumble: Stumble

    @property
    def percent(self) -> int:
        return round(100 * self.stumble.failed / max(1, self.stumble.tried))


@require_safe
def overview(request: LearnerRequest, classroom_id: int) -> HttpResponse:
    seat = get_reading_seat(request.user, classroom_id)
    course = get_course(seat)
    room, now = seat.classroom, timezone.now()
    around = frame(request, seat, "overview")
    known = standing(room, course, now)
    language = around["language"]
    if not known.members:
        return render(request, "classes/overview.html", around)
    found = helping.cases(room, course, known, now)
    context = (
        around
        | number_row(course, known, language, now)
        | {
            "urgent": [help_row(one, language) for one in found[:URGENT]],
            "case_count": len(found),
            "choices": choices(found),
            "labs": [lab_row(one, language) for one in glance.stumbles(room, course)],
        }
        | week_plots(glance.weeks(room, known, now))
        | share_plots(course, known)
        | question_rows(room, course, language)
    )
    return render(request, "classes/overview.html", context)


@require_safe
def help(request: LearnerRequest, classroom_id: int) -> HttpResponse:  # noqa: A001 - the page's name
    seat = get_reading_seat(request.user, classroom_id)
    course = get_course(seat)
    now = timezone.now()
    around = frame(request, seat, "help")
    known = standing(seat.classroom, course, now)
    found = helping.cases(seat.classroom, course, known, now)
    kind = request.GET.get("reason", "")
    shown = [one for one in found if kind in {reason.kind for reason in one.reasons}]
    page = Paginator(shown if kind in URGENCY else found, PAGE).get_page(request.GET.get("page"))
    context = around | {
        "page": page,
        "rows": [
            help_row(one, around["language"], message(request, seat, course, one)) for one in page
        ],
        "choices": choices(found),
        "kind": kind if kind in URGENCY else "",
        "case_count": len(found),
        "learner_count": len(known.members),
        "quiet_days": helping.QUIET.days,
        "begin_days": helping.BEGIN.days,
    }
    return render(request, "classes/help.html", context)


def number_row(
    course: Course, known: Standing, language: str, now: datetime
) -> dict[str, Any]:  # Any: a context
    numbers = glance.numbers(known, now)
    return {
        "numbers": numbers,
        "due_at": numbers.due[0].column.due_at if numbers.due else None,
        "due_more": max(0, len(numbers.due) - DUE),
        "due": [
            (title(course, one.column.kind, one.column.slug, language), one.done)
            for one in numbers.due[:DUE]
        ],
    }


def help_row(case: Case, language: str, written: Message | None = None) -> HelpRow:
    reasons = [help_words.reason(one, language) for one in case.reasons]
    return HelpRow(case, reasons, written)


def message(request: LearnerRequest, seat: Seat, course: Course, case: Case) -> Message:
    lab = case.reasons[0].lab
    links = Links(
        course=request.build_absolute_uri(reverse("content:course", args=[course.slug])),
        quizzes=request.build_absolute_uri(reverse("quizzes:index")),
        lab=request.build_absolute_uri(reverse("labs:lab", args=[course.slug, lab.slug]))
        if lab
        else "",
    )
    by = request.user.get_short_name()
    return help_words.message(case, course, links, by, request.LANGUAGE_CODE)


def choices(found: Sequence[Case]) -> list[Choice]:
    counted = helping.counts(found)
    kinds: Sequence[Kind] = URGENCY
    return [Choice(kind, str(TITLES[kind]), counted.get(kind, 0)) for kind in kinds]


def week_plots(weeks: Sequence[Week]) -> dict[str, Any]:  # Any: a context
    labels = [date_format(one.begin, "n/j") for one in weeks]

    def plot(values: Sequence[int]) -> Columns:
        return plots.columns(values, labels)

    return {
        "weeks": weeks,
        "sections_plot": plot([one.sections for one in weeks]),
        "answers_plot": plot([one.answers for one in weeks]),
        "labs_plot": plot([one.labs for one in weeks]),
    }


def share_plots(course: Course, known: Standing) -> dict[str, Any]:  # Any: a context
    reading = glance.binned(glance.reading_shares(course, known))
    results = glance.quiz_shares(known)
    binned = glance.binned(results)
    step = 100 // glance.BINS
    labels = [str(step * place) for place in range(glance.BINS)]
    ends = [step * (place + 1) for place in range(glance.BINS)]
    return {
        "reading_plot": plots.columns(reading, labels),
        "results_plot": plots.columns(binned, labels),
        "result_count": len(results),
        "bins": list(zip(labels, ends, reading, binned, strict=True)),
    }


def question_rows(room: Classroom, course: Course, language: str) -> dict[str, Any]:  # Any: context
    found = glance.questions(room, course)
    titles = {one.number: one.title(language) for one in course.exam.domains} if course.exam else {}
    return {
        "domains": [
            DomainRow(number, titles.get(number, ""), share, share.asked >= FEW)
            for number, share in found.domains.items()
        ],
        "has_answers": any(share.asked for share in found.domains.values()),
        "missed": [missed_row(room, course, one, language) for one in found.missed],
        "few": FEW,
        "few_learners": glance.FEW,
    }


def missed_row(room: Classroom, course: Course, one: Missed, language: str) -> MissedRow:
    words = html.unescape(strip_tags(in_language(one.question.prompts, language)))
    prompt = Truncator(" ".join(words.split())).chars(PROMPT)
    try:
        quiz = title_of_quiz(course, course.quiz(one.quiz), language)
    except UnknownQuiz:
        quiz = one.quiz
    return MissedRow(prompt, quiz, one.share, item_url(room, one))


def item_url(room: Classroom, one: Missed) -> str:
    return reverse("classes:item", args=[room.pk, one.quiz, one.question.id])


def lab_row(one: Stumble, language: str) -> LabRow:
    check = in_language(one.check.labels, language) if one.check else ""
    return LabRow(one.lab.title(language), check, one)
