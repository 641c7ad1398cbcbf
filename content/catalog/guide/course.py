"""Writes the files of a course: course.toml and a Markdown file for each chapter."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from content.catalog.guide.blocks import Block, Fence, Heading, Prose
from content.catalog.guide.links import Links
from content.catalog.guide.listings import labelled
from content.catalog.guide.lists import Lists
from content.catalog.guide.log import Log, Question
from content.catalog.guide.names import plain, question_number
from content.catalog.guide.outline import Outline, pairs
from content.catalog.guide.plan import SECTION, Place, Plan, Target
from content.catalog.guide.prose import listed_pairs, set_prose, without_tags

_NOT_PLAIN = re.compile(r"[ \t>|<#!\[]|[-*+][ \t]|\d+[.)]")
_SENTENCE = re.compile(r"[^。]{1,200}?(?:。|[.!?](?=\s|\Z))")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_NOTED = re.compile(r"\[\^[^\[\]]{1,99}\]|\[([^\[\]]{0,300})\]\[[^\[\]]{0,99}\]")
_LONGEST_SUMMARY = 200  # characters


@dataclass(frozen=True, slots=True)
class Terms:
    """What a guide does not say of itself."""

    language: str
    licence: str
    checked: date


def chapter(
    plan: Plan, intro: Sequence[Block], targets: Mapping[str, Target], terms: Terms, log: Log
) -> str:
    """Return the text of a chapter's file; `intro` comes before its own first words."""
    summary = _chapter_summary(plan, terms.language)
    title = f"title = {quoted(plan.title)}"
    rest = ["+++", f"summary = {quoted(summary)}", f"checked = {terms.checked}", "+++"]
    log.change(plan.heading.line, "heading of a chapter", plan.heading.source, title)
    log.change(plan.heading.line, "front matter of a chapter", "", "\n".join(rest))
    writer = _Writer(plan, Links(plan.stem, targets, log), log)
    paragraphs = [writer.intro(block) for block in intro]
    if plan.lone_id:
        heading = f"## {plan.title} {{#{plan.lone_id}}}"
        log.note(plan.heading.line, "a chapter without sections: all of it became one section")
        log.change(plan.heading.line, "section for a chapter without", "", heading)
        log.made["section"] += 1
        paragraphs.append([heading])
    paragraphs += [writer.block(block) for block in plan.blocks]
    body = "\n\n".join("\n".join(lines) for lines in paragraphs if lines)
    return "\n".join([rest[0], title, *rest[1:], "", body, ""])


def manifest(found: Outline, plans: Sequence[Plan], title: str, terms: Terms, log: Log) -> str:
    """Return the text of course.toml."""
    language = terms.language
    comments = [f"# {line}" for line in found.colophon]
    own = f"{language} = {quoted(title)}"
    above = [
        "# Made from one Markdown guide by manage.py import_guide.",
        f"languages = [{quoted(language)}]",
        "chapters = [",
        *(f"  {quoted(plan.stem)}," for plan in plans),
        "]",
        f"checked = {terms.checked}",
        f"licence = {quoted(terms.licence)}",
        "",
        "[title]",
    ]
    below = ["", "[summary]", f"{language} = {quoted(_course_summary(found, title, language))}"]
    log.change(0, "course.toml", "", "\n".join([*above, *("#" for _ in comments), *below]))
    heading = found.title
    log.change(heading.line if heading else 0, "title", heading.source if heading else "", own)
    return "\n".join([*above[:1], *comments, *above[1:], own, *below, ""])


def quoted(text: str) -> str:
    """Return a text as a TOML string; JSON's escapes are all TOML's too."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False).replace("\x7f", "\\u007f")


class _Writer:
    """Turns the blocks of one chapter into lines."""

    def __init__(self, plan: Plan, links: Links, log: Log) -> None:
        self.plan = plan
        self.links = links
        self.log = log
        self.lists = Lists()
        self.heading = plan.title
        self.question: Question | None = None

    def intro(self, block: Block) -> list[str]:
        if isinstance(block, Prose):
            lines = tuple(listed_pairs(list(block.lines), block.line, self.log))
            block = Prose(block.line, lines)
        return self.block(block)

    def block(self, block: Block) -> list[str]:
        match block:
            case Heading():
                return [self._heading(block)]
            case Fence():
                inside = replace(block, indent=self.lists.fence_indent(block.indent))
                return labelled(inside, self.heading, self.log)
            case Prose():
                self._answer(block)
                return set_prose(block, self.links.rewrite, self.lists, self.log)
            case _:
                return [block.source]

    def _heading(self, heading: Heading) -> str:
        place = self.plan.places.get(heading.line) or Place(4, heading.text, "")
        own = f" {{#{place.id}}}" if place.id else ""
        written = f"{'#' * place.level} {place.title}{own}"
        self.log.change(heading.line, "heading", heading.source, written)
        written = without_tags(heading.line, [written], self.log)[0]
        self.heading = plain(place.title) or self.heading
        self.lists.close()
        if place.id:
            self.log.made["section" if place.level == SECTION else "sub-section"] += 1
        asked = question_number(place.title)
        if asked is not None and not heading.folded:
            self.question = Question(heading.line, asked, self.heading)
        elif not heading.folded:
            self.question = None
        return self.links.rewrite(written, heading.line)

    def _answer(self, prose: Prose) -> None:
        if self.question and any("<details" in line.lower() for line in prose.lines):
            self.log.questions.append(self.question)
            self.question = None


def _chapter_summary(plan: Plan, language: str) -> str:
    before: list[Block] = []
    for block in plan.blocks:
        if isinstance(block, Heading):
            break
        before.append(block)
    paragraph = _paragraph(before, language)
    if paragraph:
        sentence = _SENTENCE.match(paragraph)
        return _short(sentence[0] if sentence else paragraph)
    titles = [plain(place.title) for place in plan.places.values() if place.level == SECTION]
    return _short(("、" if language == "ja" else ", ").join(titles) or plan.title)


def _course_summary(found: Outline, title: str, language: str) -> str:
    paragraph = _paragraph(found.preamble, language)
    if paragraph:
        return _short(paragraph)
    lines = (line for block in found.preamble if isinstance(block, Prose) for line in block.lines)
    told = [f"{key}: {value}" for key, value in pairs(list(lines)) if value]
    return _short(" / ".join(told)) or title


def _paragraph(blocks: Iterable[Block], language: str) -> str:
    """Return the first paragraph of plain text, without markup."""
    lines: list[str] = []
    for block in blocks:
        for line in block.lines if isinstance(block, Prose) else ("",):
            if line.strip() and not _NOT_PLAIN.match(line):
                lines.append(line.strip())
            elif lines:
                break
        if lines:
            break
    text = ("" if language == "ja" else " ").join(lines)
    return plain(_NOTED.sub(r"\1", _BREAK.sub(" ", text)))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SUMMARY else f"{text[: _LONGEST_SUMMARY - 1]}…"
