"""How a person's account is reached, without any secret, and what verifications found."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Connection(models.Model):
    """The way to one person's AWS account. No key is ever kept: there is no column for one.

    `external_id` is made by the site and proves to the role that the site asks for this person.
    """

    class Way(models.TextChoices):
        ROLE = "role"
        SANDBOX = "sandbox"
        MACHINE = "machine"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    way = models.CharField(max_length=10, choices=Way)
    role_arn = models.CharField(max_length=200, blank=True)
    external_id = models.CharField(max_length=64, unique=True)
    region = models.CharField(max_length=30)
    account_tail = models.CharField(max_length=4, blank=True)
    proved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["role_arn"], condition=~Q(role_arn=""), name="a_role_belongs_to_one_person"
            ),
            models.CheckConstraint(
                condition=Q(way="role", proved_at__isnull=False) & ~Q(role_arn="") | ~Q(way="role"),
                name="a_role_was_proved_before_it_is_used",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.way} in {self.region}"


class Run(models.Model):
    """One verification. `verdicts` are those of the checks, with evidence in AWS's own words."""

    class Status(models.TextChoices):
        PASS = "pass"  # noqa: S105 - a status
        FAIL = "fail"
        WAIT = "wait"
        UNKNOWN = "unknown"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    course = models.CharField(max_length=80)
    lab = models.CharField(max_length=80)
    way = models.CharField(max_length=10)
    region = models.CharField(max_length=30)
    account_tail = models.CharField(max_length=4, blank=True)
    status = models.CharField(max_length=10, choices=Status)
    verdicts = models.JSONField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__gte=models.F("started_at")),
                name="a_run_ends_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "course", "lab", "-started_at"], name="runs_of_a_lab"),
            models.Index(fields=["user", "-started_at"], name="runs_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.course}/{self.lab} {self.status} at {self.started_at}"
