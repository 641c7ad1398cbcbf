"""What learners answered: versions asked, attempts, answers, cards to remember, marks by people."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class QuestionVersion(models.Model):
    """A question as it was asked: its canonical JSON, by the sha256 of that. Never changed."""

    digest = models.CharField(max_length=64, primary_key=True)
    course = models.CharField(max_length=80)
    question = models.CharField(max_length=80)
    payload = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["course", "question"], name="versions_of_a_question")]

    def __str__(self) -> str:
        return f"{self.course}/{self.question}@{self.digest[:8]}"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def running(self) -> AttemptQuerySet:
        return self.filter(closed_at=None)

    def closed(self) -> AttemptQuerySet:
        return self.filter(closed_at__isnull=False)

    def of(self, user_id: int, course: str, quiz: str) -> AttemptQuerySet:
        return self.filter(user_id=user_id, course=course, quiz=quiz)


class Attempt(models.Model):
    """One person sits one quiz. Questions and their order are frozen in its answers."""

    class Mode(models.TextChoices):
        PRACTICE = "practice"
        EXAM = "exam"
        RETRY = "retry"
        REVIEW = "review"

    class Feedback(models.TextChoices):
        EACH = "each"
        END = "end"

    class ClosedBy(models.TextChoices):
        LEARNER = "learner"
        TIME = "time"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    course = models.CharField(max_length=80)
    quiz = models.CharField(max_length=80)
    mode = models.CharField(max_length=10, choices=Mode)
    number = models.PositiveIntegerField()
    feedback = models.CharField(max_length=5, choices=Feedback)
    language = models.CharField(max_length=5)
    seed = models.BigIntegerField()
    started_at = models.DateTimeField()
    deadline = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=10, choices=ClosedBy, blank=True)
    out_of = models.PositiveIntegerField()
    points = models.FloatField(null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "course", "quiz", "mode", "number"],
                name="attempts_are_numbered_once",
            ),
            models.UniqueConstraint(
                fields=["user", "course", "quiz"],
                condition=Q(closed_at=None),
                name="a_quiz_has_one_open_attempt",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, points=None, closed_by="")
                | (Q(closed_at__isnull=False, points__isnull=False) & ~Q(closed_by="")),
                name="a_closed_attempt_has_points",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="numbers_begin_at_one"),
        ]
        indexes = [
            models.Index(
                fields=["deadline"],
                condition=Q(closed_at=None, deadline__isnull=False),
                name="attempts_against_the_clock",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.course}/{self.quiz} {self.mode} {self.number}"


class Answer(models.Model):
    """One question of an attempt: what was picked, and once it may be known, its credit.

    `order` are the choices as they stand on the screen. `picked` has the shape of
    `grading.Picked`. `key_version` is set when a corrected key marked the answer anew.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE)
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT)
    key_version = models.ForeignKey(
        QuestionVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    order = models.JSONField()
    is_scored = models.BooleanField(default=True)
    picked = models.JSONField(null=True, blank=True)
    is_flagged = models.BooleanField(default=False)
    seconds = models.PositiveIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    credit = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "position"], name="a_position_has_one_answer"
            ),
            models.CheckConstraint(
                condition=Q(credit=None) | Q(credit__gte=0, credit__lte=1),
                name="credit_is_from_nothing_to_all",
            ),
        ]

    def __str__(self) -> str:
        return f"attempt {self.attempt_id}, position {self.position}"


class Override(models.Model):
    """A person's mark for an answer, with the reason. The latest counts; none is ever changed."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE)
    credit = models.FloatField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(credit__gte=0, credit__lte=1), name="a_mark_is_from_nothing_to_all"
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.answer_id}: {self.credit} by {self.by_id}"


class Card(models.Model):
    """How well one person remembers one question: the state FSRS keeps, and when it is due."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    course = models.CharField(max_length=80)
    question = models.CharField(max_length=80)
    state = models.JSONField()
    due = models.DateTimeField()
    is_suspended = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "course", "question"], name="a_question_has_one_card_a_person"
            ),
        ]
        indexes = [models.Index(fields=["user", "due"], name="cards_by_due")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.course}/{self.question}"


class Recall(models.Model):
    """One graded answer that a card learned from. Only ever added to."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE)
    rating = models.PositiveSmallIntegerField()
    seconds = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rating__gte=1, rating__lte=4), name="a_rating_is_from_again_to_easy"
            ),
        ]

    def __str__(self) -> str:
        return f"card {self.card_id}: {self.rating} at {self.at}"
