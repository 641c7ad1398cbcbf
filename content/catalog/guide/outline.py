"""Finds the parts of a guide: title, front matter, contents, preamble, chapters, colophon."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from content.catalog.guide.blocks import Block, Heading, Prose, Rule, blocks
from content.catalog.guide.fault import GuideError
from content.catalog.guide.log import Log
from content.catalog.guide.names import plain, section_name

_CONTENTS = {"目次", "もくじ", "contents", "table of contents", "toc"}
_LISTED_LINK = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+.*\]\(#[^)\s]*\)")
_PAIR = re.compile(r"[\s>*_-]*(?P<key>[^:：*_]{1,40}?)[*_]*\s*[:：][*_]*\s*(?P<value>.*?)[\s*_]*$")
_UPDATED = {"最終更新", "最終更新日", "更新日", "last updated", "last update", "updated", "lastmod"}
_COLOPHON = _UPDATED | {"作成日", "検証日", "検証環境", "created", "date", "version", "tested with"}
_DAY = re.compile(r"(\d{4})[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})")
_MATTER = re.compile(r"(?:[A-Za-z_][\w-]*\s*:|\s+\S|#|-\s|$)")
_MATTER_LINES = 60  # more than this between two rules is text, not front matter
_CHAPTER = 2  # marks; headings of more are inside a chapter
_LONG = 500  # characters; a line longer than this is no `key: value`


@dataclass(slots=True)
class Part:
    """A chapter or appendix as it stands in the guide."""

    heading: Heading
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """The parts of a guide; `headings` are all of them, in order, for GitHub's anchors."""

    title: Heading | None = None
    matter: dict[str, str] = field(default_factory=dict)
    preamble: list[Block] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    colophon: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)


def outline(text: str, log: Log) -> Outline:
    """Find the parts of a guide; raises GuideError when it has no chapter or cannot be cut."""
    found = Outline()
    body = _front_matter(text, found, log)
    _divide(blocks(body), found, log)
    if not found.parts:
        raise GuideError(
            None,
            "the guide has no chapter",
            "begin each chapter with a heading of two marks, such as ## 1. Title",
        )
    _colophon(found, log)
    for chunk in (found.preamble, *(part.blocks for part in found.parts)):
        _trim_rules(chunk, log)
    return found


def pairs(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the `key: value` of lines such as `> **対象**: 初心者`."""
    for line in lines:
        found = _PAIR.match(line) if len(line) <= _LONG else None
        if found:
            yield found["key"].strip(), found["value"]


def last_update(found: Outline) -> date | None:
    """Return the day the guide says it was last updated on."""
    lines = [*found.colophon, *(f"{key}: {value}" for key, value in found.matter.items())]
    for block in found.preamble:
        if isinstance(block, Prose):
            lines += block.lines
    days = (day(value) for key, value in pairs(lines) if key.lower() in _UPDATED)
    return next((one for one in days if one), None)


def day(text: str) -> date | None:
    """Return the first date of a text: 2026-02-10, 2026/2/10, 2026年2月10日."""
    found = _DAY.search(text)
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def _front_matter(text: str, found: Outline, log: Log) -> str:
    """Take YAML front matter off the top; its lines stay, empty, so that numbers hold."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return text
    ends = (n for n, line in enumerate(lines[1:_MATTER_LINES], 1) if line.rstrip() == "---")
    end = next(ends, 0)
    matter = lines[1:end]
    if not end or not any(matter) or not all(_MATTER.match(line) for line in matter):
        return text
    found.matter = {key.lower(): value.strip("\"' ") for key, value in pairs(matter)}
    log.change(1, "front matter", "\n".join(lines[: end + 1]))
    return "\n" * (end + 1) + "\n".join(lines[end + 1 :])


def _divide(cut: Sequence[Block], found: Outline, log: Log) -> None:
    place, in_contents = found.preamble, False
    for block in cut:
        if isinstance(block, Heading):
            found.headings.append(block)
        if isinstance(block, Heading) and block.level <= _CHAPTER and not block.folded:
            in_contents = section_name(plain(block.text), "").title.lower() in _CONTENTS
            if in_contents:
                log.change(block.line, "table of contents", block.source)
            elif _is_title(block, found):
                found.title = block
            else:
                if block.level == 1:
                    log.note(block.line, "a second heading of one mark: it became a chapter")
                found.parts.append(Part(block))
                place = found.parts[-1].blocks
        elif in_contents and isinstance(block, Prose):
            place += _without_contents(block, log)
        else:
            place.append(block)


def _is_title(heading: Heading, found: Outline) -> bool:
    return heading.level == 1 and found.title is None and not found.parts


def _without_contents(prose: Prose, log: Log) -> list[Block]:
    kept: list[str] = []
    for number, line in enumerate(prose.lines, prose.line):
        listed = len(line) <= _LONG and _LISTED_LINK.match(line)
        kept.append("" if listed else line)
        if listed:
            log.change(number, "table of contents", line)
    return [Prose(prose.line, tuple(kept))] if any(line.strip() for line in kept) else []


def _colophon(found: Outline, log: Log) -> None:
    """Take the closing lines off the last chapter: `key: value` after its last rule."""
    last = found.parts[-1].blocks
    rules = [place for place, block in enumerate(last) if isinstance(block, Rule)]
    if not rules:
        return
    tail = last[rules[-1] + 1 :]
    lines = [
        line for block in tail if isinstance(block, Prose) for line in block.lines if line.strip()
    ]
    known = dict(pairs(lines))
    if len(known) != len(lines) or not all(isinstance(block, Prose) for block in tail):
        return
    if not any(key.lower() in _COLOPHON for key in known):
        return
    found.colophon = [line.strip() for line in lines]
    log.note(tail[0].line, "the closing lines stand in course.toml, as a comment")
    del last[rules[-1] + 1 :]


def _trim_rules(chunk: list[Block], log: Log) -> None:
    """Drop the rules that only separate chapters: those at either end of one."""
    for end in (0, -1):
        while chunk and _is_empty(chunk[end]):
            gone = chunk.pop(end)
            if isinstance(gone, Rule):
                log.change(gone.line, "rule between chapters", gone.source)


def _is_empty(block: Block) -> bool:
    if isinstance(block, Prose):
        return not any(line.strip() for line in block.lines)
    return isinstance(block, Rule)
