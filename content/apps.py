"""Registers the content app and its check."""

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks

from content.checks import check_courses


class ContentConfig(AppConfig):
    name = "content"

    def ready(self) -> None:
        checks.register(check_courses, "courses")
