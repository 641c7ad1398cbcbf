"""What the site tells of each request: an id, one line, its slow queries, and the metrics."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from portal.logs import request_id, route_of

GetResponse = Callable[[HttpRequest], HttpResponseBase]
ID_HEADER = "X-Request-ID"
GIVEN_ID = re.compile(r"[A-Za-z0-9._=-]{8,128}")
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})

requests = logging.getLogger("gantry.request")
queries = logging.getLogger("gantry.query")


@dataclass(slots=True)
class Queries:
    """Counts and times the queries of one request. Their values are never written anywhere."""

    slow: float  # seconds; 0 is never
    count: int = 0
    seconds: float = 0.0

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:  # Any: Django's
        start = perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            took = perf_counter() - start
            self.count += 1
            self.seconds += took
            if self.slow and took >= self.slow:
                details = {"milliseconds": round(took * 1000), "sql": sql}
                queries.warning(
                    "slow query, %(milliseconds)d ms: %(sql)s", details, extra={"details": details}
                )


class ObservingMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.observe: Callable[[str, str, int, float, int], None] = nothing
        if settings.PORTAL_METRICS_TOKEN:
            from portal import metrics  # noqa: PLC0415 - costs memory only where it is used

            self.observe = metrics.observe

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # It stays until the thread's next request: Django tells of refusals after this.
        request_id.set(id_of(request))
        seen, start = Queries(settings.PORTAL_SLOW_QUERY_MS / 1000), perf_counter()
        with connection.execute_wrapper(seen):
            response = self.get_response(request)
        response.headers[ID_HEADER] = request_id.get()
        self.tell(request, response.status_code, perf_counter() - start, seen)
        return response

    def tell(self, request: HttpRequest, status: int, seconds: float, seen: Queries) -> None:
        method = request.method if request.method in METHODS else "OTHER"
        assert method is not None
        route = route_of(request)
        self.observe(method, route, status, seconds, seen.count)
        if settings.PORTAL_ACCESS_LOG:
            details = {
                "method": method,
                "route": route,
                "status": status,
                "milliseconds": round(seconds * 1000),
                "queries": seen.count,
            }
            requests.info(
                "%(method)s %(route)s %(status)d, %(milliseconds)d ms, %(queries)d queries",
                details,
                extra={"details": details},
            )


def nothing(*_: object) -> None:
    """Stand where the metrics would be."""


def id_of(request: HttpRequest) -> str:
    """Return the id a trusted proxy gave the request, or a new one."""
    given = request.headers.get(ID_HEADER, "") if settings.BEHIND_PROXY else ""
    return given if GIVEN_ID.fullmatch(given) else secrets.token_hex(8)
