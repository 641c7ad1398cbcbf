"""Finds the `aws` commands of a chapter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.course.blocks import Block, ChapterFile
from tests.course.shell_reader import parse
from tests.course.written import files, script, steps

# Commands that run the command behind them.
WRAPPERS = frozenset({"exec", "command", "env", "nohup", "sudo", "timeout", "watch", "xargs"})

_BEGINS = re.compile(r"(?:^|[|;&]|\$\(|\b(?:do|then|else|if|while|until) )\s*aws (?=[a-z])")


@dataclass(frozen=True, slots=True)
class AwsCommand:
    """A command without its leading "aws", and where it begins."""

    where: str
    words: tuple[str, ...]


def aws_commands(chapter: ChapterFile) -> Iterator[AwsCommand]:
    """Yield the commands of a chapter in order."""
    for step in steps(chapter, files(chapter)):
        found = _aws(list(step.words))
        if found:
            yield AwsCommand(step.block.at(step.command.line), tuple(found))


def overlooked(block: Block) -> list[str]:
    """Return the lines that look like a command of the CLI and were not read as one."""
    text = script(block)
    read = {
        command.line
        for outer in parse(text)
        for command in (*outer.inner(), outer)
        if any(word.bare == "aws" for word in command.arguments)
    }
    return [
        f"{block.at(number)}: {line.strip()}"
        for number, line in enumerate(text.split("\n"), start=1)
        if _BEGINS.search(line) and number not in read
    ]


def _aws(words: list[str]) -> list[str]:
    """Return what follows `aws`, also behind a wrapper; an empty list for other commands."""
    if words[:1] == ["aws"]:
        return words[1:]
    if words and words[0] in WRAPPERS and "aws" in words:
        from_input = ["value"] if words[0] == "xargs" else []
        return words[words.index("aws") + 1 :] + from_input
    return []
