"""Gives each chapter the footnotes and link addresses that the guide defines elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.catalog.guide.blocks import Prose
from content.catalog.guide.log import Log
from content.catalog.guide.outline import Outline, Part

_DEFINITION = re.compile(r" {0,3}\[(?P<name>[^\[\]\n]{1,100})\]:[ \t]*\S")
_USE = re.compile(r"\[(?P<name>[^\[\]\n]{1,100})\]")


@dataclass(frozen=True, slots=True)
class _Definition:
    part: Part
    line: int
    lines: tuple[str, ...]


def distribute(found: Outline, log: Log) -> None:
    """Move definitions to the chapters that use them; on GitHub one place served the whole guide.

    A definition used where it stands stays; one that nobody uses stays too.
    """
    known = {name: one for part in found.parts for name, one in _definitions(part)}
    if not known:
        return
    users: dict[str, list[Part]] = {name: [] for name in known}
    for part in found.parts:
        for name in _used(part) & known.keys():
            users[name].append(part)
    for name, one in known.items():
        others = [part for part in users[name] if part is not one.part]
        for part in others:
            log.change(one.line, "definition for another chapter", "", "\n".join(one.lines))
            last = part.blocks[-1] if part.blocks else None
            line = last.line if last else part.heading.line
            part.blocks.append(Prose(line, one.lines))
        if others and one.part not in users[name]:
            log.change(one.line, "definition moved", "\n".join(one.lines))
            _remove(one)


def _definitions(part: Part) -> Iterator[tuple[str, _Definition]]:
    for block in part.blocks:
        if not isinstance(block, Prose):
            continue
        for place, line in enumerate(block.lines):
            found = _DEFINITION.match(line)
            if found:
                size = _size(block.lines[place:])
                lines = block.lines[place : place + size]
                yield found["name"].lower(), _Definition(part, block.line + place, lines)


def _size(lines: Sequence[str]) -> int:
    """Count the lines of the definition at the top: its own and the indented ones below."""
    size = 1
    while size < len(lines) and lines[size][:1] in {" ", "\t"} and lines[size].strip():
        size += 1
    return size


def _used(part: Part) -> set[str]:
    used = set()
    for block in part.blocks:
        lines = block.lines if isinstance(block, Prose) else (getattr(block, "text", ""),)
        for line in lines:
            text = line.partition("]:")[2] if _DEFINITION.match(line) else line
            used |= {one["name"].lower() for one in _USE.finditer(text)}
    return used


def _remove(one: _Definition) -> None:
    for place, block in enumerate(one.part.blocks):
        if isinstance(block, Prose) and block.line <= one.line < block.line + len(block.lines):
            start = one.line - block.line
            blank = ("",) * len(one.lines)
            lines = (*block.lines[:start], *blank, *block.lines[start + len(blank) :])
            one.part.blocks[place] = Prose(block.line, lines)
            return
