"""Blanks out code spans, so that what stands in them is not taken for markup."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from content.rendering.draft import Line

_TICKS = re.compile(r"(?<!\\)`+")
_NOT_NEWLINE = re.compile(r"[^\n]")


def mask(text: str) -> str:
    """The text with every code span turned into spaces; line breaks and length are kept."""
    if "`" not in text:
        return text
    runs = [found.span() for found in _TICKS.finditer(text)]
    places: dict[int, list[int]] = defaultdict(list)
    for index, (start, end) in enumerate(runs):
        places[end - start].append(index)
    pieces, done, index = [], 0, 0
    while index < len(runs):
        start, end = runs[index]
        same = places[end - start]
        following = bisect_right(same, index)
        if following == len(same):
            index += 1
            continue
        last = runs[same[following]][1]
        pieces += [text[done:start], _NOT_NEWLINE.sub(" ", text[start:last])]
        done, index = last, same[following] + 1
    return "".join([*pieces, text[done:]])


def paragraphs(lines: list[Line]) -> Iterator[list[Line]]:
    """Runs of lines without a blank one between them; a blank line is a run of its own."""
    run: list[Line] = []
    for line in lines:
        if line.text.strip(" \t>"):
            run.append(line)
            continue
        if run:
            yield run
        yield [line]
        run = []
    if run:
        yield run


def masked(lines: list[Line]) -> list[str]:
    """The text of each line with code spans blanked; a span may run over lines of a paragraph."""
    texts: list[str] = []
    for run in paragraphs(lines):
        texts += mask("\n".join(line.text for line in run)).split("\n")
    return texts
