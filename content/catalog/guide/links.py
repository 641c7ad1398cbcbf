"""Leads the links and images of a guide to where their targets stand in the course."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

from content.catalog.guide.log import Log
from content.catalog.guide.plan import Target
from content.rendering.masks import mask

_TARGET = re.compile(r"\]\((?P<target>[^()\s]*)")
_END = re.compile(r"""(?:[ \t]{1,9}(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'))?[ \t]{0,9}\)""")
_ELSEWHERE = re.compile(r"https?://|mailto:", re.IGNORECASE)
_IMAGE = re.compile(r"[^\s:]+\.(?:png|jpe?g|webp|svg|gif)\Z", re.IGNORECASE)
_BRACKET = re.compile(r"[\[\]]")


@dataclass(frozen=True, slots=True)
class _Link:
    """A link in a line: `start` is its `[` or `![`, `close` its `](`, `end` after its `)`."""

    start: int
    close: int
    end: int
    target: str
    is_image: bool


class Links:
    """Rewrites the links of one chapter."""

    def __init__(self, stem: str, targets: Mapping[str, Target], log: Log) -> None:
        self.stem = stem
        self.targets = targets
        self.log = log

    def rewrite(self, line: str, number: int) -> str:
        """Return a line of prose whose links lead to the files of the course."""
        if "](" not in line:
            return line
        kept: list[str] = []
        done = 0
        for link in _links(line):
            if link.start < done or (not link.is_image and _ELSEWHERE.match(link.target)):
                continue
            kept += [line[done : link.start], self._led(link, line, number)]
            done = link.end
        made = "".join([*kept, line[done:]])
        self.log.change(number, "link targets", line, made)
        return made

    def _led(self, link: _Link, line: str, number: int) -> str:
        words = line[link.start + 1 + link.is_image : link.close]
        target = self._image(link, number) if link.is_image else self._target(link, number)
        if not target:
            return words
        mark = "!" if link.is_image and not _ELSEWHERE.match(target) else ""
        return f"{mark}[{words or PurePosixPath(target).stem}]({target})"

    def _target(self, link: _Link, number: int) -> str:
        """Return the new target, or nothing when there is none."""
        led = self.targets.get(unquote(link.target[1:])) if link.target.startswith("#") else None
        if led is None:
            self.log.note(number, f"the link {link.target!r} leads nowhere: its words stay")
            return ""
        self.log.made["link"] += 1
        if led.stem == self.stem and led.id:
            return f"#{led.id}"
        return f"{led.stem}.md#{led.id}" if led.id else f"{led.stem}.md"

    def _image(self, link: _Link, number: int) -> str:
        if _ELSEWHERE.match(link.target):
            self.log.note(number, f"the image {link.target!r} lies elsewhere: it became a link")
            return link.target
        if not _IMAGE.match(link.target):
            self.log.note(number, f"the image {link.target!r} cannot be shown: its words stay")
            return ""
        return f"images/{self.log.picture(number, unquote(link.target))}"


def _links(line: str) -> Iterator[_Link]:
    seen = mask(line)
    openings = _openings(seen)
    for found in _TARGET.finditer(seen):
        end = _END.match(seen, found.end())
        start = openings.get(found.start(), -1)
        if end is None or start < 0:
            continue
        is_image = seen[start - 1 : start] == "!"
        yield _Link(start - is_image, found.start(), end.end(), found["target"], is_image)


def _openings(line: str) -> dict[int, int]:
    """Return where the `[` stands that belongs to each `]`."""
    open_at: list[int] = []
    openings = {}
    for bracket in _BRACKET.finditer(line):
        if bracket[0] == "[":
            open_at.append(bracket.start())
        elif open_at:
            openings[bracket.start()] = open_at.pop()
    return openings
