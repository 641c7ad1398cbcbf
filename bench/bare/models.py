"""Chapters, who read what of them, and notes; every query of the pages has its index."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Chapter(models.Model):
    course = models.CharField(max_length=80)
    slug = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="one_chapter_of_a_slug"),
            models.UniqueConstraint(fields=["course", "position"], name="one_chapter_at_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.course}/{self.slug}"


class SectionRead(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE)
    section = models.CharField(max_length=120)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "chapter", "section"], name="a_section_is_read_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.chapter_id}#{self.section}"


class Note(models.Model):
    """What one reader answered to one question: the one row that a post writes."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    question = models.PositiveIntegerField()
    choice = models.PositiveSmallIntegerField()
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id}: {self.question}"


class Score(models.Model):
    """How one learner did one piece of work: the row that a table of results is made of."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    item = models.PositiveSmallIntegerField()
    percent = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "item"], name="a_score_for_an_item"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.item}"
