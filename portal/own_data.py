"""Everything the site holds about one person, as an archive: one JSON, and a CSV for each table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from portal import own_parts
from portal.own_table import Part, Table, Value
from quizzes.export.archive import archive as zipped
from quizzes.export.csv_table import with_guard

FORMAT, FORMAT_VERSION = "gantry-own-data", 1
PARTS: Sequence[Part] = own_parts.PARTS
# Models that point at a person and are not in the archive, with the reason.
NOT_IN_IT: Mapping[str, str] = {
    "accounts.AuditEntry": "the site's own record of what its staff did",
    "accounts.User_groups": "Django's; the site has no groups",
    "accounts.User_user_permissions": "Django's; the site gives no single permissions",
}
LEFT_OUT = [
    _(
        "The hash of your password, the keys and codes of your second factor, and your sessions: "
        "whoever had them could sign in as you."
    ),
    _(
        "The external ID of your AWS connection: with it the site proves itself to your role. "
        "The page of the connection shows it."
    ),
    _("What your organisation says about you when you sign in: ask there."),
    _(
        "The right answers of questions, and what would tell them while an attempt is open. "
        "Those you have been shown are among the exports of a course."
    ),
    _("Who marked your work, and whose work you marked: that is other people's data."),
    _("The record of what the staff of this site did: it belongs to the site."),
]


def gather(user: User) -> dict[str, Table]:
    """Return every table about a person; the number of queries does not grow with their work."""
    return {part.name: part.read(user) for part in PARTS}


def archive(user: User) -> bytes:
    """Return the ZIP of what the site holds about a person; the same data give the same bytes."""
    tables = gather(user)
    files = {"data.json": as_json(tables)}
    files |= {f"{name}.csv": as_csv(table) for name, table in tables.items()}
    return zipped(files)


def as_json(tables: Mapping[str, Table]) -> bytes:
    with translation.override("en"):  # whoever asks, the same data give the same bytes
        left_out = [str(one) for one in LEFT_OUT]
    found = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "left_out": left_out,
        "tables": {
            name: [dict(zip(table.columns, row, strict=True)) for row in table.rows]
            for name, table in tables.items()
        },
    }
    return json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"


def as_csv(table: Table) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(table.columns)
    writer.writerows([_cell(one) for one in row] for row in table.rows)
    return file.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str | float | None:
    """Return what a spreadsheet shows and never runs; lists stay JSON."""
    if isinstance(value, str):
        return with_guard(value)
    if isinstance(value, bool | list | dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value


def file_name(day: date) -> str:
    return f"gantry-data-{day.isoformat()}.zip"
