"""How events are written: one line each, with the request they belong to and nothing personal."""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

from django.http import HttpRequest

request_id: ContextVar[str] = ContextVar("request_id", default="-")

NO_ROUTE = "no such page"


class RequestIdFilter(logging.Filter):
    """Adds the id of the request being answered."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class RouteFilter(logging.Filter):
    """Names the route instead of the path, which may hold a token or what somebody typed."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == "django.security.DisallowedHost":
            record.exc_info = None  # any scanner could fill the log with tracebacks
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            shown = (request.path, request.get_full_path())
            record.args = tuple(route_of(request) if one in shown else one for one in record.args)
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line, as log collectors read it."""

    def format(self, record: logging.LogRecord) -> str:
        event = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": getattr(record, "request_id", "-"),
            "message": record.getMessage(),
        }
        details = getattr(record, "details", None)
        if isinstance(details, dict):
            event |= details
        if record.exc_info:
            event["traceback"] = self.formatException(record.exc_info)
        return json.dumps(event, ensure_ascii=False, default=str)


def route_of(request: HttpRequest) -> str:
    """Return the pattern of the URL: the same for every reader, attempt and token."""
    match = request.resolver_match
    return f"/{match.route}" if match else NO_ROUTE
