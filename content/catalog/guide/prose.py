"""Sets the prose of a guide so that it reads here as it does on GitHub."""

from __future__ import annotations

import re
from collections.abc import Callable

from content.catalog.guide.blocks import Prose
from content.catalog.guide.lists import Lists
from content.catalog.guide.log import Log
from content.rendering import raw_html
from content.rendering.draft import Draft, Line

_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+\S")
_FIRST_ITEM = re.compile(r" {0,3}(?:[-*+]|1[.)])[ \t]+\S")
_QUOTE = re.compile(r" {0,3}>")
_FOLD = re.compile(r"\s*</?details\b", re.IGNORECASE)
_SUMMARY = re.compile(r"\s*(?:<details[^<>]{0,80}>\s*)?<summary\b.*</summary>\s*$", re.IGNORECASE)
_OPENING_FOLD = re.compile(r"<details\s[^<>]{0,200}>", re.IGNORECASE)
_QUOTED_HEADING = re.compile(r"([ \t]*>[ \t>]*)(#{1,3})(?=[ \t])")
_PAIR_IN_QUOTE = re.compile(r"> ?(?=\*\*[^*]{1,40}\*\*\s*[:：])")


def is_delimiter(line: str) -> bool:
    """Say whether a line divides the head of a table from its rows."""
    return "|" in line and "-" in line and not line.strip(" \t|:-")


def set_prose(
    prose: Prose, rewrite: Callable[[str, int], str], lists: Lists, log: Log
) -> list[str]:
    """Return the lines of a piece of prose for the course; `rewrite` leads the links of one."""
    kept = [_cleaned(line, prose.line + n, log) for n, line in enumerate(prose.lines)]
    kept = without_tags(prose.line, kept, log)
    kept = [lists.set_in(rewrite(line, prose.line + n)) for n, line in enumerate(kept)]
    log.made["table"] += sum(map(is_delimiter, kept[1:]))
    return _spaced(kept)


def listed_pairs(lines: list[str], line: int, log: Log) -> list[str]:
    """Turn `> **対象**: …` lines into a list: in a quotation they would run into one line."""
    made = []
    for number, text in enumerate(lines, line):
        found = _PAIR_IN_QUOTE.match(text)
        made.append(f"- {text[found.end() :]}" if found else text)
        if found:
            log.change(number, "front matter as a list", ">", "-")
    return made


def _cleaned(line: str, number: int, log: Log) -> str:
    heading = _QUOTED_HEADING.match(line)
    if heading is not None:
        log.note(number, "a heading in a quotation has four marks now")
        log.change(number, "heading in a quotation", heading[2], "####")
        line = f"{heading[1]}####{line[heading.end() :]}"
    if "<" in line:
        fold = _OPENING_FOLD.search(line)
        if fold is not None and fold[0].lower() != "<details open>":
            log.change(number, "attributes of <details>", fold[0], "<details>")
            line = line.replace(fold[0], "<details>", 1)
    return line


def without_tags(first: int, lines: list[str], log: Log) -> list[str]:
    """Take out the tags that the renderer would take out, and say so."""
    if not any("<" in line for line in lines):
        return lines
    numbered = [Line(number, text) for number, text in enumerate(lines, first)]
    draft = Draft("", "en")
    kept = [line.text for line in raw_html.strip(numbered, draft)]
    for problem in draft.problems:
        log.note(problem.line, problem.what)
    for number, before, after in zip(range(first, first + len(lines)), lines, kept, strict=True):
        log.change(number, "HTML tag", before, after)
    return kept


def _spaced(lines: list[str]) -> list[str]:
    """Put the blank lines in that lists, tables, quotations and answers need around them."""
    made: list[str] = []
    kind = ""  # of the list we are in: "-" or "1"
    for place, line in enumerate(lines):
        before = made[-1] if made else ""
        was, kind = kind, _list_kind(line, kind if before.strip() else "")
        if before.strip() and line.strip():
            following = lines[place + 1 : place + 2]
            other = bool(was) and was != kind
            if other or _needs_space(before, line, following, in_list=bool(kind)):
                made.append("")
        made.append(line)
    return _trimmed(made)


def _list_kind(line: str, kind: str) -> str:
    """Return the kind of list a line belongs to when the line above belonged to `kind`."""
    if _ITEM.match(line) and not line.startswith(" "):
        return "1" if line[0].isdigit() else "-"
    return kind


def _trimmed(lines: list[str]) -> list[str]:
    filled = [place for place, line in enumerate(lines) if line.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _needs_space(before: str, line: str, following: list[str], *, in_list: bool) -> bool:
    if _SUMMARY.match(before) or _FOLD.match(line):
        return True
    if _FOLD.match(before):
        return not line.lstrip().lower().startswith("<summary")
    if "|" in line and following and is_delimiter(following[0]):
        return "|" not in before or not before.lstrip().startswith("|")
    if _QUOTE.match(line):
        return not _QUOTE.match(before) and not in_list
    return bool(_FIRST_ITEM.match(line)) and not _belongs_to_list(before)


def _belongs_to_list(before: str) -> bool:
    return bool(_ITEM.match(before) or before.startswith((" ", "\t", ">")))
