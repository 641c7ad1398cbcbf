"""Pages of a closed attempt: its result, and another try at what was missed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import LearnerRequest
from content.views import get_course
from quizzes import attempts, papers, results, shared_clock
from quizzes.access import get_attempt, known_course
from quizzes.attempts import AlreadyOpenError, NothingToAskError, Terms
from quizzes.models import Attempt
from quizzes.titles import title_of_attempt


def result_page(request: LearnerRequest, found: Attempt) -> HttpResponse:
    return render(request, "quizzes/result.html", result_context(request, found))


def result_context(request: LearnerRequest, found: Attempt) -> dict[str, Any]:  # Any: a context
    """Return what the page of a closed attempt shows, to its learner and to who teaches them."""
    course = known_course(found.course)
    language = request.LANGUAGE_CODE
    if course and language not in course.languages:
        language = course.languages[0]
    result = results.result(found, course, language)
    only_missed = request.GET.get("show") == "missed"
    return {
        "attempt": found,
        "result": result,
        "rows": [row for row in result.rows if not (only_missed and row.view.is_right)],
        "only_missed": only_missed,
        "course": course,
        "course_title": course.title(language) if course else found.course,
        "has_quiz": course is not None and any(one.slug == found.quiz for one in course.quizzes),
        "title": title_of_attempt(found, course, language),
        "language": language,
    }


@require_POST
def retry(request: LearnerRequest, attempt_id: int) -> HttpResponse:
    """Start an attempt over the questions that were missed."""
    now = shared_clock.now()
    found = get_attempt(request.user, attempt_id, now)
    course = get_course(found.course)
    terms = Terms(Attempt.Mode.RETRY, Attempt.Feedback.EACH, request.LANGUAGE_CODE)
    try:
        again = attempts.start(request.user.pk, papers.of_missed(course, found), terms, now)
    except NothingToAskError:
        messages.info(request, _("There is nothing to ask again: the course has none of these."))
        return redirect("quizzes:attempt", found.pk)
    except AlreadyOpenError as error:
        messages.warning(request, _("Another attempt at this quiz is open. Finish it first."))
        return redirect("quizzes:attempt", error.attempt.pk)
    return redirect("quizzes:question", again.pk, 1)
