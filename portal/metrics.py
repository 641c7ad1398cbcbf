"""Figures for Prometheus, imported only where PORTAL_METRICS_TOKEN is set.

Each replica tells of the requests of all its processes, which share their counts through files in
PROMETHEUS_MULTIPROC_DIR (gunicorn.conf.py makes it). What is said of people is the database's.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from accounts.models import User
from content import library
from portal import VERSION
from quizzes.models import Attempt

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
SHARED = "PROMETHEUS_MULTIPROC_DIR"

REQUESTS = Counter("gantry_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram(
    "gantry_request_seconds", "From request to answer, in seconds.", ["route"], buckets=BUCKETS
)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
QUERIES = Counter("gantry_queries", "Queries made for requests.", ["route"])


def observe(method: str, route: str, status: int, seconds: float, queries: int) -> None:
    REQUESTS.labels(method, route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)
    QUERIES.labels(route).inc(queries)


class SiteCollector(Collector):
    """What the database and the courses say at this moment: the same from every replica."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        info = GaugeMetricFamily("gantry_info", "The release that runs.", labels=["version"])
        info.add_metric([VERSION], 1)
        yield info
        yield GaugeMetricFamily("gantry_courses", "Courses served.", value=len(library.courses()))
        try:
            figures = people()
        except DatabaseError:
            figures = {}
        yield GaugeMetricFamily("gantry_database_up", "1 when it answers.", value=bool(figures))
        for name, (says, value) in figures.items():
            yield GaugeMetricFamily(name, says, value=value)


def people() -> dict[str, tuple[str, int]]:
    running = Attempt.objects.running()
    active = User.objects.filter(is_active=True)
    return {
        "gantry_people": (
            "Accounts that may sign in.",
            active.count(),
        ),
        "gantry_attempts_open": ("Attempts not handed in.", running.count()),
        "gantry_attempts_overdue": (
            "Open attempts whose time is over; close_overdue_attempts closes them.",
            running.filter(deadline__lt=timezone.now()).count(),
        ),
    }


def may_read(authorization: str) -> bool:
    wanted = f"Bearer {settings.PORTAL_METRICS_TOKEN}"
    return secrets.compare_digest(authorization.encode(), wanted.encode())


def text() -> bytes:
    """Return the figures of every process of this replica, and of the site."""
    registry = REGISTRY
    if SHARED in os.environ:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    site = CollectorRegistry()
    site.register(SiteCollector())
    return generate_latest(registry) + generate_latest(site)
