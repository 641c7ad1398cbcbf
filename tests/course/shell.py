"""The shell text of a block, its variables, and the plain faults that a scan can see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.course.blocks import Block
from tests.course.shell_reader import parse
from tests.course.shell_words import Arithmetic, Command, Literal, Substitution, Variable, Word

SHELL_LANGUAGES = ("bash", "console")

# What the shell, the AWS CLI, ECS and CodeBuild set before the first line runs.
WELL_KNOWN = frozenset(
    {
        "PATH",
        "HOME",
        "USER",
        "PWD",
        "SHELL",
        "TMPDIR",
        "HOSTNAME",
        "LANG",
        "IFS",
        "RANDOM",
        "SECONDS",
        "OSTYPE",
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
        "AWS_PROFILE",
        "ECS_AGENT_URI",
        "ECS_CONTAINER_METADATA_URI_V4",
    }
)
_READS_INTO = frozenset({"read", "mapfile", "readarray"})
_DECLARES = frozenset({"export", "local", "declare", "readonly", "typeset"})
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
_BRACES = re.compile(r"\{[^{}]*,[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Use:
    """A variable that is read, and the line of the block where."""

    name: str
    line: int


def shell_text(block: Block) -> str:
    """Return what the reader would run; a console's output becomes empty lines."""
    if block.language != "console":
        return block.text
    kept: list[str] = []
    for line in block.text.split("\n"):
        goes_on = bool(kept) and kept[-1].endswith("\\")
        if line.startswith("$ "):
            kept.append(line[2:])
        else:
            kept.append(line.removeprefix("> ") if goes_on else "")
    return "\n".join(kept)


def commands(block: Block) -> tuple[Command, ...]:
    """Return every command of a block in the order it runs, those inside `$(…)` too."""
    found: list[Command] = []
    for command in parse(shell_text(block)):
        found += [*command.inner(), command]
    return tuple(found)


def unset_variables(block: Block, known: Iterable[str] = ()) -> tuple[Use, ...]:
    """Return the variables that are read before they are set, `known` ones left out.

    A name that a comment of the block mentions is given by the reader.
    """
    given = set(_IDENTIFIER.findall(" ".join(re.findall(r"(?m)(?:^|\s)#(.*)$", block.text))))
    have = {*known, *WELL_KNOWN, *given}
    missing: list[Use] = []
    for command in parse(shell_text(block)):
        missing += [use for use in _uses(command) if use.name not in have]
        have |= _sets(command)
    return tuple(missing)


def set_variables(block: Block) -> frozenset[str]:
    """Return the names a block sets outside of `$(…)`."""
    return frozenset().union(*(_sets(command) for command in parse(shell_text(block))))


def brace_expansions(block: Block) -> tuple[tuple[int, str], ...]:
    """Return what bash would split at `{a,b}`, with the line of its command."""
    return tuple(
        (command.line, found[0])
        for command in commands(block)
        for word in command.arguments
        for found in [_BRACES.search(_unquoted(word))]
        if found
    )


def _unquoted(word: Word) -> str:
    """The word with everything that quotes protect taken out; a variable leaves an x."""
    return "".join(
        ("" if part.is_quoted else part.text) if isinstance(part, Literal) else "x"
        for part in word.parts
    )


def _uses(command: Command) -> Iterator[Use]:
    for word in command.all_words():
        for part in word.parts:
            if isinstance(part, Variable) and part.fallback is None:
                if _IDENTIFIER.fullmatch(part.name):
                    yield Use(part.name, part.line)
            elif isinstance(part, Arithmetic):
                yield from (Use(name, part.line) for name in part.names)
            elif isinstance(part, Substitution):
                yield from _uses_inside(part)


def _uses_inside(part: Substitution) -> Iterator[Use]:
    inner: set[str] = set()
    for command in part.commands:
        yield from (use for use in _uses(command) if use.name not in inner)
        inner |= _sets(command)


def _sets(command: Command) -> frozenset[str]:
    words = [word.bare for word in command.arguments]
    if not words:
        return frozenset(word.assigns or "" for word in command.head)
    if words[0] == "for":
        return frozenset(words[1:2])
    if words[0] in _READS_INTO:
        return frozenset(word for word in words[1:] if _IDENTIFIER.fullmatch(word))
    if words[0] in _DECLARES:
        return frozenset(word.assigns or word.bare for word in command.arguments[1:])
    return frozenset(words[2:3]) if words[:2] == ["printf", "-v"] else frozenset()
