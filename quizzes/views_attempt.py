"""Pages of an open attempt: its questions, one at a time, and the end of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import LearnerRequest
from content.catalog.questions import Question
from quizzes import asking, attempts, bank, marking, shared_clock
from quizzes.access import get_answer, get_attempt, known_course
from quizzes.attempts import ClosedAttemptError, Given
from quizzes.forms import AnswerForm
from quizzes.models import Answer, Attempt
from quizzes.strip import current_item, strip
from quizzes.titles import title_of_attempt
from quizzes.views_result import result_page


@require_safe
def attempt(request: LearnerRequest, attempt_id: int) -> HttpResponse:
    """Show the result of a closed attempt; lead to the first open question of another."""
    found = get_attempt(request.user, attempt_id, shared_clock.now())
    if found.closed_at is not None:
        return result_page(request, found)
    blank = next((one for one in strip(found) if not one.is_answered), None)
    return redirect("quizzes:question", found.pk, blank.position if blank else 1)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: LearnerRequest, attempt_id: int, position: int) -> HttpResponse:
    if request.method == "POST":
        return save(request, attempt_id, position)
    found = get_attempt(request.user, attempt_id, shared_clock.now())
    if found.closed_at is not None:
        return redirect("quizzes:attempt", found.pk)
    row = get_answer(found, position)
    return render(request, "quizzes/question.html", page_context(request, row))


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: LearnerRequest, attempt_id: int) -> HttpResponse:
    """Ask whether to close the attempt, with what is still open; close it."""
    now = shared_clock.now()
    found = get_attempt(request.user, attempt_id, now)
    if request.method == "POST":
        attempts.submit(request.user, found.pk, now)
    if request.method == "POST" or found.closed_at is not None:
        return redirect("quizzes:attempt", found.pk)
    items = strip(found)
    context = {
        "attempt": found,
        "title": title_of_attempt(found, known_course(found.course), request.LANGUAGE_CODE),
        "strip": items,
        "answered_count": sum(one.is_answered for one in items),
        "blank": [one for one in items if not one.is_answered],
        "flagged": [one for one in items if one.is_flagged],
        "remaining": remaining_seconds(found),
    }
    name = "_submit.html" if request.htmx else "submit.html"
    return render(request, f"quizzes/{name}", context)


@require_safe
def clock(request: LearnerRequest, attempt_id: int) -> HttpResponse:
    """Tell a page how many seconds remain by the clock that decides."""
    found = get_attempt(request.user, attempt_id, shared_clock.now())
    response = JsonResponse(
        {"remaining": remaining_seconds(found), "is_closed": found.closed_at is not None}
    )
    response["Cache-Control"] = "no-store"
    return response


def remaining_seconds(found: Attempt) -> int | None:
    if found.deadline is None:
        return None
    return max(int((found.deadline - shared_clock.now()).total_seconds()), 0)


def save(request: LearnerRequest, attempt_id: int, position: int) -> HttpResponse:
    """Save what was posted, an answer or a flag, and answer with what changed."""
    now = shared_clock.now()
    try:
        is_marked = "autosave" not in request.POST
        with attempts.opened(request.user, attempt_id, position, now, is_marked=is_marked) as row:
            form = form_of(request, row)
            if "flag" in request.POST:
                flag(request, row, form, now)
            elif form.is_valid():
                attempts.record(row, given_of(form, now), now)
            else:
                return refused(request, row, form)
    except Answer.DoesNotExist as error:
        raise Http404(_("This attempt has no question of that number.")) from error
    except ClosedAttemptError as error:
        return closed(request, error.attempt)
    return saved(request, row)


def flag(request: LearnerRequest, row: Answer, form: AnswerForm, now: datetime) -> None:
    """Set or take the flag; what was chosen meanwhile is kept where it does not count yet."""
    is_kept = row.attempt.feedback == Attempt.Feedback.END and form.is_valid()
    if is_kept:
        attempts.record(row, given_of(form, now), now)
    attempts.flag(row, is_flagged=request.POST["flag"] == "1")


def form_of(request: LearnerRequest, row: Answer) -> AnswerForm:
    question = bank.version(row.attempt.course, row.version_id)
    is_whole = row.attempt.feedback == Attempt.Feedback.EACH
    return AnswerForm(request.POST, question=question, is_whole=is_whole)


def given_of(form: AnswerForm, now: datetime) -> Given:
    at, seconds = form.moments(now)
    return Given(form.cleaned_data["picked"], at, seconds)


def saved(request: LearnerRequest, row: Answer) -> HttpResponse:
    """Answer a saved answer or flag: the fragment that changed, or the page to go on with."""
    found = row.attempt
    if not request.htmx:
        return redirect(*after(request, row))
    context = {
        "attempt": found,
        "row": row,
        "item": current_item(row),
        "oob": True,
    }
    if "flag" in request.POST:
        return render(request, "quizzes/_flagged.html", context)
    if found.feedback == Attempt.Feedback.END:
        return render(request, "quizzes/_saved_answer.html", context | {"errors": []})
    return render(request, "quizzes/_marked.html", context | question_context(request, row))


def after(request: LearnerRequest, row: Answer) -> tuple[str, int] | tuple[str, int, int]:
    """Return where to go on: the same question, or after "save and next" the one that follows."""
    if request.POST.get("go") != "next":
        return "quizzes:question", row.attempt_id, row.position
    if row.attempt.answer_set.filter(position=row.position + 1).exists():
        return "quizzes:question", row.attempt_id, row.position + 1
    return "quizzes:submit", row.attempt_id


def refused(request: LearnerRequest, row: Answer, form: AnswerForm) -> HttpResponse:
    """Say what is wrong with an answer, with what was chosen still in place."""
    errors = form.non_field_errors()
    if request.htmx and "autosave" in request.POST:
        told = {"row": row, "errors": errors}
        return render(request, "quizzes/_saved.html", told, status=422)
    if request.htmx:
        again = question_context(request, row, form) | {"errors": errors}
        return render(request, "quizzes/_question.html", again, status=422)
    page = page_context(request, row, form) | {"errors": errors}
    return render(request, "quizzes/question.html", page, status=422)


def closed(request: LearnerRequest, found: Attempt) -> HttpResponse:
    messages.warning(
        request,
        _("This attempt is closed: what was answered before counts, this answer came too late."),
    )
    return redirect("quizzes:attempt", found.pk)


def page_context(
    request: LearnerRequest, row: Answer, form: AnswerForm | None = None
) -> dict[str, Any]:  # Any: what templates show
    found = row.attempt
    items = strip(found, row.position)
    course = known_course(found.course)
    return question_context(request, row, form) | {
        "strip": items,
        "title": title_of_attempt(found, course, request.LANGUAGE_CODE),
        "answered_count": sum(one.is_answered for one in items),
        "total": len(items),
        "previous": row.position - 1,
        "next": row.position + 1 if row.position < len(items) else None,
        "remaining": remaining_seconds(found),
    }


def question_context(
    request: LearnerRequest, row: Answer, form: AnswerForm | None = None
) -> dict[str, Any]:  # Any: what templates show
    found = row.attempt
    course = known_course(found.course)
    asked = bank.version(found.course, row.version_id)
    language = language_of(asked, request)
    if row.credit is None:
        shown = asking.view(row, asked, language, form.picked if form else None)
    else:
        key = bank.version(found.course, marking.key_of(row))
        shown = asking.marked(row, asked, key, course, language)
    return {
        "attempt": found,
        "row": row,
        "question": shown,
        "language": language,
        "asked_at": shared_clock.now().timestamp(),
        "errors": [],
        "gives_feedback": found.feedback == Attempt.Feedback.EACH,
    }


def language_of(asked: Question, request: LearnerRequest) -> str:
    """Return the reader's language where the question has it, else the question's first."""
    wanted = request.LANGUAGE_CODE
    return wanted if wanted in asked.prompts else next(iter(asked.prompts))
