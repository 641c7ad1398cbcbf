"""A table of somebody's data: its columns, its rows, and which models they come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from django.db import models
from django.utils.functional import Promise

from accounts.models import User

# Any: what JSON columns hold
Value: TypeAlias = str | int | float | bool | list[Any] | dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Table:
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Part:
    """One table of the archive. `models` are those it says everything about, for one person."""

    name: str
    title: str | Promise
    read: Callable[[User], Table]
    models: Sequence[type[models.Model]]


def taken(rows: models.QuerySet[Any], *columns: str, **renamed: str) -> Table:
    """Return columns of rows, the oldest first: those under their own name, then the renamed."""
    paths = {one: one for one in columns} | renamed
    found = rows.order_by("pk").values_list(*paths.values())
    return Table(tuple(paths), [[plain(one) for one in row] for row in found])


def plain(value: Any) -> Value:  # Any: whatever a column holds
    """Return a value as JSON has it; moments are in UTC."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Decimal):
        return float(value)
    found: Value = value
    return found
