"""Turns TOML into typed tables, or tells every fault in it, in words an author can act on."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import NoneType
from typing import Annotated, Any, Generic, NamedTuple, TypeVar, Union, get_args, get_origin

import msgspec

T = TypeVar("T", bound=msgspec.Struct)
Key = tuple[str | int, ...]

AT = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
HEADER = re.compile(r"\s*(\[\[?)\s*(?P<name>[\w.\- ]+?)\s*\]")
PAIR = re.compile(r"\s*(?P<name>[\w.-]+)\s*=")
TRIPLE = re.compile(r'"""|\'\'\'')
SHOWN = 40  # characters of a wrong value that are repeated in a message


class Found(NamedTuple):
    """A fault before its line is looked up."""

    key: Key
    what: str
    mend: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a TOML text: the key it sits at, the line when known."""

    key: Key
    line: int | None
    what: str
    mend: str


@dataclass(frozen=True, slots=True)
class Decoded(Generic[T]):
    """The table, or None and what is wrong; `data` is as far as the TOML could be read."""

    table: T | None
    data: dict[str, Any]  # Any: what stands in the file, before it is checked
    faults: tuple[Fault, ...]


def decode(text: str, kind: type[T]) -> Decoded[T]:
    """Read `text` as TOML into `kind`. Never raises: what is wrong is in `faults`."""
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return Decoded(None, {}, (_syntax_fault(error, text),))
    try:
        return Decoded(msgspec.convert(data, kind, builtin_types=(date,)), data, ())
    except msgspec.ValidationError:
        lines = key_lines(text)
        faults = (Fault(key, line_of(key, lines), *said) for key, *said in _walk(data, kind))
        return Decoded(None, data, tuple(faults))


def _syntax_fault(error: Exception, text: str) -> Fault:
    if isinstance(error, RecursionError):
        return Fault((), None, "the TOML is nested too deep", "write plain tables and lists")
    said = str(error)
    place = AT.search(said)
    reason = AT.sub("", said)
    reason = reason[:1].lower() + reason[1:]
    if place is None:
        return Fault((), None, f"this is not TOML: {reason}", "write a smaller value")
    if place["line"] is None:
        line, mend = text.count("\n") + 1, "close what is still open at the end"
    else:
        line, mend = int(place["line"]), f"mend this line near column {place['column']}"
    return Fault((), line, f"this is not TOML: {reason}", mend)


def _walk(value: Any, hint: Any, key: Key = ()) -> Iterator[Found]:
    """Tell every fault of a value, where msgspec would stop at the first one."""
    kind = _bare(hint)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and isinstance(value, dict):
        yield from _walk_table(value, kind, key)
    elif get_origin(kind) is list and isinstance(value, list) and value:
        for place, item in enumerate(value):
            yield from _walk(item, get_args(kind)[0], (*key, place))
    elif get_origin(kind) is dict and isinstance(value, dict):
        for name, item in value.items():
            yield from _walk(item, get_args(kind)[1], (*key, name))
    elif not fits(value, hint):
        yield Found(key, f"{in_words(key)} is {_shown(value)}", f"write {_wanted(hint)}")


def _walk_table(value: dict[str, Any], kind: type[msgspec.Struct], key: Key) -> Iterator[Found]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for name in value.keys() - fields.keys():
        near = difflib.get_close_matches(name, fields.keys() - value.keys(), n=1)
        mend = f"write {near[0]}" if near else f"remove it; known are {', '.join(fields)}"
        yield Found((*key, name), f"the key {in_words((*key, name))} is not known", mend)
    for name, field in fields.items():
        if name in value:
            yield from _walk(value[name], field.type, (*key, name))
        elif field.required:
            what = f"the key {in_words((*key, name))} is missing"
            yield Found((*key, name), what, f"add it: {_wanted(field.type)}")


def _bare(hint: Any) -> Any:
    """Return what is inside `X | None` and `Annotated[X, ...]`."""
    if get_origin(hint) is Union:
        hint = next(kind for kind in get_args(hint) if kind is not NoneType)
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def _wanted(hint: Any) -> str:
    """Return the words that stand beside the type, such as "a whole number from 1 to 100"."""
    if get_origin(hint) is Union:
        hint = next(kind for kind in get_args(hint) if kind is not NoneType)
    notes = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    return next((note.description for note in notes if note.description), "a table")


def fits(value: Any, hint: Any) -> bool:
    """Tell whether a value from TOML is of the kind the type hint asks for."""
    try:
        msgspec.convert(value, hint, builtin_types=(date,))
    except msgspec.ValidationError:
        return False
    return True


def _shown(value: Any) -> str:
    """Say what a value is: its kind and, when short, itself."""
    if isinstance(value, bool):
        return f"{value}".lower()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    if isinstance(value, str):
        return f"the text {value[:SHOWN]!r}" if value else "an empty text"
    kind = "number" if isinstance(value, int | float) else "moment"
    return f"the {kind} {str(value)[:SHOWN]}"


def in_words(key: Key) -> str:
    """Return ("exam", "domains", 0, "weight") as `exam › domains › entry 1 › weight`."""
    return " › ".join(f"entry {part + 1}" if isinstance(part, int) else part for part in key)


def key_lines(text: str) -> dict[Key, int]:
    """Return the line of every `[table]`, `[[table]]` and `key =`, as far as plain TOML shows."""
    lines: dict[Key, int] = {}
    entries: dict[Key, int] = {}
    table: Key = ()
    open_quotes = ""
    for number, line in enumerate(text.split("\n"), start=1):
        was_inside = bool(open_quotes)
        open_quotes = _quotes_left_open(line, open_quotes)
        if was_inside:
            continue
        if header := HEADER.match(line):
            table = _table_key(header["name"].split("."), entries, is_entry=header[1] == "[[")
            lines.setdefault(table, number)
        elif pair := PAIR.match(line):
            lines.setdefault((*table, *pair["name"].split(".")), number)
    return lines


def _quotes_left_open(line: str, before: str) -> str:
    """Return the triple quotes that are open at the end of a line; `before` are those above it."""
    for found in TRIPLE.finditer(line):
        if not before:
            before = found[0]
        elif before == found[0]:
            before = ""
    return before


def _table_key(names: list[str], entries: dict[Key, int], *, is_entry: bool) -> Key:
    """Return the key of a header; `entries` counts the `[[...]]` of each list so far."""
    key: Key = ()
    for depth, name in enumerate(names, start=1):
        key = (*key, name.strip())
        if is_entry and depth == len(names):
            entries[key] = entries.get(key, -1) + 1
        if key in entries:
            key = (*key, entries[key])
    return key


def line_of(key: Key, lines: Mapping[Key, int]) -> int | None:
    """Return the line of `key`, or of the nearest table around it."""
    while key:
        if key in lines:
            return lines[key]
        key = key[:-1]
    return None
