"""Closes attempts whose time ran out and that nobody came back to."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from quizzes import attempts


class Command(BaseCommand):
    help = "Close the attempts whose time ran out; pages do it too, for whoever opens one."

    def handle(self, *args: Any, **options: Any) -> None:  # Any: the signature is Django's
        count = attempts.close_overdue(timezone.now())
        self.stdout.write(f"Closed {count} attempts.")
