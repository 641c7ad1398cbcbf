"""Fills a class with simulated learners, so that a newcomer sees what instructors see."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from classes import simulation
from content import library
from content.catalog.model import Course

MOST = 5000


class Command(BaseCommand):
    help = (
        "Make a class of simulated learners to look at, in place of the one before; or remove it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--learners", type=int, default=30, help=f"0 to {MOST}; 30 if not said")
        parser.add_argument("--seed", type=int, default=1, help="other numbers, other learners")
        parser.add_argument("--course", help="the course's slug; the first one if not said")
        parser.add_argument("--instructor", metavar="USERNAME", help="the owner if not said")
        parser.add_argument("--remove", action="store_true", help="remove all that is simulated")

    def handle(self, *args: Any, **options: Any) -> None:  # Any: the signature is Django's
        if options["remove"]:
            self.stdout.write(f"Removed: {_told(simulation.remove())}.")
            return
        if not 0 <= options["learners"] <= MOST:
            raise CommandError(f"--learners is from 0 to {MOST}.")
        by, course = _instructor(options["instructor"]), _course(options["course"])
        with transaction.atomic():
            before = simulation.remove()
            room = simulation.create(
                course,
                by,
                learners=options["learners"],
                seed=options["seed"],
                now=timezone.now(),
            )
        if before:
            self.stdout.write(f"Replaced the simulated class before: {_told(before)}.")
        self.stdout.write(
            f"Made “{room.name}” with {options['learners']} simulated learners, taught by "
            f"{by.username}: {reverse('classes:room', args=[room.pk])} on this site. "
            "manage.py demo --remove takes it away."
        )


def _told(counts: simulation.Counts) -> str:
    found = [f"{count} {label}" for label, count in sorted(counts.items()) if count]
    return ", ".join(found) or "nothing was there"


def _instructor(username: str | None) -> User:
    if username is None:
        owner = User.objects.filter(is_owner=True).first()
        if owner is None:
            raise CommandError(
                "This site has no owner yet. Sign up in the browser (the first account owns the "
                "site), then run this again; or name somebody with --instructor USERNAME."
            )
        return owner
    try:
        return User.objects.get(username=username, is_simulated=False)
    except User.DoesNotExist:
        raise CommandError(
            f"There is nobody called {username!r} here. --instructor takes a username."
        ) from None


def _course(slug: str | None) -> Course:
    courses = library.courses()
    if slug is None:
        return next(iter(courses.values()))
    try:
        return library.course(slug)
    except library.UnknownCourse:
        raise CommandError(
            f"There is no course {slug!r} in {settings.PORTAL_COURSES_DIR}. "
            f"There are: {', '.join(courses)}."
        ) from None
