"""Reads questions as a table, one row a question, with the columns that the export writes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from content.catalog.questions import Kind
from quizzes.export.csv_table import COUNT, without_guard
from quizzes.export.items import LETTERS
from quizzes.importing.model import (
    Choice,
    NotUnderstood,
    Question,
    Reading,
    Unreadable,
    decoded,
    said,
)

NEEDED = ("prompt", "correct", "choice_a")
KINDS: Mapping[str, Kind] = {
    "single": "single",
    "multiple": "multiple",
    "ordering": "ordering",
    "matching": "matching",
    "short": "short",
}
_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")

Row = Mapping[str, str]


def read(data: bytes, language: str) -> Reading:
    """Return the questions; a row without a language is in `language`. Raises Unreadable."""
    reading = Reading()
    for place, row in _rows(decoded(data)):
        try:
            reading.questions.append(_question(row, place, language))
        except NotUnderstood as error:
            reading.refused.append(error.at(place))
    return reading


def _rows(text: str) -> Iterator[tuple[str, Row]]:
    table = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        names = [one.strip().lower() for one in next(table, [])]
        missing = [one for one in NEEDED if one not in names]
        if missing:
            raise Unreadable(
                f"the first row names no column {', '.join(missing)}",
                "name the columns in the first row as an export does, between commas",
            )
        for cells in table:
            if any(cells):
                yield f"row ending on line {table.line_num}", _row(names, cells)
    except csv.Error as error:
        raise Unreadable(
            f"line {table.line_num} is no CSV: {error}", "save the table as CSV with commas"
        ) from None


def _row(names: list[str], cells: list[str]) -> Row:
    """Return the cells by column, without the guard against formulas; "" beyond the last one."""
    padded = cells + [""] * (len(names) - len(cells))
    row = {name: without_guard(cell) for name, cell in zip(names, padded, strict=False)}
    if any(cells[len(names) :]):
        row["\0"] = "more"  # told when the row is read: only then is there a place for it
    return row


def _question(row: Row, place: str, language: str) -> Question:
    if "\0" in row:
        raise NotUnderstood("the row has more cells than there are columns", "quote the commas")
    language = row.get("language", "").strip() or language
    if not _LANGUAGE.fullmatch(language):
        raise NotUnderstood(f"the language is {language[:40]!r}", "write one such as ja or en")
    right = _right(row)
    kind = _kind(row, right)
    return Question(
        place=f"{place} ({row['id']})" if row.get("id") else place,
        id=row.get("id", "").strip(),
        kind=kind,
        prompt=said(row["prompt"], language),
        choices=tuple(_choices(row, kind, right, language)),
        explanation=said(row.get("explanation", ""), language),
        trap=said(row.get("trap", ""), language),
        task=row.get("task", "").strip(),
        difficulty=_difficulty(row),
        section=row.get("section", "").strip(),
        sources=tuple(filter(None, row.get("sources", "").splitlines())),
    )


def _kind(row: Row, right: set[str]) -> Kind:
    name = row.get("kind", "").strip() or ("single" if len(right) == 1 else "multiple")
    if name not in KINDS:
        raise NotUnderstood(f"the kind is {name[:40]!r}", f"write one of {', '.join(KINDS)}")
    return KINDS[name]


def _right(row: Row) -> set[str]:
    letters = {one.strip().upper() for one in re.split(r"[;,]", row["correct"]) if one.strip()}
    if not letters:
        raise NotUnderstood("no choice is correct", "write its letter, such as B or A;C")
    for one in letters:
        if not row.get(f"choice_{one.lower()}", "").strip():
            raise NotUnderstood(f"{one[:20]} is correct but no choice", "write letters of choices")
    return letters


def _difficulty(row: Row) -> int:
    cell = row.get("difficulty", "").strip()
    if cell not in ("", "1", "2", "3"):
        raise NotUnderstood(f"the difficulty is {cell[:20]!r}", "write 1, 2 or 3")
    return int(cell or "0")


def _choices(row: Row, kind: Kind, right: set[str], language: str) -> Iterator[Choice]:
    has_keys = kind not in ("ordering", "matching")
    for letter in LETTERS:
        text = row.get(f"choice_{letter.lower()}", "")
        if not text.strip():
            continue
        is_right = has_keys and letter in right
        reason = said(row.get(f"reason_{letter.lower()}", ""), language)
        unit = row.get(f"unit_{letter.lower()}", "").strip()
        match = said(row.get(f"match_{letter.lower()}", ""), language)
        if kind != "short":
            yield Choice(said(text, language), reason, match, is_right)
        elif unit:
            number, unit = _number(text), "" if unit == COUNT else unit
            yield Choice(reason=reason, is_right=is_right, number=number, unit=unit)
        else:
            forms = tuple(filter(None, (one.strip() for one in text.splitlines())))
            yield Choice(reason=reason, is_right=is_right, forms=forms)


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise NotUnderstood(f"{text[:40]!r} has a unit but is no number", "write such as 120")
    return number
