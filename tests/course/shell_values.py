"""Turns words of a script into the strings a command would get, with plausible values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.course.shell_words import (
    Arithmetic,
    Command,
    Literal,
    Part,
    Substitution,
    Variable,
    Word,
)

# The first pattern that matches the variable's name (in capitals) gives its value. It stands for
# what an earlier command would have printed.
_LOAD_BALANCING = "arn:aws:elasticloadbalancing:ap-northeast-1:111122223333"
_HEX = "0123456789abcdef"
PLACEHOLDERS: tuple[tuple[str, str], ...] = (
    (r"REGION", "ap-northeast-1"),
    (r"ACCOUNT", "111122223333"),
    (r"(ALB|LB).*ARN", f"{_LOAD_BALANCING}:loadbalancer/app/api-alb/{_HEX}"),
    (r"(TG|TARGET_GROUP).*ARN", f"{_LOAD_BALANCING}:targetgroup/api-tg/{_HEX}"),
    (r"ARNS?$", f"arn:aws:ecs:ap-northeast-1:111122223333:task/demo/{_HEX * 2}"),
    (r"VPC", "vpc-0123456789abcdef0"),
    (r"SUBNET", "subnet-0123456789abcdef0"),
    (r"(^|_)SG|SECURITY", "sg-0123456789abcdef0"),
    (r"DIGEST", f"sha256:{_HEX * 4}"),
    (r"COUNT|SECONDS|MINUTES|PORT|NUMBER|PERCENT|SIZE", "1"),
    (r"START|END|TIME|SINCE|DATE|NOW", "1763856000"),
    (r"TASKS?$", _HEX * 2),
)
DEFAULT = "example-0123456789abcdef0"

Files = Mapping[str, str]


def placeholder(name: str) -> str:
    """Return a value that a variable of this name could hold."""
    for pattern, value in PLACEHOLDERS:
        if re.search(pattern, name.upper()):
            return value
    return DEFAULT


@dataclass(slots=True)
class Shell:
    """The variables of a script while it is walked; `files` are known by name.

    A function is read where it is defined, with the arguments of its first call in `calls`.
    """

    files: Files
    calls: Mapping[str, Sequence[str]] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    arrays: dict[str, list[str]] = field(default_factory=dict)

    def walk(self, commands: Iterable[Command]) -> Iterator[tuple[Command, list[str]]]:
        """Yield each command, inner ones first, with the strings it would get."""
        for outer in commands:
            for command in (*outer.inner(), outer):
                yield command, [text for word in command.arguments for text in self.texts(word)]
                self.remember(command)

    def remember(self, command: Command) -> None:
        """Keep what the command assigns."""
        if command.defines:
            given = self.calls.get(command.defines, ())
            self.variables |= {str(place): one for place, one in enumerate(given, start=1)}
        if command.arguments and command.arguments[0].bare == "for":
            name, values = command.arguments[1].bare, command.arguments[3:4]
            self.variables[name] = self.text(values[0]) if values else placeholder(name)
        if not command.arguments:
            for word in command.head:
                assert word.assigns
                if word.items:
                    self.arrays[word.assigns] = [
                        text for item in word.items for text in self.texts(item)
                    ]
                self.variables[word.assigns] = self.assigned(word.assigns, word.value)

    def assigned(self, name: str, value: Word) -> str:
        if value.items:
            return " ".join(self.text(item) for item in value.items)
        substitutions = [part for part in value.parts if isinstance(part, Substitution)]
        if len(substitutions) == 1 and not value.bare:
            return self.printed(substitutions[0], lambda: placeholder(name))
        return self.text(value)

    def text(self, word: Word) -> str:
        """Return the word as one string."""
        return "".join(self.part(part) for part in word.parts)

    def texts(self, word: Word) -> list[str]:
        """Return the word as the shell splits it: at spaces of variables without quotes."""
        texts = [""]
        for part in word.parts:
            value = self.part(part)
            if isinstance(part, Variable) and (part.is_all or not part.is_quoted):
                items = self.arrays.get(part.name) if part.is_all else None
                first, *more = items or value.split() or [""]
                texts[-1] += first
                texts += more
            else:
                texts[-1] += value
        return texts

    def part(self, part: Part) -> str:
        match part:
            case Literal():
                return part.text
            case Variable():
                return self.variables.get(part.name, part.fallback or placeholder(part.name))
            case Arithmetic():
                return "1763856000"
            case Substitution():
                return self.printed(part, lambda: DEFAULT)

    def printed(self, part: Substitution, otherwise: Callable[[], str]) -> str:
        """Return what the last command of `$(…)` would print, as far as that can be told."""
        arguments = [word for command in part.commands[:1] for word in command.arguments]
        words = [self.text(word) for word in arguments]
        if words[:1] == ["date"]:
            return "1763856000" if words[-1:] == ["+%s"] else "2026-11-23T00:00:00Z"
        if words[:1] == ["cat"] and words[-1] in self.files:
            return self.files[words[-1]]
        return otherwise()
