"""Answers that open: `<details>` with a `<summary>`, the one block of HTML authors write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from content.rendering.draft import Draft, Line, alone
from content.rendering.masks import masked

_TAG = re.compile(r"<(/?)(details|summary)((?:[\s/][^<>]*)?)>", re.IGNORECASE)
_OPEN, _CLOSE, _SUMMARY = "D", "C", "S"
_SUMMARY_LINES = 20
_MAX_DEPTH = 6


@dataclass(slots=True)
class _Box:
    line: int
    has_summary: bool = False


def mark(lines: list[Line], draft: Draft) -> list[Line]:
    """The lines with each tag of an answer turned into a mark that is a block of its own."""
    return _Marker(draft).run(_with_whole_summaries(lines))


def _with_whole_summaries(lines: list[Line]) -> list[Line]:
    """Put a summary that is written over several lines on one."""
    whole: list[Line] = []
    left = 0
    for line in lines:
        if left and line.text.strip():
            before = whole.pop()
            whole.append(Line(before.number, f"{before.text} {line.text.strip()}"))
        else:
            whole.append(line)
        text = line.text.lower()
        opened = text.rfind("<summary") > text.rfind("</summary")
        if opened:
            left = _SUMMARY_LINES
        elif "</summary" in text or not text.strip():
            left = 0
        else:
            left = max(0, left - 1)
    return whole


class _Marker:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.boxes: list[_Box] = []
        self.in_summary = False

    def run(self, lines: list[Line]) -> list[Line]:
        marked: list[Line] = []
        for line, seen in zip(lines, masked(lines), strict=True):
            tags = list(_TAG.finditer(seen)) if "<" in seen else []
            marked += self._line(line, tags) if tags else [line]
        for box in self.boxes:
            self.draft.report(box.line, "this <details> is never closed", "end it with </details>")
        return marked

    def _line(self, line: Line, tags: list[re.Match[str]]) -> list[Line]:
        pieces: list[Line] = []
        done = len(line.prefix)
        for tag in tags:
            pieces += self._text(line, line.text[done : tag.start()])
            pieces += self._tag(line, tag)
            done = tag.end()
        pieces += self._text(line, line.text[done:])
        self.in_summary = False
        return pieces

    def _text(self, line: Line, text: str) -> list[Line]:
        if not text.strip():
            return []
        if self.in_summary:
            text = f"{self.draft.mark(_SUMMARY, line.number)} {text.strip()}"
        return alone(line, text.strip())

    def _tag(self, line: Line, tag: re.Match[str]) -> list[Line]:
        is_end, name = bool(tag[1]), tag[2].lower()
        extra = tag[3].strip(" /").lower()
        if extra and (is_end or name != "details" or extra not in {"open", 'open=""'}):
            self.draft.report(
                line.number, f"the attributes in {tag[0][:60]} are taken out", f"write <{name}>"
            )
        if name == "summary":
            return self._summary(line, is_end=is_end)
        if is_end:
            return self._close(line, tag[0])
        if len(self.boxes) >= _MAX_DEPTH:
            self.draft.report(
                line.number, "answers are nested too deeply here", "close an answer before the next"
            )
            return []
        self.boxes.append(_Box(line.number))
        value = "open" if extra.startswith("open") else ""
        return alone(line, self.draft.mark(_OPEN, line.number, tag[0], value))

    def _summary(self, line: Line, *, is_end: bool) -> list[Line]:
        if self.boxes:
            self.boxes[-1].has_summary = True
        elif not is_end:
            self.draft.report(
                line.number, "this <summary> stands outside <details>", "write <details> above it"
            )
        self.in_summary = not is_end and bool(self.boxes)
        return []

    def _close(self, line: Line, written: str) -> list[Line]:
        if not self.boxes:
            self.draft.report(
                line.number, "this </details> closes nothing", "write <details> above, or drop it"
            )
            return []
        box = self.boxes.pop()
        if not box.has_summary:
            self.draft.report(
                box.line,
                "this <details> has no <summary>",
                "write <summary>…</summary> on the next line",
            )
        return alone(line, self.draft.mark(_CLOSE, line.number, written))


def fold(root: Element, draft: Draft) -> None:
    """Put what stands between the marks of an answer into a `<details>` element."""
    for parent in list(root.iter()):
        if any(child.tag == "p" and draft.read(child.text, _OPEN) for child in parent):
            _fold_children(parent, draft)


def _fold_children(parent: Element, draft: Draft) -> None:
    children = list(parent)
    for child in children:
        parent.remove(child)
    containers = [parent]
    for child in children:
        text = child.text if child.tag == "p" else None
        opened = draft.read(text, _OPEN)
        if opened:
            attributes = {"open": "open"} if opened.value else {}
            box = SubElement(containers[-1], "details", attributes)
            summary = SubElement(box, "summary")
            summary.text = draft.words.answer
            containers.append(box)
        elif draft.read(text, _CLOSE):
            containers = containers[:-1] or [parent]
        elif draft.read(text, _SUMMARY) and len(containers) > 1:
            _fill(containers[-1][0], child, draft)
        else:
            containers[-1].append(child)


def _fill(summary: Element, words: Element, draft: Draft) -> None:
    summary.text = draft.without_marks(words.text or "").lstrip()
    summary.extend(list(words))
