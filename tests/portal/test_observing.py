from __future__ import annotations

import json
import logging
import sys

import pytest
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory

from portal import logs, metrics, observing
from portal.logs import JsonFormatter, RequestIdFilter, RouteFilter
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("courses_dir")]
SCRAPER = {"Authorization": "Bearer hush"}


@pytest.fixture
def scraped(settings):
    """A site that measures, and what a scraper reads there."""
    settings.PORTAL_METRICS_TOKEN = "hush"

    def read() -> dict[str, float]:
        text = Client().get("/metrics", headers=SCRAPER).content.decode()
        pairs = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
        return {name: float(value) for name, _, value in pairs}

    return read


def test_there_are_no_metrics_without_a_token(client):
    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer wrong", "Bearer hush ", "hush", "Bearer 秘密"])
def test_metrics_are_for_who_knows_the_token(client, scraped, given):
    answer = client.get("/metrics", headers={"Authorization": given})

    assert answer.status_code == 401
    assert b"gantry_" not in answer.content


def test_requests_are_counted_by_route_and_status(scraped):
    name = 'gantry_requests_total{method="GET",route="/learn/<slug:course>/",status="200"}'
    before = scraped().get(name, 0)

    Client().get("/learn/demo/")

    assert scraped()[name] == before + 1


def test_metrics_tell_the_courses_and_the_people(scraped):
    make_user("aiko")

    figures = scraped()

    assert figures["gantry_people"] == 1
    assert figures["gantry_courses"] == 1
    assert figures["gantry_database_up"] == 1
    assert figures["gantry_attempts_open"] == 0


def test_metrics_are_told_while_the_database_is_gone(scraped, monkeypatch):
    def gone() -> None:
        raise DatabaseError

    monkeypatch.setattr(metrics, "people", gone)

    assert scraped()["gantry_database_up"] == 0


def test_each_answer_has_an_id(client):
    first, second = (client.get("/healthz").headers["X-Request-ID"] for _ in range(2))

    assert first != second
    assert len(first) == 16


@pytest.mark.parametrize(
    ("behind_proxy", "given", "is_kept"),
    [
        (True, "1-67891233-abcdef", True),
        (False, "1-67891233-abcdef", False),
        (True, "short", False),
        (True, "x" * 129, False),
        (True, "a\tb forged line", False),
    ],
)
def test_only_a_proxy_gives_ids(client, settings, behind_proxy, given, is_kept):
    settings.BEHIND_PROXY = behind_proxy

    answer = client.get("/healthz", headers={"X-Request-ID": given})

    assert (answer.headers["X-Request-ID"] == given) is is_kept


def test_a_request_is_one_line_without_anything_personal(aiko_client, settings, caplog):
    settings.PORTAL_ACCESS_LOG = True

    with caplog.at_level(logging.INFO, logger="gantry.request"):
        aiko_client.get("/search/?q=secret", REMOTE_ADDR="203.0.113.7")

    [record] = [one for one in caplog.records if one.name == "gantry.request"]
    assert record.getMessage().startswith("GET /search/ 200, ")
    assert record.details["queries"] > 0
    for personal in ("secret", "203.0.113.7", "aiko"):
        assert personal not in JsonFormatter().format(record)


def test_requests_are_not_logged_unasked(client, caplog):
    client.get("/healthz")

    assert "gantry.request" not in {one.name for one in caplog.records}


def test_a_slow_query_is_logged_without_its_values(caplog):
    seen = observing.Queries(slow=1e-9)

    with connection.execute_wrapper(seen), connection.cursor() as cursor:
        cursor.execute("SELECT %s", ["a name"])

    [record] = [one for one in caplog.records if one.name == "gantry.query"]
    assert record.getMessage().endswith("ms: SELECT %s")
    assert "a name" not in JsonFormatter().format(record)
    assert seen.count == 1


def test_no_query_is_slow_where_none_is_wanted(caplog):
    with connection.execute_wrapper(observing.Queries(slow=0)), connection.cursor() as cursor:
        cursor.execute("SELECT 1")

    assert caplog.records == []


@pytest.mark.parametrize(
    ("path", "shown"),
    [("/learn/none/", "/learn/<slug:course>/"), ("/join/a-token", logs.NO_ROUTE)],
)
def test_a_refused_request_is_logged_by_its_route(client, caplog, path, shown):
    with caplog.at_level(logging.WARNING, logger="django.request"):
        client.get(path)

    [record] = [one for one in caplog.records if one.name == "django.request"]
    assert RouteFilter().filter(record)
    assert record.getMessage() == f"Not Found: {shown}"


def test_an_event_as_json_says_which_request_and_what_broke():
    token = logs.request_id.set("abc")
    try:
        int("愛子")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "it %s", ("broke",), sys.exc_info())
    RequestIdFilter().filter(record)
    logs.request_id.reset(token)

    event = json.loads(JsonFormatter().format(record))

    assert (event["request_id"], event["level"], event["message"]) == ("abc", "ERROR", "it broke")
    assert "愛子" in event["traceback"]


def test_odd_methods_do_not_grow_the_metrics(settings, monkeypatch):
    settings.PORTAL_METRICS_TOKEN = "hush"
    seen = []
    monkeypatch.setattr(metrics, "observe", lambda *args: seen.append(args[:3]))
    answer = observing.ObservingMiddleware(lambda request: HttpResponse(status=405))

    answer(RequestFactory().generic("BREW", "/"))

    assert seen == [("OTHER", logs.NO_ROUTE, 405)]


def test_readiness_says_when_the_database_is_away(client, monkeypatch):
    def away(using: str) -> None:
        raise DatabaseError

    monkeypatch.setattr("portal.schema.of", away)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")
