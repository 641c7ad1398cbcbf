"""Finds the drawings in a chapter's file and straightens them; nothing else in it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.rendering import diagrams
from content.rendering.draft import Draft
from content.rendering.fences import Fence, extract

FRONT_MATTER = "+++"

_NAME = re.compile(r"[^\s{}]*")
_END = re.compile(r"[ \t>]*(?:`{3,}|~{3,})\s*\Z")


class NotTextError(ValueError):
    """The file is not UTF-8; the message says where."""


@dataclass(frozen=True, slots=True)
class Found:
    """A drawing of a file: `line` is that of its first row, from 1; faults by line of the file."""

    line: int
    text: str
    faults: tuple[tuple[int, str], ...]


def drawings(data: bytes) -> tuple[Found, ...]:
    """Return the drawings of a file and what is not clean in each; raises NotTextError."""
    found = []
    for fence in _diagrams(_lines(data)):
        faults = tuple(
            (fence.line + fault.line, fault.what) for fault in diagrams.faults(fence.body)
        )
        found.append(Found(fence.line + 1, fence.body, faults))
    return tuple(found)


def straightened(data: bytes) -> tuple[bytes, tuple[int, ...]]:
    """Return the file with its drawings healed, and the first lines of those that changed.

    Raises NotTextError.
    """
    lines = _lines(data)
    changed = []
    for fence in reversed(_diagrams(lines)):  # from below, so that line numbers above hold
        healed = diagrams.heal(fence.body)
        if healed != fence.body:
            changed.append(fence.line + 1)
            old = fence.body.split("\n")
            place = slice(fence.line, fence.line + len(old))
            lines[place] = _set_in(healed.split("\n"), old, lines[place])
    return "\n".join(lines).encode(), tuple(reversed(changed))


def _lines(data: bytes) -> list[str]:
    try:
        return data.decode().split("\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NotTextError(f"line {line} is not UTF-8 text; save the file as UTF-8") from None


def _diagrams(lines: Sequence[str]) -> list[Fence]:
    """Return the closed diagram fences, found the way the renderer finds them."""
    found: list[Fence] = []

    def collect(fence: Fence, _: Draft) -> str:
        found.append(fence)
        return ""

    shown = [line.removesuffix("\r") for line in lines]
    extract("\n".join(_without_front_matter(shown)), Draft("", "en"), collect)
    return [fence for fence in found if _is_diagram(fence) and _is_closed(fence, shown)]


def _without_front_matter(lines: list[str]) -> Iterator[str]:
    is_front = lines[0].removeprefix("\ufeff").rstrip() == FRONT_MATTER
    for place, line in enumerate(lines):
        yield "" if is_front else line
        if place and line.rstrip() == FRONT_MATTER:
            is_front = False


def _is_diagram(fence: Fence) -> bool:
    found = _NAME.match(fence.info)
    return found is not None and found[0] == "diagram" and bool(fence.body.strip())


def _is_closed(fence: Fence, lines: Sequence[str]) -> bool:
    end = fence.line + len(fence.body.split("\n"))
    return end < len(lines) and _END.match(lines[end]) is not None


def _set_in(rows: Sequence[str], old: Sequence[str], source: Sequence[str]) -> list[str]:
    """Return new rows with what stood around the old ones: indentation and line ends."""
    made = []
    for place, row in enumerate(rows):
        nearest = min(place, len(old) - 1)
        end = "\r" if source[nearest].endswith("\r") else ""
        whole = source[nearest].removesuffix("\r")
        before = whole[: len(whole) - len(old[nearest])]
        made.append(f"{before}{row}{end}")
    return made
