"""Callouts: notes, tips, exam traps, costs and dangers that stand out of the text."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from content.rendering.draft import Draft, Line, alone

_CALLOUT = re.compile(r"^(?P<prefix>[ \t>]*)!!!(?P<rest>.*)$")
_SLIPPED = re.compile(r"^ {1,3}(?=!!!)")  # Markdown takes this for a paragraph
_WORDS = re.compile(r'^ ?(?P<kind>[\w-]+)(?: +"(?P<title>.*)")? *$')
_MARK = "A"
_FALLBACK = "note"


def mark(lines: list[Line], draft: Draft) -> list[Line]:
    """The lines with the kind and title of each callout checked, and a mark in its title."""
    marked: list[Line] = []
    for line in lines:
        found = _CALLOUT.match(line.text) if "!!!" in line.text else None
        marked += _mark_line(line, found, draft) if found else [line]
    return marked


def _mark_line(line: Line, found: re.Match[str], draft: Draft) -> list[Line]:
    known = draft.words.callouts
    said = _WORDS.match(found["rest"])
    kind = said["kind"].lower() if said else ""
    if kind not in known:
        draft.report(
            line.number,
            f"this callout is of no known kind: !!!{found['rest'][:60]}",
            f'write !!! and one of {", ".join(known)}, then a "title" if you like',
        )
        kind = _FALLBACK
    title = (said["title"] or "").strip() if said else ""
    sign = draft.mark(_MARK, line.number, value=kind)
    shown = title or known[kind]
    # No blank line may follow: the text of a callout begins on the next line.
    straight = Line(line.number, _SLIPPED.sub("", line.text))
    return alone(straight, f'!!! {kind} "{sign}{shown}"')[:2]


def dress(root: Element, draft: Draft) -> None:
    """Turn admonitions into `<aside>` elements that say their kind in words."""
    for box in list(root.iter("div")):
        held = draft.read(box[0].text, _MARK) if len(box) else None
        if held is None or "admonition" not in box.get("class", ""):
            continue
        label = draft.words.callouts[held.value]
        title = box[0]
        title.text = draft.without_marks(title.text or "")
        title.set("class", "callout-title")
        if len(title) or title.text != label:
            _put_kind_before(title, draft.words.callout_kind.format(label))
        box.tag = "aside"
        box.attrib.clear()
        box.set("class", f"callout callout-{held.value}")
        box.set("role", "note")
        box.set("aria-label", label)
        if len(box) == 1:
            draft.report(
                held.line, "this callout is empty", "indent its text by four spaces below the !!!"
            )


def _put_kind_before(title: Element, label: str) -> None:
    """A title of the author's own must not leave the kind to colour alone."""
    kind = Element("span", {"class": "callout-kind"})
    kind.text, kind.tail, title.text = label, title.text, None
    title.insert(0, kind)
