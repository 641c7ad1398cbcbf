"""The bones of a chapter: sections, code, diagrams, tables, callouts and answers, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from tests.course.blocks import ChapterFile

_HEADING = re.compile(r"(?P<level>#{2,3}) .*\{#(?P<id>[a-z][a-z0-9-]*)\}\s*$")
_CALLOUT = re.compile(r" *!!! ?([\w-]+)")
_DIVIDER = re.compile(r" *\|?[ :]*-{3,}[-| :]*$")
_FENCE = re.compile(r" *(`{3,})")
_STRING = re.compile(r"""("(?:[^"\\]|\\.)*"|'[^']*')""")
_COMMENT = re.compile(r"(?:^|\s)#.*$")
_COMMENTED = frozenset({"bash", "console", "yaml", "dockerfile", "ini", "toml", "python"})


@dataclass(frozen=True, slots=True)
class Bone:
    """One part of a chapter. `what` is the same in every language."""

    line: int
    what: str


def outline(chapter: ChapterFile) -> tuple[Bone, ...]:
    """Return the parts of a chapter in the order they stand in."""
    fences = [Bone(block.line, _fence(block.language)) for block in chapter.blocks]
    return tuple(sorted((*fences, *_prose_bones(chapter)), key=lambda bone: bone.line))


def _fence(language: str) -> str:
    return "diagram" if language == "diagram" else f"code in {language or 'no language'}"


def prose_lines(chapter: ChapterFile) -> Iterator[tuple[int, str]]:
    """Yield the lines outside of fences and front matter, numbered from 1."""
    fence, fronts = "", 0
    for number, line in enumerate(chapter.text.split("\n"), start=1):
        opened = _FENCE.match(line)
        if line.rstrip() == "+++" and fronts < 2:
            fronts += 1
        elif opened and not fence:
            fence = opened[1]
        elif fence:
            fence = "" if re.fullmatch(rf" *`{{{len(fence)},}} *", line) else fence
        elif fronts == 2:
            yield number, line


def _prose_bones(chapter: ChapterFile) -> Iterator[Bone]:
    before = ""
    for number, line in prose_lines(chapter):
        heading, callout = _HEADING.match(line), _CALLOUT.match(line)
        if heading:
            yield Bone(number, f"{heading['level']} {heading['id']}")
        elif callout:
            yield Bone(number, f"callout {callout[1]}")
        elif line.lstrip().startswith("<details"):
            yield Bone(number, "details")
        elif "|" in line and _DIVIDER.match(line) and "|" in before:
            yield Bone(number, f"table of {len(_cells(before))} columns")
        elif re.match(r" *\[\^[^\]]+\]:", line):
            yield Bone(number, "footnote")
        before = line


def _cells(row: str) -> list[str]:
    return re.split(r"(?<!\\)\|", row.strip().removeprefix("|").removesuffix("|"))


def differences(one: ChapterFile, other: ChapterFile) -> list[str]:
    """Return where two languages part ways: the first bone, or the first line of each listing."""
    pairs = zip_longest(outline(one), outline(other))
    first = next((pair for pair in pairs if not _alike(*pair)), None)
    if first is not None:
        return [f"{_said(one, first[0])}, but {_said(other, first[1])}; give both the same parts"]
    return [
        f"{ours.at(0)} and {theirs.at(0)}: {difference}"
        for ours, theirs in zip(one.blocks, other.blocks, strict=True)
        if ours.language != "diagram"
        for difference in code_differences(ours.text, theirs.text, language=ours.language)[:1]
    ]


def _alike(one: Bone | None, other: Bone | None) -> bool:
    return one is not None and other is not None and one.what == other.what


def _said(chapter: ChapterFile, bone: Bone | None) -> str:
    return f"{chapter.path}:{bone.line} has {bone.what}" if bone else f"{chapter.path} ends"


def code_differences(one: str, other: str, *, language: str) -> list[str]:
    """Return the lines in which two listings differ in more than comments and prose."""
    ours, theirs = _code_lines(one, language), _code_lines(other, language)
    if len(ours) != len(theirs):
        return [f"{len(ours)} lines of code stand against {len(theirs)}"]
    return [
        f"{left.strip()!r} stands against {right.strip()!r}"
        for left, right in zip(ours, theirs, strict=True)
        if not _same_code(left, right)
    ]


def _code_lines(text: str, language: str) -> list[str]:
    lines = text.split("\n")
    if language in _COMMENTED:
        lines = [_COMMENT.sub("", line) if not _hash_is_quoted(line) else line for line in lines]
    return [line.rstrip() for line in lines if line.strip()]


def _hash_is_quoted(line: str) -> bool:
    return any("#" in string for string in _STRING.findall(line))


def _same_code(left: str, right: str) -> bool:
    """What is not ASCII in one of them is prose, and prose may differ."""
    ours, theirs = _STRING.split(left), _STRING.split(right)
    if len(ours) != len(theirs):
        return not (left + right).isascii()
    return all(
        mine == yours or not (mine + yours).isascii()
        for mine, yours in zip(ours, theirs, strict=True)
    )
