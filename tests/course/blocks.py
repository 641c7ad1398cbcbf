"""Finds the chapters of the course and the fenced blocks in them, by file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

COURSE = Path(__file__).resolve().parents[2] / "content/courses/aws-ecs-ecr"

_OPENING = re.compile(r"^(?P<indent> *)(?P<fence>`{3,})(?P<language>[\w+-]*)[ ]*(?P<options>.*)$")
_OPTION = re.compile(r'(\w+)="([^"]*)"')
_WRONG = re.compile(r"(wrong|誤り)\s*[:：]")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block. `path` is "ja/02-ecr.md", `line` the line of its opening fence, from 1."""

    path: str
    line: int
    language: str
    title: str
    text: str

    @property
    def id(self) -> str:
        return f"{self.path}:{self.line}"

    @property
    def is_wrong(self) -> bool:
        """Tell whether the author marked it as an example of what not to write."""
        return bool(_WRONG.match(self.title))

    def at(self, line: int) -> str:
        """Return where a line of the block's text stands; lines of the text count from 1."""
        return f"{self.path}:{self.line + line}"


@dataclass(frozen=True, slots=True)
class ChapterFile:
    """A chapter in one language, as it was written."""

    path: str
    language: str
    stem: str
    text: str
    blocks: tuple[Block, ...]

    @property
    def id(self) -> str:
        return self.path

    @property
    def is_appendix(self) -> bool:
        return not self.stem[0].isdigit()


def read_chapter(text: str, *, path: str) -> ChapterFile:
    """Return the chapter that `text` holds; `path` is "<language>/<stem>.md"."""
    language, _, name = path.partition("/")
    return ChapterFile(path, language, name.removesuffix(".md"), text, _blocks(text, path))


@cache
def chapters() -> tuple[ChapterFile, ...]:
    """Return every chapter in every language, in reading order."""
    files = sorted(COURSE.glob("chapters/*/*.md"), key=lambda one: (one.parent.name, one.stem))
    return tuple(
        read_chapter(file.read_text(encoding="utf-8"), path=f"{file.parent.name}/{file.name}")
        for file in files
    )


def right_blocks(*languages: str) -> tuple[Block, ...]:
    """Return the blocks in one of the languages that are not marked as wrong on purpose."""
    return tuple(
        block
        for chapter in chapters()
        for block in chapter.blocks
        if block.language in languages and not block.is_wrong
    )


def each(things: Iterable[Block] | Iterable[ChapterFile]) -> list[object]:
    """Return parameters for pytest whose ids say file and line."""
    return [pytest.param(thing, id=thing.id) for thing in things]


def a_block(text: str, *, language: str = "bash", title: str = "") -> Block:
    """Return a made-up block, for tests of the checks themselves."""
    return Block("ja/00-example.md", 1, language, title, text)


def _blocks(text: str, path: str) -> tuple[Block, ...]:
    found: list[Block] = []
    lines = iter(enumerate(text.split("\n"), start=1))
    for number, line in lines:
        opening = _OPENING.match(line)
        if not opening:
            continue
        closing = re.compile(rf" *`{{{len(opening['fence'])},}} *$")
        body: list[str] = []
        for _, inner in lines:
            if closing.match(inner):
                break
            body.append(_without_indent(inner, len(opening["indent"])))
        options = dict(_OPTION.findall(opening["options"]))
        title = options.get("title", "")
        found.append(Block(path, number, opening["language"], title, "\n".join(body)))
    return tuple(found)


def _without_indent(line: str, width: int) -> str:
    return line[min(width, len(line) - len(line.lstrip(" "))) :]
