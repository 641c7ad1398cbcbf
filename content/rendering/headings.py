"""Headings: their ids, their links to themselves, and where one section ends."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from content.rendering.draft import Draft, Line, alone
from content.rendering.plain import spelled_words

_HEADING = re.compile(r"^(?P<prefix>[ \t>]*)(?P<hashes>#{1,6})[ \t]+(?P<rest>.*)$")
_ID = re.compile(r"\{#?(?P<id>[^{}]*)\}[ \t]*$")
_VALID_ID = re.compile(r"^[a-z][a-z0-9-]*$")
# Ids that the page around a chapter uses, and those of diagrams and of marks of progress.
_RESERVED = frozenset({"main", "progress", "results", "search"})
_RESERVED_FORM = re.compile(r"^(?:mark-.*|d[0-9]+(?:-.*)?|section-[0-9]+)$")
_HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_OUTLINED = ("h1", "h2", "h3")
_MARK, SECTION = "H", "K"


def mark(lines: list[Line], draft: Draft) -> list[Line]:
    """The lines with the id of each heading checked, and a mark in its place."""
    used: set[str] = set()
    marked: list[Line] = []
    for line in lines:
        found = _HEADING.match(line.text) if "#" in line.text else None
        marked += _mark_line(line, found, draft, used) if found else [line]
    return marked


def _mark_line(line: Line, found: re.Match[str], draft: Draft, used: set[str]) -> list[Line]:
    level, rest = len(found["hashes"]), found["rest"]
    written = _ID.search(rest)
    title = _without_closing(rest[: written.start()] if written else rest)
    if level == 1:
        draft.report(
            line.number,
            "a # heading stands in the text",
            "use ##; the title of the chapter stands in its front matter",
        )
    if not draft.without_marks(title):
        draft.report(line.number, "this heading has no words", "write its title before the id")
    chosen = _choose_id(line.number, level, written["id"] if written else None, draft, used)
    original = written[0] if written else ""
    sign = draft.mark(_MARK, line.number, original, chosen)
    # Two is the highest level that a chapter's text has.
    return alone(line, f"{'#' * max(2, level)} {title} {sign}")


def _without_closing(title: str) -> str:
    """The title without number signs that close it; those of C# belong to it."""
    words = title.strip()
    bare = words.rstrip("#")
    return bare.rstrip() if not bare or bare[-1] in " \t" else words


def _choose_id(line: int, level: int, written: str | None, draft: Draft, used: set[str]) -> str:
    if written is None and level > len(_OUTLINED):
        return ""
    fault = _fault(written, used)
    if fault is None and written is not None:
        used.add(written)
        return written
    what, mend = fault or ("", "")
    draft.report(line, what, mend)
    fallback = f"section-{len(used) + 1}"
    used.add(fallback)
    return fallback


def _fault(written: str | None, used: set[str]) -> tuple[str, str] | None:
    if written is None:
        return "this heading has no id", "add one at its end, such as {#push-image}"
    if not _VALID_ID.match(written):
        return (
            f"the heading id {written[:40]} is not valid",
            "use a to z, 0 to 9 and hyphens, beginning with a letter",
        )
    if written in _RESERVED or _RESERVED_FORM.match(written):
        return f"the page itself uses the id {written}", "choose another id for this heading"
    if written in used:
        return f"the id {written} is used twice in this chapter", "choose another id for this one"
    return None


def anchor(root: Element, draft: Draft) -> None:
    """Give headings their ids and links; mark in the tree where each section begins."""
    outer = {child for child in root if child.tag in _HEADING_TAGS}
    for heading in [element for element in root.iter() if element.tag in _HEADING_TAGS]:
        held = _take_mark(heading, draft)
        if held is None:
            # A heading that begins a list item; it has no id, and a list needs none.
            heading.tag = "p"
            continue
        line, chosen = held
        if heading not in outer and heading.tag in _OUTLINED:
            draft.report(
                line,
                "this heading stands inside a list, a quotation, a callout or an answer",
                "move it to the margin, or use ####",
            )
            heading.tag = "h4"
        if chosen:
            _link(heading, chosen, draft)
    for place, child in reversed(list(enumerate(root))):
        if child.tag == "h2":
            border = Element("p")
            border.text = draft.mark(SECTION, 0)
            root.insert(place, border)


def _take_mark(heading: Element, draft: Draft) -> tuple[int, str] | None:
    for element in heading.iter():
        for part in (element.text, element.tail if element is not heading else None):
            held = draft.read(part, _MARK)
            if held:
                _drop_marks(heading, draft)
                return held.line, held.value
    return None


def _drop_marks(heading: Element, draft: Draft) -> None:
    for element in heading.iter():
        element.text = draft.without_marks(element.text or "")
        if element is not heading:
            element.tail = draft.without_marks(element.tail or "")
    if len(heading):
        heading[-1].tail = (heading[-1].tail or "").rstrip()
    else:
        heading.text = (heading.text or "").rstrip()


def _link(heading: Element, chosen: str, draft: Draft) -> None:
    title = spelled_words(heading)
    heading.set("id", chosen)
    if len(heading):
        heading[-1].tail = f"{heading[-1].tail} "
    else:
        heading.text = f"{heading.text} "
    link = SubElement(heading, "a", {"class": "anchor", "href": f"#{chosen}"})
    # The tree's writer takes entities for written ones, so an ampersand is spelled out.
    link.set("aria-label", draft.words.anchor.format(title).replace("&", "&amp;"))
    link.text = "#"
