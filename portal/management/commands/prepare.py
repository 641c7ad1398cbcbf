"""Brings the database up to date before a replica serves."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

PLAIN = (
    "This site runs for trying out: it is reached as localhost, without TLS. For others to reach "
    "it, set PORTAL_PRODUCTION=true, PORTAL_SECRET_KEY_FILE and PORTAL_HOSTS: docs/self-hosting.md."
)


class Command(BaseCommand):
    help = "Bring the database up to date; replicas that start together wait for one another."

    def handle(self, *args: object, **options: object) -> None:
        call_command("migrate", verbosity=0)  # one at a time, with the table of the cache
        call_command("clearsessions")  # nothing else removes what has expired
        self.stdout.write("The database is up to date.")
        if not settings.PRODUCTION:
            self.stdout.write(PLAIN)
