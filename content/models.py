"""What readers did with a course: sections read, and the place where they are."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SectionRead(models.Model):
    """One reader has read one section. Courses are files: the keys are their names."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    course = models.CharField(max_length=80)
    chapter = models.CharField(max_length=80)
    section = models.CharField(max_length=120)
    text_hash = models.CharField(max_length=16)
    read_at = models.DateTimeField()
    again_since = models.DateTimeField(null=True, blank=True)  # a question on it was missed

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "course", "chapter", "section"],
                name="a_section_is_read_once_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.course}/{self.chapter}#{self.section}"


class Place(models.Model):
    """Where one reader is in one course: the section last seen on the screen."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    course = models.CharField(max_length=80)
    chapter = models.CharField(max_length=80)
    section = models.CharField(max_length=120)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "course"], name="a_person_is_in_one_place_of_a_course"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.course}/{self.chapter}#{self.section}"
