"""How a database would go about a query: the tables it would read from end to end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection


def scanned(sql: str) -> set[str]:
    """Return the tables that a query, as it was sent, would read whole."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            lines = [str(row[3]).split() for row in cursor.fetchall()]
            return {one[1] for one in lines if one[0] == "SCAN"}
        # Tables of a test are so small that reading them whole is right: ask what is possible.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        found = cursor.fetchone()[0]
        plan = json.loads(found) if isinstance(found, str) else found
    return {
        one["Relation Name"] for one in nodes(plan[0]["Plan"]) if one["Node Type"] == "Seq Scan"
    }


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:  # Any: as PostgreSQL says it
    yield plan
    for one in plan.get("Plans", ()):
        yield from nodes(one)
