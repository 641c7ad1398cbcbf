"""What a person may reach: their own attempts, the courses' quizzes. The rest does not exist."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from content import library
from content.catalog.model import Course, UnknownQuiz
from content.catalog.questions import Quiz
from content.views import get_course
from quizzes import attempts
from quizzes.models import Answer, Attempt, Card
from quizzes.rules import rules

__all__ = ["get_answer", "get_attempt", "get_card", "get_course", "get_quiz", "known_course"]


def get_quiz(course: Course, slug: str) -> Quiz:
    try:
        return course.quiz(slug)
    except UnknownQuiz as error:
        raise Http404(_("This course has no quiz of that name.")) from error


def get_attempt(user: User, attempt_id: int, now: datetime) -> Attempt:
    """Return an attempt of the user's own, closed if its time ran out."""
    try:
        attempt = Attempt.objects.get(pk=attempt_id, user=user)
    except Attempt.DoesNotExist as error:
        raise Http404(_("You have no such attempt.")) from error
    attempts.close_if_overdue(attempt, now)
    return attempt


def get_answer(attempt: Attempt, position: int) -> Answer:
    try:
        return attempt.answer_set.get(position=position)
    except Answer.DoesNotExist as error:
        raise Http404(_("This attempt has no question of that number.")) from error


def get_card(user: User, card_id: int) -> Card:
    try:
        return Card.objects.get(pk=card_id, user=user)
    except Card.DoesNotExist as error:
        raise Http404(_("You have no such card.")) from error


def may_export_bank(user: User, course: Course) -> bool:
    """Tell whether somebody may take all questions away with their keys, answered or not."""
    return user.is_staff or rules().teaches(user.pk, course.slug)


def known_course(slug: str) -> Course | None:
    """Return the course of a row, or None when it is gone: rows outlive courses."""
    try:
        return library.course(slug)
    except library.UnknownCourse:
        return None
