"""Labels the fenced blocks of a guide: what is drawn, what is code, what is plain text."""

from __future__ import annotations

import json
import re
from functools import lru_cache

from content.catalog.guide.blocks import Fence
from content.catalog.guide.log import Log
from content.rendering import diagrams
from content.rendering.code import PLAIN, UnknownLanguageError, check_language

_DIAGRAM = "diagram"
_CAPTION = re.compile(r"\s*【(?P<title>[^【】]{1,200})】\s*$")
_INFO = re.compile(r"\{?\.?(?P<name>[^\s{}:,=]*)(?![=\w])[:,]?\s*(?P<rest>.*)$")
_OPTIONS = re.compile(
    r"""\{?(?:\s*(?:title|hl_lines|desc)=(?:"[^"{}]*"|'[^'{}]*'|[^\s"'{}]+))+\s*\}?$"""
)
_FILE_NAME = re.compile(r"[\w./-]{1,100}$")


def labelled(fence: Fence, heading: str, log: Log) -> list[str]:
    """Return the lines of a fence for the course; `heading` is the nearest above it."""
    found = _INFO.match(fence.info)
    name = (found["name"] if found else "").lower()
    if name == _DIAGRAM or (not name and diagrams.looks_like_drawing(fence.text)):
        return _drawing(fence, heading, log)
    return _listing(fence, name, found["rest"] if found else "", log)


def _drawing(fence: Fence, heading: str, log: Log) -> list[str]:
    title, body = _without_caption(fence)
    text = "\n".join(body)
    healed = diagrams.heal(text)
    try:
        diagrams.draw(healed, uid="d1", title=title or heading)
    except diagrams.DrawingError as error:
        log.made["drawing left as text"] += 1
        log.note(fence.line, f"this drawing stays plain text: it cannot be drawn ({error})")
        return _fenced(fence, PLAIN, fence.body, log)
    log.made["drawing healed" if healed != text else "drawing unchanged"] += 1
    faults = diagrams.faults(healed)
    if faults:
        more = f" (and {len(faults) - 1} more faults)" if faults[1:] else ""
        log.note(fence.line, f"the drawing can be seen, but is not clean: {faults[0].what}{more}")
    label = fence.info
    if "title=" not in label:
        label = f"{_DIAGRAM} {{title={_quoted(title or heading)}}}"
    moved = fence.body[_first(fence.body)] if title else ""
    return _fenced(fence, label, tuple(healed.split("\n")), log, moved=moved)


def _without_caption(fence: Fence) -> tuple[str, tuple[str, ...]]:
    """Return the `【…】` of a drawing's first line, and the lines below it."""
    first = _first(fence.body)
    found = _CAPTION.match(fence.body[first]) if first < len(fence.body) else None
    if found is None or "title=" in fence.info:
        return "", fence.body
    rest = fence.body[first + 1 :]
    return found["title"].strip(), rest[_first(rest) :]


def _first(lines: tuple[str, ...]) -> int:
    return next((place for place, line in enumerate(lines) if line.strip()), len(lines))


def _listing(fence: Fence, name: str, rest: str, log: Log) -> list[str]:
    label = name or PLAIN
    if not _is_known(label):
        log.note(fence.line, f"no colours are known for {name!r}: this block became plain text")
        label = PLAIN
    log.code[label] += 1
    if not fence.info:
        log.note(fence.line, "a block without a label: it became plain text")
    if label == "json":
        _check_json(fence, log)
    return _fenced(fence, f"{label} {_options(fence, rest, log)}".rstrip(), fence.body, log)


@lru_cache(maxsize=256)
def _is_known(language: str) -> bool:
    try:
        check_language(language)
    except UnknownLanguageError:
        return False
    return True


def _options(fence: Fence, rest: str, log: Log) -> str:
    rest = rest.strip()
    if not rest or rest == "}":
        return ""
    if _OPTIONS.match(rest):
        return rest if rest.startswith("{") else f"{{{rest.rstrip('}')}}}"
    if _FILE_NAME.match(rest):
        return f'{{title="{rest}"}}'
    log.note(fence.line, f"the words after the fence were dropped: {rest[:80]}")
    return ""


def _check_json(fence: Fence, log: Log) -> None:
    try:
        json.loads(fence.text)
    except json.JSONDecodeError as error:
        line = fence.line + error.lineno
        why = _json_fault(fence.body[error.lineno - 1 :], error)
        log.note(line, f"not valid JSON, left as it is ({why})")
    except RecursionError:
        log.note(fence.line, "this JSON is nested too deep to check, left as it is")


def _json_fault(rest: tuple[str, ...], error: json.JSONDecodeError) -> str:
    return "it has a // comment" if rest and rest[0].lstrip().startswith("//") else error.msg


def _fenced(
    fence: Fence, label: str, body: tuple[str, ...], log: Log, *, moved: str = ""
) -> list[str]:
    """Put a block together again; `moved` is a line of it that stands in the label now."""
    opening, closing = f"{fence.marker}{label}", fence.marker
    before = f"{fence.marker}{fence.info}"
    log.change(fence.line, "label of a block", f"{before}\n{moved}" if moved else before, opening)
    log.change(fence.line, "end of a block", fence.closing.strip(), closing)
    lines = (opening, *body, closing)
    return [f"{fence.indent}{line}" if line.strip() else "" for line in lines]


def _quoted(title: str) -> str:
    """Return a title as the value of an option, which knows no escapes."""
    if '"' not in title:
        return f'"{title}"'
    return f"'{title}'" if "'" not in title else '"' + title.replace('"', "”") + '"'
