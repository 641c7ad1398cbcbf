"""Says whether the site has all it needs, and what to do where not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.base import BaseCommand

from portal.doctor import inside, outside
from portal.doctor.finding import Finding, Level

SUBJECTS: dict[str, Callable[[], Iterable[Finding]]] = {
    "settings": inside.look_at_settings,
    "database": inside.look_at_database,
    "migrations": inside.look_at_migrations,
    "courses": inside.look_at_courses,
    "files": inside.look_at_files,
    "disk": inside.look_at_disk,
    "clock": inside.look_at_clock,
    "sign-in": outside.look_at_sign_in,
    "mail": outside.look_at_mail,
    "sandbox": outside.look_at_sandbox,
    "credentials": outside.look_at_credentials,
}


class Command(BaseCommand):
    help = (
        "Look at everything the site needs and say what to do; ends with 1 if something is broken."
    )
    requires_system_checks = ()  # they are the first thing it looks at

    def handle(self, *args: Any, **options: Any) -> None:  # Any: the signature is Django's
        counts = dict.fromkeys(Level, 0)
        for subject, look in SUBJECTS.items():
            for finding in look():
                counts[finding.level] += 1
                self.stdout.write(f"{finding.level.value:7}{subject:12}{finding.says}")
                if finding.do:
                    self.stdout.write(f"{'':19}→ {finding.do}")
        broken, better = counts[Level.BROKEN], counts[Level.BETTER]
        self.stdout.write(f"{broken} broken, {better} could be better, {counts[Level.FINE]} fine.")
        if broken:
            sys.exit(1)
