"""People: who is here, and how they like the site to speak."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    display_name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=5, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    is_owner = models.BooleanField(default=False)

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
        ]

    def __str__(self) -> str:
        return self.username

    def get_short_name(self) -> str:
        return self.display_name or self.username
