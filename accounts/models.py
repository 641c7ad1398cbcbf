"""People: who is here, and how they like the site to speak."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

# In percent, how likely one wants to be right when asked again: less forgets, more asks daily.
LEAST_RETENTION, MOST_RETENTION = 70, 97
MOST_REVIEWS = 200  # cards a day


class User(AbstractUser):
    display_name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=5, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    review_retention = models.PositiveSmallIntegerField(default=90)
    review_limit = models.PositiveSmallIntegerField(default=30)
    is_owner = models.BooleanField(default=False)
    is_simulated = models.BooleanField(default=False)  # made by `manage.py demo`; cannot sign in

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_owner"],
                condition=models.Q(is_owner=True),
                name="a_site_has_one_owner",
            ),
            models.CheckConstraint(
                condition=models.Q(is_owner=False) | models.Q(is_staff=True),
                name="the_owner_is_staff",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    review_retention__gte=LEAST_RETENTION, review_retention__lte=MOST_RETENTION
                ),
                name="retention_is_within_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.username

    def get_short_name(self) -> str:
        return self.display_name or self.username


class AuditEntry(models.Model):
    """One act of the staff. Only ever added to; `by` is empty for the command line and the gone."""

    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    action = models.CharField(max_length=40)
    about = models.CharField(max_length=200, blank=True)
    details = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["-at"], name="audit_entries_by_time")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.action} {self.about} by {self.by_id} at {self.at}"
