"""Takes texts of a question over as Markdown, and notes what cannot be said in it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from quizzes.export.reading import tidy
from quizzes.importing import html_tree, markdown_of
from quizzes.importing.model import Choice, Reading, said

_AUTO = frozenset({"moodle", "moodle_auto_format", ""})


@dataclass(frozen=True, slots=True)
class Taker:
    """Takes over the texts of one question; what is lost is noted at its `place`."""

    reading: Reading
    place: str
    language: str

    def text(self, source: str, form: str) -> dict[str, str]:
        """Return a text; `form` is html, markdown, plain_text or moodle_auto_format."""
        return said(self._markdown(tidy(source), form, is_line=False), self.language)

    def line(self, source: str, form: str) -> dict[str, str]:
        """Return a text that stands on one line, such as a choice."""
        return said(self._markdown(tidy(source), form, is_line=True), self.language)

    def why(self, source: str, form: str) -> tuple[dict[str, str], dict[str, str]]:
        """Return the explanation and the trap: our exports tell them apart, others have one."""
        if form in ("markdown", "plain_text"):
            return self.text(source, form), {}
        root = self.tree(tidy(source))
        parts = {name: _part(root, name) for name in ("explanation", "trap")}
        if not any(parts.values()):
            return said(markdown_of.blocks(root), self.language), {}
        return said(parts["explanation"], self.language), said(parts["trap"], self.language)

    def tree(self, source: str) -> Element:
        root, lost = html_tree.tree(source)
        if lost:
            names = ", ".join(f"<{one[:20]}>" for one in lost[:9])
            self.note(f"{names} cannot be said in Markdown, their words are kept", "look at it")
        for one in root.iter("img"):
            self.note_picture(one.get("src", ""))
        for one in root.iter("a"):
            address = one.get("href", "")
            if address and not markdown_of.is_link(address):
                self.note(f"the link to {address[:60]} is left out", "link a section or a page")
        return root

    def note_picture(self, name: str) -> None:
        self.note(
            f"the picture {name.rpartition('/')[2][:60] or '?'} is not taken over",
            "draw it as a diagram, or say it in words",
        )

    def note(self, why: str, mend: str) -> None:
        self.reading.note(self.place, why, mend)

    def _markdown(self, source: str, form: str, *, is_line: bool) -> str:
        if form == "markdown":
            for found in re.finditer(r"!\[[^\]]*\]\(([^)\s]*)", source):
                self.note_picture(found[1])
            return " ".join(source.split()) if is_line else source
        if form == "plain_text" or (form in _AUTO and not re.search(r"<[a-zA-Z/!]", source)):
            made = markdown_of.plain(_unescaped(source, form))
            return "<br>".join(made.split("\n\n")) if is_line else made
        if form in _AUTO:
            source = source.strip().replace("\n\n", "<p>").replace("\n", "<br>")
        root = self.tree(source)
        return markdown_of.line(root) if is_line else markdown_of.blocks(root)


def _unescaped(source: str, form: str) -> str:
    """Return the words of a text without tags: &amp; is & unless the text is plain."""
    return source if form == "plain_text" else html.unescape(source)


def _part(root: Element, name: str) -> str:
    for one in root.iter("div"):
        if one.get("class") == name:
            for heading in [child for child in one if child.get("class") == "heading"]:
                one.remove(heading)
            return markdown_of.blocks(one)
    return ""


def typed(answers: list[tuple[str, bool, dict[str, str]]]) -> tuple[Choice, ...]:
    """Return the choices of a short question from (form, is right, reason) in their order.

    Right forms are spellings of one answer; wrong ones with the same reason are one mistake.
    """
    groups: dict[tuple[bool, str], list[str]] = {}
    reasons: dict[tuple[bool, str], dict[str, str]] = {}
    for form, is_right, reason in answers:
        words = "" if is_right else "".join(reason.values()) or f"\0{form}"
        groups.setdefault((is_right, words), []).append(" ".join(tidy(form).split()))
        if not reasons.get((is_right, words)):
            reasons[is_right, words] = reason
    return tuple(
        Choice(reason=reasons[key], is_right=key[0], forms=tuple(dict.fromkeys(forms)))
        for key, forms in groups.items()
    )
