"""Who learns together: classrooms, their members, invitations, assignments, marks by people."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Classroom(models.Model):
    """People who learn one course together. Courses are files: the key is the course's slug.

    `join_code` lets whoever has it in while `is_open`. Due dates are read in `time_zone`.
    """

    name = models.CharField(max_length=120)
    course = models.CharField(max_length=80)
    time_zone = models.CharField(max_length=64)
    join_code = models.CharField(max_length=16, unique=True)
    is_open = models.BooleanField(default=True)
    is_simulated = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.pk}: {self.name}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def present(self) -> MembershipQuerySet:
        return self.filter(left_at=None)

    def learners(self) -> MembershipQuerySet:
        return self.filter(left_at=None, role=Membership.Role.LEARNER)

    def instructors(self) -> MembershipQuerySet:
        return self.filter(left_at=None, role=Membership.Role.INSTRUCTOR)


class Membership(models.Model):
    """One person in one classroom. Who left keeps the row, so that work and terms come back.

    `time_factor` lengthens the learner's exams.
    """

    class Role(models.TextChoices):
        LEARNER = "learner"
        ASSISTANT = "assistant"
        INSTRUCTOR = "instructor"

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    role = models.CharField(max_length=10, choices=Role)
    time_factor = models.DecimalField(max_digits=3, decimal_places=2, default=Decimal(1))
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["classroom", "user"], name="a_person_is_in_a_classroom_once"
            ),
            models.CheckConstraint(
                condition=Q(time_factor__gte=1, time_factor__lte=3),
                name="time_is_lengthened_up_to_threefold",
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("joined_at")),
                name="a_member_leaves_after_joining",
            ),
        ]
        indexes = [
            models.Index(fields=["classroom", "role", "left_at", "user"], name="members_by_role"),
        ]

    def __str__(self) -> str:
        return f"{self.classroom_id}: {self.user_id} {self.role}"


class Invitation(models.Model):
    """An address whose owner may join; it waits until somebody signs up with it."""

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE)
    email = models.EmailField()  # in lower case
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["classroom", "email"], name="an_address_is_invited_once"
            ),
        ]
        indexes = [models.Index(fields=["email"], name="invitations_of_an_address")]

    def __str__(self) -> str:
        return f"{self.classroom_id}: {self.email}"


class Kind(models.TextChoices):
    """What work there is in a course."""

    CHAPTER = "chapter"
    QUIZ = "quiz"
    LAB = "lab"


class Assignment(models.Model):
    """A chapter, a quiz or a lab set as work. A quiz comes with the terms on which it is sat.

    `minutes` and `attempts` of None are those of the quiz itself.
    """

    class Mode(models.TextChoices):
        PRACTICE = "practice"
        EXAM = "exam"

    class Feedback(models.TextChoices):
        EACH = "each"
        END = "end"

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE)
    kind = models.CharField(max_length=10, choices=Kind)
    slug = models.CharField(max_length=80)
    mode = models.CharField(max_length=10, choices=Mode, blank=True)
    feedback = models.CharField(max_length=5, choices=Feedback, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["classroom", "kind", "slug"], name="work_is_set_once_in_a_classroom"
            ),
            models.CheckConstraint(
                condition=(Q(kind="quiz") & ~Q(mode="") & ~Q(feedback=""))
                | (~Q(kind="quiz") & Q(mode="", feedback="", minutes=None, attempts=None)),
                name="only_a_quiz_has_terms",
            ),
            models.CheckConstraint(
                condition=~Q(mode="exam") | Q(feedback="end"), name="an_exam_tells_at_the_end"
            ),
            models.CheckConstraint(
                condition=(Q(minutes=None) | Q(minutes__gte=1))
                & (Q(attempts=None) | Q(attempts__gte=1)),
                name="limits_begin_at_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.classroom_id}: {self.kind} {self.slug}"


class Mark(models.Model):
    """A person's mark for a learner's work, in percent, with the reason; None takes it back.

    The latest counts; none is ever changed.
    """

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE)
    kind = models.CharField(max_length=10, choices=Kind)
    slug = models.CharField(max_length=80)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__lte=100), name="a_mark_is_at_most_all"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_mark_has_a_reason"),
        ]
        indexes = [models.Index(fields=["membership", "kind", "slug"], name="marks_of_a_cell")]

    def __str__(self) -> str:
        return f"member {self.membership_id}: {self.kind} {self.slug} {self.percent}"
