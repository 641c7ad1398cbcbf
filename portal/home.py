"""The home page: where you were, what is next, and which courses there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.guests import open_to_guests
from accounts.models import User
from classes import assignments, roster
from content import library, progress
from content.catalog.model import Course
from content.models import Place
from content.views import Resume, language_for, resume
from labs import runs
from quizzes import results, reviews
from quizzes.models import Attempt
from quizzes.titles import title_of_attempt


@dataclass(frozen=True, slots=True)
class Card:
    title: str
    summary: str
    url: str
    minutes: int
    chapter_count: int
    progress: progress.Progress | None
    lab_count: int
    labs_done: int


@dataclass(frozen=True, slots=True)
class OpenAttempt:
    title: str
    url: str
    deadline: datetime | None


@require_safe
@open_to_guests
def home(request: HttpRequest) -> HttpResponse:
    user = request.user if isinstance(request.user, User) else None
    user_id = request.user.pk
    courses = library.courses()
    read = progress.read_everywhere(user_id)
    built = runs.done_everywhere(user_id)
    now = timezone.now()
    context = {
        "invitations": roster.invitations_of(user) if user else (),
        "tasks": assignments.due_for(user, request.LANGUAGE_CODE, now) if user else (),
        "due_count": reviews.due_count(user_id, now),
        "open_attempts": [
            open_attempt(one, request) for one in results.open_attempts(user_id, now)
        ],
        "courses": [
            card(one, request, read.get(slug, progress.NOTHING_READ), built.get(slug, frozenset()))
            for slug, one in courses.items()
        ],
        "resume": latest(request, courses, read, progress.places(user_id)),
    }
    return render(request, "home.html", context)


def open_attempt(attempt: Attempt, request: HttpRequest) -> OpenAttempt:
    course = library.courses().get(attempt.course)
    language = language_for(course, request) if course else attempt.language
    url = reverse("quizzes:attempt", args=[attempt.pk])
    return OpenAttempt(title_of_attempt(attempt, course, language), url, attempt.deadline)


def card(
    course: Course, request: HttpRequest, read: progress.ReadSections, built: Collection[str]
) -> Card:
    language = language_for(course, request)
    return Card(
        course.title(language),
        course.summary(language),
        reverse("content:course", args=[course.slug]),
        sum(chapter.text(language).minutes for chapter in course.chapters),
        len(course.chapters),
        progress.of_course(course, read) if request.user.is_authenticated else None,
        len(course.labs),
        sum(lab.slug in built for lab in course.labs),
    )


def latest(
    request: HttpRequest,
    courses: Mapping[str, Course],
    read: Mapping[str, progress.ReadSections],
    places: list[Place],
) -> Resume | None:
    """Return where to go on in the course that was read last and is not finished."""
    kept = {place.course: place for place in places}
    for slug in dict.fromkeys([*kept, *read]):
        if slug in courses:
            here = read.get(slug, progress.NOTHING_READ)
            stop = progress.stop(courses[slug], here, kept.get(slug))
            if stop:
                return resume(courses[slug], language_for(courses[slug], request), stop)
    return None
