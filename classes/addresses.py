"""Reads lists of e-mail addresses as people have them: CSV of any spreadsheet, or lines of text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

MOST_LINES = 10_000
MOST_BYTES = 2_000_000
ENCODINGS = ("utf-8-sig", "cp932")  # Excel in Japanese writes the second
NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\uf8f0-\uf8f3]")  # bytes of no character
UTF16 = (b"\xff\xfe", b"\xfe\xff")
SHOWN = 80  # characters of a refused line
LONGEST = 254  # what the column takes
Why = Literal["no_address", "bad_address", "twice"]


class UnreadableError(ValueError):
    """The bytes are no text in any encoding we know."""


class TooLongError(ValueError):
    """There are more lines than one list may have."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that gave no new address, and why; `text` is how it begins."""

    line: int
    text: str
    why: Why


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of a list, in lower case, each once, in their order."""

    emails: Sequence[str]
    refused: Sequence[Refused]


def decoded(data: bytes) -> str:
    """Return the text of a file. Raises UnreadableError."""
    if data.startswith(UTF16):
        names: tuple[str, ...] = ("utf-16",)
    else:
        names = ENCODINGS
    for name in names:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if not NO_TEXT.search(text):
            return text
    raise UnreadableError


def read(text: str) -> Addresses:
    """Return the addresses of a list; a first line without any is its heading.

    Of a line, the first cell with an @ counts. Nothing is ever run: a formula is no address.
    Raises TooLongError.
    """
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise TooLongError
    emails: dict[str, None] = {}
    refused = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        cell = _cell(line)
        why = _why_not(cell, emails)
        if why is None:
            emails[cell.lower()] = None
        elif why != "no_address" or number > 1:
            refused.append(Refused(number, line.strip()[:SHOWN], why))
    return Addresses(list(emails), refused)


def _cell(line: str) -> str:
    """Return the first cell of a line that may be an address; empty when none may."""
    delimiter = next((one for one in "\t;" if one in line), ",")
    cells = next(csv.reader(io.StringIO(line), delimiter=delimiter), [])
    return next((one.strip() for one in cells if "@" in one), "")


def _why_not(cell: str, known: dict[str, None]) -> Why | None:
    if not cell:
        return "no_address"
    if cell.lower() in known:
        return "twice"
    try:
        EmailValidator()(cell)
    except ValidationError:
        return "bad_address"
    return None if len(cell) <= LONGEST else "bad_address"
