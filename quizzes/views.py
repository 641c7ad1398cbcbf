"""Pages of quizzes: which there are, and the card that starts one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.guests import open_to_guests
from accounts.requests import LearnerRequest
from content import library
from content.catalog.model import Course
from content.catalog.questions import Quiz
from content.views import language_for
from quizzes import attempts, papers, results, shared_clock, terms
from quizzes.access import get_course, get_quiz
from quizzes.attempts import AlreadyOpenError, NoAttemptsLeftError, Terms
from quizzes.forms import StartForm
from quizzes.models import Attempt
from quizzes.rules import Ruling
from quizzes.titles import title_of_quiz


@dataclass(frozen=True, slots=True)
class QuizRow:
    title: str
    summary: str
    url: str
    question_count: int
    minutes: int | None
    latest: results.Line | None
    best: int | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class CourseQuizzes:
    title: str
    language: str
    readiness_url: str | None
    export_url: str
    chapters: Sequence[QuizRow]
    others: Sequence[QuizRow]


@require_safe
@open_to_guests
def index(request: HttpRequest) -> HttpResponse:
    courses = [course_quizzes(one, request) for one in library.courses().values() if one.quizzes]
    return render(request, "quizzes/index.html", {"courses": courses})


def course_quizzes(course: Course, request: HttpRequest) -> CourseQuizzes:
    language = language_for(course, request)
    lines = results.of_course(request.user.pk, course.slug)
    rows = [
        (quiz, quiz_row(course, quiz, language, lines.get(quiz.slug, [])))
        for quiz in course.quizzes
    ]
    return CourseQuizzes(
        course.title(language),
        language,
        reverse("quizzes:readiness", args=[course.slug]) if course.exam else None,
        reverse("quizzes:export", args=[course.slug]),
        [row for quiz, row in rows if quiz.chapter],
        [row for quiz, row in rows if not quiz.chapter],
    )


def quiz_row(course: Course, quiz: Quiz, language: str, lines: Sequence[results.Line]) -> QuizRow:
    whole = [one for one in lines if one.attempt.mode != Attempt.Mode.RETRY]
    percents = [one.percent for one in whole if one.percent is not None]
    return QuizRow(
        title=title_of_quiz(course, quiz, language),
        summary=quiz.summary(language),
        url=reverse("quizzes:quiz", args=[course.slug, quiz.slug]),
        question_count=question_count(course, quiz),
        minutes=terms.minutes_of(course, quiz),
        latest=next((one for one in whole if one.percent is not None), None),
        best=max(percents, default=None),
        is_open=any(one.percent is None for one in lines),
    )


def question_count(course: Course, quiz: Quiz) -> int:
    return course.exam.questions if quiz.is_drawn and course.exam else len(quiz.questions)


@require_safe
@open_to_guests
def quiz(request: HttpRequest, course: str, quiz: str) -> HttpResponse:
    found = get_course(course)
    asked = get_quiz(found, quiz)
    language = language_for(found, request)
    user_id = request.user.pk
    if user_id is not None:
        attempts.close_overdue(shared_clock.now(), user_id)
    lines = results.history(user_id, course, quiz) if user_id else []
    ruled = terms.ruling(user_id, course, quiz)
    minutes = terms.minutes_of(found, asked, ruled)
    context = {
        "course": found,
        "quiz": asked,
        "language": language,
        "title": title_of_quiz(found, asked, language),
        "summary": asked.summary(language),
        "course_title": found.title(language),
        "course_url": reverse("content:course", args=[course]),
        "chapter_url": asked.chapter and reverse("content:chapter", args=[course, asked.chapter]),
        "question_count": question_count(found, asked),
        "minutes": minutes,
        "own_minutes": minutes and round(minutes * ruled.time_factor),
        "ruled": ruled,
        "exam": found.exam if asked.is_drawn else None,
        "unscored": found.exam.questions - found.exam.scored if found.exam else 0,
        "attempts_left": attempts_left(asked, ruled, lines),
        "running": next((one.attempt for one in lines if one.percent is None), None),
        "lines": [one for one in lines if one.percent is not None],
    }
    return render(request, "quizzes/quiz.html", context)


def attempts_left(quiz: Quiz, ruled: Ruling, lines: Sequence[results.Line]) -> int | None:
    """Return how often the quiz may still be sat in the mode that is limited; None: no limit."""
    mode = ruled.mode or Attempt.Mode.EXAM
    limit = ruled.attempts if mode == Attempt.Mode.PRACTICE else terms.attempts_of(quiz, ruled)
    sat = sum(one.attempt.mode == mode for one in lines)
    return None if limit is None else max(limit - sat, 0)


@require_POST
def start(request: LearnerRequest, course: str, quiz: str) -> HttpResponse:
    found = get_course(course)
    asked = get_quiz(found, quiz)
    back = redirect("quizzes:quiz", course, quiz)
    form = StartForm(request.POST)
    ruled = terms.ruling(request.user.pk, course, quiz)
    wanted = terms_of(found, asked, ruled, form, request.LANGUAGE_CODE)
    if wanted is None:
        messages.warning(
            request, _("This quiz cannot be sat that way. Choose one of the ways here.")
        )
        return back
    paper = papers.of_quiz(found, asked, unscored=form.cleaned_data["unscored"])
    try:
        attempt = attempts.start(request.user.pk, paper, wanted, shared_clock.now())
    except AlreadyOpenError:
        messages.warning(request, _("Another attempt at this quiz is open. Finish it first."))
        return back
    except NoAttemptsLeftError:
        messages.warning(request, _("You have used all attempts this quiz allows."))
        return back
    return redirect("quizzes:question", attempt.pk, 1)


def terms_of(
    course: Course, quiz: Quiz, ruled: Ruling, form: StartForm, language: str
) -> Terms | None:
    """Return the terms a learner asked for, or None when the quiz does not offer them."""
    if not form.is_valid():
        return None
    mode = form.cleaned_data["mode"]
    if mode == Attempt.Mode.EXAM:
        return terms.exam(course, quiz, ruled, language)
    if mode == Attempt.Mode.PRACTICE:
        return terms.practice(quiz, ruled, form.cleaned_data["feedback"], language)
    return None
