"""Looks at what the site is made of: settings, database, courses, files, disk, clock."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.utils import timezone

from content import library
from portal import schema
from portal.doctor.finding import Finding, better, broken, fine
from quizzes.models import Attempt
from quizzes.shared_clock import database_time

MEGABYTE = 1024 * 1024
LEAST_FREE, GOOD_FREE = 100 * MEGABYTE, 1024 * MEGABYTE
LEAST_POSTGRESQL = 14  # what Django 5.2 supports
CACHE_TABLE = "portal_cache"
SKEW = timedelta(seconds=5)


def look_at_settings() -> Iterator[Finding]:
    found = checks.run_checks(include_deployment_checks=settings.PRODUCTION)
    for one in found:
        if not one.is_silenced():
            kind = broken if one.is_serious() else better
            yield kind(f"{one.id}: {one.msg}", str(one.hint or "See Django's documentation."))
    if not settings.PRODUCTION:
        yield better(
            "This is no production site: cookies also travel without TLS.",
            "Set PORTAL_PRODUCTION=true where others than you sign in.",
        )
    elif not found:
        yield fine("Production, and Django's checks for it find nothing.")


def look_at_database() -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA quick_check(1)")
            else:
                cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
            said: Any = (cursor.fetchone() or (None,))[0]  # Any: a word of SQLite, or a number
    except DatabaseError as error:
        yield broken(
            f"The database cannot be used: {first_line(error)}",
            "See that it runs, and that DATABASE_URL names its host, database, user and password.",
        )
        return
    if connection.vendor == "sqlite":
        yield look_at_sqlite(said)
    elif said < LEAST_POSTGRESQL:
        yield broken(f"PostgreSQL is {said}.", f"Upgrade it to {LEAST_POSTGRESQL} or newer.")
    else:
        yield fine(f"PostgreSQL {said} answers.")


def look_at_sqlite(said: str) -> Finding:
    name = connection.settings_dict["NAME"]
    if said == "ok":
        return fine(f"SQLite is whole: {name}")
    return broken(
        f"SQLite is damaged ({said}): {name}",
        "Stop the site, put the file aside, and restore the last backup with manage.py restore.",
    )


def look_at_migrations() -> Iterator[Finding]:
    try:
        found = schema.of(DEFAULT_DB_ALIAS)
        has_cache = CACHE_TABLE in connection.introspection.table_names()
    except DatabaseError:
        yield broken("Nobody knows: the database cannot be used.", "Mend the database first.")
        return
    if found.missing:
        yield broken(
            f"The database lacks {len(found.missing)} migrations of this release.",
            "Run manage.py migrate.",
        )
    elif not has_cache:
        yield broken("The table of rate limits is missing.", "Run manage.py createcachetable.")
    if found.unknown:
        yield better(
            f"A newer release has migrated the database ({schema.named(found.unknown)}).",
            "Run that release, or restore a backup that this one took.",
        )
    if found.fits and has_cache:
        yield fine(f"All {len(found.applied)} are applied.")


def look_at_courses() -> Iterator[Finding]:
    try:
        courses = library.load()
    except library.LibraryError as error:
        yield broken(first_line(error), "Run manage.py validate_courses and mend what it names.")
    else:
        yield fine(f"Served: {', '.join(courses)}.")


def look_at_files() -> Iterator[Finding]:
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if settings.DEBUG or manifest.is_file():
        yield fine("Styles and scripts are collected.")
    else:
        yield broken("Styles and scripts are not collected.", "Run manage.py collectstatic.")


def look_at_disk() -> Iterator[Finding]:
    folder = settings.PORTAL_DATA_DIR
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x" * 4096)
            file.flush()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        yield broken(
            f"{folder} cannot be written to ({error.strerror}).",
            "Make room, or give the folder to the user the site runs as.",
        )
        return
    says = f"{free // MEGABYTE} MB are free in {folder}."
    if free < LEAST_FREE:
        yield broken(says, "Make room: answers cannot be saved on a full disk.")
    elif free < GOOD_FREE:
        yield better(says, "Make room before it is full.")
    else:
        yield fine(says)


def look_at_clock() -> Iterator[Finding]:
    """Deadlines hold by the clock: of all replicas, and of the database."""
    mend = "Let every machine keep time by NTP (chronyd or systemd-timesyncd)."
    try:
        now, theirs = datetime.now(UTC), database_time()
        newest = Attempt.objects.order_by("-pk").values_list("started_at", flat=True).first()
    except DatabaseError:
        yield better("Nobody knows: the database cannot be used.", "Mend the database first.")
        return
    skew = abs(theirs - now) if theirs else timedelta(0)
    if skew > SKEW:
        yield broken(f"It differs from the database's by {skew.total_seconds():.0f} s.", mend)
    elif newest and newest > timezone.now() + SKEW:
        yield broken("The newest attempt began in the future; some machine's clock is off.", mend)
    else:
        yield fine(f"It is {now:%Y-%m-%d %H:%M} UTC.")


def first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
