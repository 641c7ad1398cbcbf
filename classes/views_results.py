"""Results out: the gradebook as CSV, JSON and a page to print, in the order of the screen."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.audit import Act, audit
from accounts.requests import LearnerRequest
from classes import results
from classes.access import get_course, get_reading_seat
from classes.forms_gradebook import OrderForm
from classes.frame import frame
from classes.results import Questions
from classes.views_gradebook import heads, matrix_row, opened
from content.catalog.model import Course, UnknownQuiz
from quizzes import bank
from quizzes.titles import title_of_quiz

MOST_PRINTED = 500


@require_safe
def results_page(request: LearnerRequest, classroom_id: int) -> HttpResponse:
    """Show what can be taken out, in the order that the URL says, and a page to print."""
    seat = get_reading_seat(request.user, classroom_id)
    course = get_course(seat)
    around = frame(request, seat, "results")
    language = around["language"]
    book, order = opened(seat, course, OrderForm(request.GET, course=course, language=language))
    members = list(book.members[:MOST_PRINTED])
    context = around | {
        "order": order,
        "groups": OrderForm.groups(),
        "rows": [matrix_row(one, book.columns) for one in book.rows(members)],
        "heads": heads(book, order, language),
        "count": book.members.count(),
        "most": MOST_PRINTED,
        "now": book.now,
        "quizzes": [
            (one.slug, title_of_slug(course, one.slug, language)) for one in course.quizzes
        ],
    }
    return render(request, "classes/results.html", context)


def title_of_slug(course: Course, slug: str, language: str) -> str:
    return title_of_quiz(course, course.quiz(slug), language)


@require_safe
def download(request: LearnerRequest, classroom_id: int, ending: str) -> HttpResponseBase:
    seat = get_reading_seat(request.user, classroom_id)
    course = get_course(seat)
    questions = questions_of(course, request.GET.get("questions", ""))
    form = OrderForm(request.GET, course=course, language=request.LANGUAGE_CODE)
    book, _order = opened(seat, course, form)
    body: Iterator[str]
    if ending == "csv":
        body, kind = results.as_csv(book, questions), "text/csv; charset=utf-8"
    else:
        body, kind = results.as_json(book, seat.classroom, questions), "application/json"
    response = StreamingHttpResponse(body, content_type=kind)
    name = results.file_name(seat.classroom, timezone.now(), ending)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "no-store"
    audit(Act.RESULTS_TAKEN, by=request.user, about=f"class {classroom_id}", format=ending)
    return response


def questions_of(course: Course, quiz: str) -> Questions | None:
    """Return the questions of a quiz as columns; those of a drawn one are the whole bank."""
    if not quiz:
        return None
    try:
        found = course.quiz(quiz)
    except UnknownQuiz as error:
        raise Http404(_("This course has no quiz of that name.")) from error
    return Questions(quiz, [one.id for one in bank.questions_of(course, found)])
