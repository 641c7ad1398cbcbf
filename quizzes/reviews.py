"""Cards: what a person answered is asked again when memory needs it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import JSONField, OuterRef, Subquery
from django.utils import timezone
from django.utils.text import Truncator

from accounts.models import User
from content.catalog.model import Course, in_language
from content.catalog.quiz.build import words
from quizzes import schedule
from quizzes.models import Answer, Attempt, Card, Recall

TITLE = 80  # characters of a prompt that stand for its card
States = Mapping[str, schedule.State | None]  # of cards, by the id of the question


@dataclass(frozen=True, slots=True)
class Lesson:
    """One graded answer: what a card learns from."""

    question: str
    rating: schedule.Rating
    seconds: int


def state_of_card(user_id: int) -> Subquery:
    """Return, for a query of answers, the state of the card of each answer's question."""
    cards = Card.objects.filter(
        user_id=user_id,
        course=OuterRef("attempt__course"),
        question=OuterRef("version__question"),
    )
    return Subquery(cards.values("state")[:1], output_field=JSONField())


def states(user: User, course: str, questions: Collection[str]) -> States:
    """Return what is known of these questions' cards."""
    cards = Card.objects.filter(user=user, course=course, question__in=questions)
    return dict(cards.values_list("question", "state"))


def learn(user: User, course: str, lessons: Sequence[Lesson], known: States, now: datetime) -> None:
    """Let the cards of these questions learn from their `known` states; missing cards are made.

    In the order of their questions: two attempts that close at once must not wait for each other.
    """
    cards = []
    lessons = sorted(lessons, key=lambda one: one.question)
    for lesson in lessons:
        state, due = schedule.review(
            known.get(lesson.question), lesson.rating, now, retention=user.review_retention
        )
        cards.append(Card(user=user, course=course, question=lesson.question, state=state, due=due))
    Card.objects.bulk_create(
        cards,
        update_conflicts=True,
        unique_fields=["user", "course", "question"],
        update_fields=["state", "due"],
    )
    Recall.objects.bulk_create(
        [
            Recall(card=card, rating=lesson.rating, seconds=lesson.seconds, at=now)
            for card, lesson in zip(cards, lessons, strict=True)
        ]
    )


def due_questions(user_id: int, course: Course, now: datetime) -> list[str]:
    """Return the ids of the questions whose cards are due, the most overdue first."""
    cards = Card.objects.filter(
        user_id=user_id, course=course.slug, due__lte=now, is_suspended=False
    )
    ids = cards.order_by("due", "pk").values_list("question", flat=True)
    return [one for one in ids if one in course.questions]


def due_count(user_id: int | None, now: datetime) -> int:
    """Return how many cards are due, in all courses."""
    if user_id is None:
        return 0
    return Card.objects.filter(user_id=user_id, due__lte=now, is_suspended=False).count()


def left_today(user: User, course: str, now: datetime) -> int:
    """Return how many more cards the learner wants to see today, by their own calendar."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    seen = Answer.objects.filter(
        attempt__user=user,
        attempt__course=course,
        attempt__mode=Attempt.Mode.REVIEW,
        answered_at__gte=midnight,
    )
    return max(user.review_limit - seen.count(), 0)


def cards(user_id: int, course: Course) -> list[Card]:
    """Return the cards of questions the course still has, the next due first."""
    found = Card.objects.filter(user_id=user_id, course=course.slug).order_by("due", "pk")
    return [one for one in found if one.question in course.questions]


def title(course: Course, card: Card, language: str) -> str:
    """Return the first words of the card's question."""
    prompt = words(in_language(course.questions[card.question].prompts, language))
    return Truncator(" ".join(prompt.split())).chars(TITLE)
