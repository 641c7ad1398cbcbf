"""Links and images: where they may lead, how they are written on the page."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from xml.etree.ElementTree import Element

from content.rendering.draft import Draft, Line
from content.rendering.masks import masked
from content.rendering.model import Reference
from content.rendering.plain import spelled

_CHAPTER = re.compile(r"^(?:[0-9]{2,4}|[a-z])-([a-z0-9-]+)\.md(#[a-z][a-z0-9-]*)?$")
_SAME_CHAPTER = re.compile(r"^#[a-z][a-z0-9-]*$")
_EXTERNAL = re.compile(r"^https?://[^\s/?#\\@]+(?:[/?#][^\s\\]*)?$", re.IGNORECASE)
_MAIL = re.compile(r"^mailto:[^\s:/?@]+@[^\s:/?@]+$", re.IGNORECASE)
_IMAGE = re.compile(
    r"^images/([A-Za-z0-9][A-Za-z0-9._-]*\.(?:png|jpe?g|webp|svg|gif))$", re.IGNORECASE
)
_TARGET = re.compile(
    r"\]\([ ]?<?(?P<inline>[^\s<>()]*)|^[ >]*\[[^\]\^][^\]]*\]:[ ]*<?(?P<listed>[^\s<>]+)"
    r"|<(?P<auto>[a-z]+:[^\s<>]+)>",
    re.IGNORECASE,
)
# What the sanitiser takes out while it keeps the words inside.
_DROPPED = "unlinked"


class Places:
    """Knows the lines on which each target of a link or image is written."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._found: dict[str, deque[int]] = defaultdict(deque)
        for line, seen in zip(lines, masked(lines), strict=True):
            for target in _TARGET.finditer(seen) if "<" in seen or "]" in seen else ():
                self._found[target[target.lastgroup or 0]].append(line.number)

    def take(self, target: str) -> int:
        """The line of the next link to this target, in reading order; 1 if it is not found."""
        lines = self._found.get(target)
        if not lines:
            holding = (line.number for line in self._lines if target in line.text)
            lines = self._found[target] = deque([next(holding, 1)])
        return lines.popleft() if len(lines) > 1 else lines[0]


def settle(root: Element, draft: Draft, places: Places) -> None:
    """Rewrite the targets of links and images, note them, and unlink what may not be reached."""
    for element in list(root.iter()):
        if element.tag == "a" and not element.get("class"):
            _settle_link(element, draft, places)
        elif element.tag == "img":
            _settle_image(element, draft, places)


def _settle_link(link: Element, draft: Draft, places: Places) -> None:
    target = spelled(link.get("href", ""))
    line = places.take(link.get("href", ""))
    link.attrib.clear()
    chapter = _CHAPTER.match(target)
    if chapter or _SAME_CHAPTER.match(target):
        draft.links.append(Reference(line, target))
        link.set("href", f"../{chapter[1]}/{chapter[2] or ''}" if chapter else target)
    elif _EXTERNAL.match(target):
        link.set("href", target.replace("&", "&amp;"))
        link.set("class", "external")
        link.set("rel", "noopener noreferrer")
    elif _MAIL.match(target):
        link.set("href", target.replace("&", "&amp;"))
    else:
        link.tag = _DROPPED
        draft.report(
            line,
            f"this link may not lead to {target[:80] or 'nowhere'}",
            "link to a chapter (02-ecr.md#push), a heading (#push) or an https address",
        )


def _settle_image(image: Element, draft: Draft, places: Places) -> None:
    target = spelled(image.get("src", ""))
    alternative = image.get("alt", "")
    line = places.take(image.get("src", ""))
    image.attrib.clear()
    if not alternative.strip():
        draft.report(
            line, f"the image {target[:80]} has no words", "say what it shows: ![what it shows](…)"
        )
    found = _IMAGE.match(target)
    if not found:
        image.tag, image.text = _DROPPED, alternative
        draft.report(
            line,
            f"this image may not come from {target[:80] or 'nowhere'}",
            "put it into the course's images folder as png, jpg, webp, svg or gif"
            " and write images/name.png",
        )
        return
    draft.images.append(Reference(line, target))
    image.set("src", f"../media/{found[1]}")
    image.set("alt", alternative)
    image.set("loading", "lazy")
    image.set("decoding", "async")
