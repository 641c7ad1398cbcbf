"""The page of what is due today, and of how memory is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import LearnerRequest
from content import library
from content.catalog.model import Course
from content.views import get_course, language_for
from quizzes import attempts, papers, reviews, schedule, shared_clock
from quizzes.access import get_card
from quizzes.attempts import NothingToAskError, Terms
from quizzes.models import Attempt


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class CardRow:
    id: int
    title: str
    due: datetime
    is_suspended: bool


@dataclass(frozen=True, slots=True)
class CourseReview:
    """What is due in a course. `due_count` is bounded by the learner's limit of a day."""

    slug: str
    title: str
    language: str
    due_count: int
    waiting_count: int
    days: Sequence[Day]
    cards: Sequence[CardRow]


@require_safe
def review(request: LearnerRequest) -> HttpResponse:
    now = shared_clock.now()
    courses = [course_review(one, request, now) for one in library.courses().values()]
    context = {
        "courses": [one for one in courses if one.cards],
        "limit": request.user.review_limit,
        "retention": request.user.review_retention,
        "quick": schedule.QUICK,
        "slow": schedule.SLOW,
    }
    return render(request, "quizzes/review.html", context)


def course_review(course: Course, request: LearnerRequest, now: datetime) -> CourseReview:
    language = language_for(course, request)
    cards = reviews.cards(request.user.pk, course)
    active = [one.due for one in cards if not one.is_suspended]
    left = reviews.left_today(request.user, course.slug, now)
    due_count = sum(due <= now for due in active)
    return CourseReview(
        course.slug,
        course.title(language),
        language,
        min(due_count, left),
        max(due_count - left, 0),
        days(schedule.forecast(active, now, timezone.get_current_timezone(), schedule.DAYS)),
        [
            CardRow(one.pk, reviews.title(course, one, language), one.due, one.is_suspended)
            for one in cards
        ],
    )


def days(counts: Sequence[tuple[date, int]]) -> list[Day]:
    most = max((count for _, count in counts), default=0) or 1
    return [Day(day, count, round(100 * count / most)) for day, count in counts]


@require_POST
def start(request: LearnerRequest, course: str) -> HttpResponse:
    now = shared_clock.now()
    found = get_course(course)
    left = reviews.left_today(request.user, course, now)
    paper = papers.of_due(found, request.user.pk, now, left)
    terms = Terms(Attempt.Mode.REVIEW, Attempt.Feedback.EACH, request.LANGUAGE_CODE)
    try:
        attempt = attempts.start(request.user.pk, paper, terms, now)
    except NothingToAskError:
        running = Attempt.objects.of(request.user.pk, course, papers.REVIEW).running().first()
        if running is None:
            messages.info(request, _("No card is due now. Come back when the page says so."))
            return redirect("quizzes:review")
        attempt = running
    return redirect("quizzes:attempt", attempt.pk)


@require_POST
def suspend(request: LearnerRequest, card_id: int) -> HttpResponse:
    """Stop asking a card, or ask it again; it forgets nothing meanwhile."""
    card = get_card(request.user, card_id)
    card.is_suspended = request.POST.get("suspend") == "1"
    card.save(update_fields=["is_suspended"])
    return redirect("quizzes:review")
