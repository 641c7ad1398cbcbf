"""Footnotes: every mention has its note, and every note its mention."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from content.rendering.draft import Draft, Line
from content.rendering.masks import masked

# Stands for the place marker of Python-Markdown's extension, which authors cannot use.
MARK = "F"

_NOTE = re.compile(r"(?P<start>^ {0,3})?\[\^(?P<label>[^\]]*)\](?P<colon>:)?")
_LABEL = re.compile(r"^[\w-]+$")


def check(lines: list[Line], draft: Draft) -> None:
    """Report footnotes that lead nowhere or that nothing leads to."""
    defined: dict[str, int] = {}
    mentioned: dict[str, int] = {}
    for line, seen in zip(lines, masked(lines), strict=True):
        for note in _NOTE.finditer(seen) if "[^" in seen else ():
            is_definition = note["colon"] and note["start"] is not None
            found = defined if is_definition else mentioned
            found.setdefault(note["label"], line.number)
            if not _LABEL.match(note["label"]):
                draft.report(
                    line.number,
                    f"the footnote label {note['label'][:40]} is not valid",
                    "use letters, digits and hyphens, such as [^limit]",
                )
    _compare(defined, mentioned, draft)


def _compare(defined: dict[str, int], mentioned: dict[str, int], draft: Draft) -> None:
    for label in mentioned.keys() - defined.keys():
        draft.report(
            mentioned[label],
            f"the footnote [^{label[:40]}] has no text",
            f"add a line at the margin: [^{label[:40]}]: …",
        )
    for label in defined.keys() - mentioned.keys():
        draft.report(
            defined[label],
            f"no text mentions the footnote [^{label[:40]}]",
            "mention it where it belongs, or drop it",
        )


def name_backlinks(root: Element) -> None:
    """A title is read by few; the way back from a footnote is named by its label."""
    for link in root.iter("a"):
        if link.get("class") == "footnote-backref":
            link.set("aria-label", link.attrib.pop("title", ""))
