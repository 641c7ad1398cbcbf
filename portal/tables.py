"""Rows of any database as lines of text and back, table by table, for backups and moves.

A line is a JSON list of the row's columns. The sum of a table adds up the sha256 of its lines, so
that it is the same on every database, whatever order rows come in. A large table never lies in
memory.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any, TypeAlias
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models
from django.db.models.sql import InsertQuery
from django.utils.duration import duration_iso_string

BATCH = 500  # rows an insert
EXACT = 1e16  # from here on every float is a whole number, and PostgreSQL writes it as one
# Rows that `migrate` itself makes: they are replaced, and do not count as data.
MADE_BY_MIGRATE = frozenset({"contenttypes.contenttype", "auth.permission"})
SESSIONS = "sessions.session"  # who holds its rows is signed in as those people

Model = type[models.Model]
Column: TypeAlias = "models.Field[Any, Any]"  # Any: columns of all types


class BadRow(ValueError):  # noqa: N818 - said as the command tells it
    """A line is not a row of its table."""


@dataclass(slots=True)
class Tally:
    """How many rows went by, and their sum."""

    rows: int = 0
    total: int = 0

    def add(self, line: str) -> None:
        self.rows += 1
        self.total += int.from_bytes(hashlib.sha256(line.encode()).digest())

    @property
    def sum(self) -> str:
        return f"{self.total % 2**256:064x}"

    def passing(self, lines: Iterable[str]) -> Generator[str]:
        for line in lines:
            self.add(line)
            yield line


def every() -> dict[str, Model]:
    """Return each table that holds rows of ours, of every installed app, by its label."""
    found = {
        model._meta.label_lower: model  # noqa: SLF001 - Django's documented way to a model's fields
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped  # noqa: SLF001 - the same
    }
    return dict(sorted(found.items()))


def kept() -> dict[str, Model]:
    """Return the tables a backup holds: all but sessions, so that nobody can steal one."""
    return {label: model for label, model in every().items() if label != SESSIONS}


def columns(model: Model) -> list[Column]:
    fields = model._meta.local_concrete_fields  # noqa: SLF001 - the same
    return [one for one in fields if not one.generated]


def names(model: Model) -> list[str]:
    return [one.attname for one in columns(model)]


def lines(model: Model, using: str) -> Generator[str]:
    """Yield every row as a line, in no order; close it if you do not read to the end."""
    rows: models.QuerySet[Any] = models.QuerySet(model, using=using)
    documents = [isinstance(one, models.JSONField) for one in columns(model)]
    for row in rows.order_by().values_list(*names(model)).iterator(chunk_size=BATCH):
        values = [plain(v) if is_json else v for v, is_json in zip(row, documents, strict=True)]
        yield json.dumps(
            values, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=spelled
        )


def tally(model: Model, using: str) -> Tally:
    found = Tally()
    for line in lines(model, using):
        found.add(line)
    return found


def load(model: Model, using: str, rows: Iterable[str]) -> None:
    """Insert the rows as they are: no default, no `auto_now` touches them. Raises BadRow."""
    fields, found = columns(model), iter(rows)
    limit = connections[using].ops.bulk_batch_size(fields, [None] * BATCH)
    while batch := [
        row_of(model, fields, line) for line in islice(found, max(1, min(limit, BATCH)))
    ]:
        query = InsertQuery(model)
        query.insert_values(fields, batch, raw=True)
        query.get_compiler(using).execute_sql()


def row_of(model: Model, fields: list[Column], line: str) -> models.Model:
    try:
        values = json.loads(line)
        pairs = zip(fields, values, strict=True)
        return model(**{one.attname: one.to_python(value) for one, value in pairs})
    except (ValueError, TypeError) as error:
        raise BadRow(f"{model._meta.label_lower}: {error}") from error  # noqa: SLF001 - as above


def empty(using: str) -> None:
    """Delete all rows. Foreign keys are looked at when the transaction ends."""
    for model in every().values():
        rows: models.QuerySet[Any] = models.QuerySet(model, using=using)
        rows._raw_delete(using)  # noqa: SLF001 - delete() would fetch every row, and follow it


def with_rows(using: str) -> list[str]:
    """Return the labels of the tables that hold people's work."""
    return [
        label
        for label, model in every().items()
        if label not in MADE_BY_MIGRATE and models.QuerySet(model, using=using).exists()
    ]


def hold_still(using: str) -> None:
    """Keep others from writing until the transaction ends. SQLite's has done so from its start."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        listed = ", ".join(
            connection.ops.quote_name(one._meta.db_table)  # noqa: SLF001 - as above
            for one in every().values()
        )
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {listed} IN EXCLUSIVE MODE")


def continue_numbers(using: str) -> None:
    """Let PostgreSQL number new rows after those that came with their own numbers."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(every().values())):
            cursor.execute(statement)


def plain(value: Any) -> Any:  # Any: JSON
    """Return the document with its numbers as both databases give them back."""
    if isinstance(value, float) and (abs(value) >= EXACT or value == 0):
        return int(value) if value else 0.0
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return value


def spelled(value: object) -> str:
    """Return the text that the field's own to_python() reads back."""
    match value:
        case date() | time():  # moments too, to the microsecond
            return value.isoformat()
        case timedelta():
            return duration_iso_string(value)
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(value).decode("ascii")
        case _:
            raise TypeError(f"a {type(value).__name__} has no spelling in a backup")
