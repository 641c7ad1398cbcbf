"""Starts the site in this process, views pages, presses the button: when is the SDK imported?

Run as `python -m bench.labs.page LEARNER PRESSES` with the site's environment; answers in JSON.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from typing import Any
from unittest.mock import patch

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from bench.inside import make_users
from bench.labs.slow import Gauge, SlowClients

LAB = "service"


def has_sdk() -> bool:
    return any(name in sys.modules for name in ("boto3", "botocore"))


def main(learner: str, presses: int) -> dict[str, Any]:  # Any: steps, seconds, a status
    """Return whether the SDK was there after each step, and how long each press took."""
    before_start = has_sdk()
    import_module("portal.wsgi")  # loads all that Gunicorn loads
    steps = [("before the start", before_start), ("start", has_sdk())]
    make_users(1)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(get_user_model().objects.get())
    course = next(iter(import_module("content.library").courses().values()))
    lab = reverse("labs:lab", args=[course.slug, LAB])
    chapter = reverse("content:chapter", args=[course.slug, course.chapters[0].slug])
    connection = reverse("labs:connection")
    for url in (chapter, reverse("labs:index"), lab, connection):
        assert client.get(url, secure=True).status_code == 200, url
        steps.append((url, has_sdk()))
    connections, runs = import_module("labs.connections"), import_module("labs.runs")
    with (
        # The account in which the exercises were done.
        patch.object(connections, "learner_key", lambda _: learner),
        patch.object(runs, "Clients", SlowClients),
    ):
        client.post(reverse("labs:sandbox"), secure=True)
        for url in (connection, lab):
            assert client.get(url, secure=True).status_code == 200, url
        steps.append(("practice account connected, pages again", has_sdk()))
        times = [pressed(client, course.slug) for _ in range(presses)]
    steps.append(("first press", has_sdk()))
    latest = import_module("labs.models").Run.objects.latest("pk")
    peak: Gauge = SlowClients.gauge
    return {"steps": steps, "presses": times, "status": latest.status, "peak": peak.peak}


def pressed(client: Client, course: str) -> float:
    start = time.perf_counter()
    answer = client.post(reverse("labs:verify", args=[course, LAB]), secure=True)
    assert answer.status_code == 302, answer
    return time.perf_counter() - start


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
