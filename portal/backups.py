"""Backing up, restoring and moving everything the database holds, on and between both databases."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, connections, transaction

from portal import VERSION, archive, schema, tables
from portal.archive import Manifest, Table, UnusableArchive


class Refused(Exception):  # noqa: N818 - said as the command tells it
    """Nothing was changed; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Done:
    tables: int
    rows: int


def save(path: Path, using: str, now: datetime) -> Done:
    """Write everything but sessions as it is at one moment, while the site runs.

    Raises Refused, OSError.
    """
    if path.exists():
        raise Refused(f"{path} is there already; name a file that is not.")
    with snapshot(using), archive.writing(path) as writer:
        found = fitting(using)
        for label, model in tables.kept().items():
            with closing(tables.lines(model, using)) as lines:
                writer.add(label, tables.names(model), lines)
        manifest = Manifest(
            format=archive.FORMAT,
            format_version=archive.FORMAT_VERSION,
            version=VERSION,
            taken_at=now.isoformat(),
            database=connections[using].vendor,
            migrations=list(found.applied),
            tables=writer.tables,
        )
        writer.finish(manifest)
    return done(writer.tables)


def restore(path: Path, using: str, *, replace: bool) -> Done:
    """Put a backup into a migrated database: all of it or nothing.

    Raises Refused, UnusableArchive.
    """

    def accept(manifest: Manifest) -> None:
        accept_schema(manifest, using)
        if not replace:
            refuse_rows(using)

    with archive.reading(path, accept) as reader:
        source = ((table, reader.lines(table)) for table in reader.manifest.tables)
        fill(using, source, replace=replace)
    return done(reader.manifest.tables)


def move(source: str, target: str) -> Done:
    """Carry everything from one database into another, empty one, and compare. Raises Refused."""
    fitting(target)
    refuse_rows(target)
    moved: list[Table] = []

    def carried() -> Generator[tuple[Table, Iterable[str]]]:
        for label, model in tables.every().items():
            tally = tables.Tally()
            with closing(tally.passing(tables.lines(model, source))) as rows:
                yield Table(label, tables.names(model), 0, ""), rows
            moved.append(Table(label, tables.names(model), tally.rows, tally.sum))

    with snapshot(source), closing(carried()) as rows:
        fitting(source)
        fill(target, rows, replace=False, expected=moved)
    return done(moved)


def fill(
    using: str,
    source: Iterable[tuple[Table, Iterable[str]]],
    *,
    replace: bool,
    expected: list[Table] | None = None,
) -> None:
    """Replace every row by those of the source, and read them back, in one transaction."""
    models = tables.every()
    filled: list[Table] = []
    try:
        with transaction.atomic(using=using):
            tables.hold_still(using)
            if not replace:
                refuse_rows(using)
            tables.empty(using)
            for table, lines in source:
                tables.load(models[table.label], using, lines)
                filled.append(table)
            tables.continue_numbers(using)
            compare(using, filled if expected is None else expected)
    except (DatabaseError, tables.BadRow, ValueError) as error:
        reason = " ".join(str(error).split())
        raise Refused(
            f"The database does not take these rows, so nothing was changed: {reason}"
        ) from error


def compare(using: str, expected: list[Table]) -> None:
    models = tables.every()
    for table in expected:
        found = tables.tally(models[table.label], using)
        if (found.rows, found.sum) != (table.rows, table.sum):
            raise Refused(
                f"{table.label} came out otherwise than it went in ({found.rows} of {table.rows} "
                "rows), so nothing was changed; please report this."
            )


@contextmanager
def snapshot(using: str) -> Iterator[None]:
    """Read everything as it was at one moment, while others go on writing."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # atomic() would begin IMMEDIATE and keep writers out
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic(using=using):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def fitting(using: str) -> schema.Schema:
    """Return how the database is migrated. Raises Refused when this release wants it otherwise."""
    found = schema.of(using)
    if found.missing:
        raise Refused(
            f"The {using} database lacks migrations ({schema.named(found.missing)}); "
            "run manage.py migrate with this release first."
        )
    if found.unknown:
        raise Refused(
            f"The {using} database was migrated by a newer release "
            f"({schema.named(found.unknown)}); use that release."
        )
    return found


def accept_schema(manifest: Manifest, using: str) -> None:
    """Raises Refused when rows of the backup would not mean the same here."""
    kept, here = set(manifest.migrations), set(fitting(using).applied)
    if newer := tuple(sorted(kept - here)):
        raise Refused(
            f"The backup was taken by a newer release, {manifest.version}, with migrations that "
            f"{VERSION} does not know ({schema.named(newer)}); restore it with that release."
        )
    if older := tuple(sorted(here - kept)):
        raise Refused(
            f"The backup was taken by an older release, {manifest.version}, before the migrations "
            f"{schema.named(older)}; restore it with that release, then upgrade."
        )
    listed = {table.label: table.columns for table in manifest.tables}
    if listed != {label: tables.names(model) for label, model in tables.kept().items()}:
        raise Refused(
            "The backup holds other tables or columns than this site; use its own release."
        )


def refuse_rows(using: str) -> None:
    if found := tables.with_rows(using):
        raise Refused(
            f"The database holds rows already ({', '.join(found)}); give an empty, migrated one."
        )


def done(of: list[Table]) -> Done:
    return Done(len(of), sum(table.rows for table in of))


__all__ = ["Done", "Refused", "UnusableArchive", "move", "restore", "save"]
