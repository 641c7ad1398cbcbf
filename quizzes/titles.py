"""What attempts are called: by their quiz, which may have gone since."""

from __future__ import annotations

from django.utils.translation import gettext as _

from content.catalog.model import Course, UnknownQuiz
from content.catalog.questions import Quiz
from quizzes.models import Attempt
from quizzes.papers import REVIEW


def title_of_quiz(course: Course, quiz: Quiz, language: str) -> str:
    """Return the title of a quiz; that of a chapter begins with the chapter's number."""
    if quiz.chapter is None:
        return quiz.title(language)
    return f"{course.chapter(quiz.chapter).label} {quiz.title(language)}"


def title_of_attempt(attempt: Attempt, course: Course | None, language: str) -> str:
    """Return the title of the attempt's quiz, or the quiz's slug when it has gone."""
    if attempt.quiz == REVIEW:
        return _("Review")
    try:
        return (
            title_of_quiz(course, course.quiz(attempt.quiz), language) if course else attempt.quiz
        )
    except UnknownQuiz:
        return attempt.quiz
