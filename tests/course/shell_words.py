"""What a shell script is made of: commands of words, words of parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)(\[[^\]]*\])?\+?=")
KEYWORDS = frozenset({"if", "then", "elif", "else", "do", "while", "until", "!", "{", "time"})


@dataclass(frozen=True, slots=True)
class Literal:
    """Text that stands for itself."""

    text: str
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Variable:
    """`$NAME` or `${NAME…}`; `fallback` is the text after `:-`, None where there is none.

    `is_all` marks `${NAME[@]}`: every item of an array as a word of its own.
    """

    name: str
    line: int
    is_quoted: bool
    fallback: str | None = None
    is_all: bool = False


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`$((…))` and the variables it names."""

    names: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Substitution:
    """`$(…)`, `` `…` `` or `<(…)`."""

    commands: tuple[Command, ...]


Part = Literal | Variable | Arithmetic | Substitution


@dataclass(frozen=True, slots=True)
class Word:
    """Parts that stand together. `items` are the words of an array: `NAME=(one two)`."""

    parts: tuple[Part, ...]
    items: tuple[Word, ...] = ()

    @property
    def bare(self) -> str:
        """The word if it is nothing but text, otherwise what of it is text."""
        return "".join(part.text for part in self.parts if isinstance(part, Literal))

    @property
    def assigns(self) -> str | None:
        """The variable this word sets when it stands at the head of a command."""
        first = self.parts[0] if self.parts else None
        if not isinstance(first, Literal) or first.is_quoted:
            return None
        found = ASSIGNMENT.match(first.text)
        return found[1] if found else None

    @property
    def value(self) -> Word:
        """What an assignment assigns."""
        first = self.parts[0]
        assert isinstance(first, Literal)
        rest = Literal(ASSIGNMENT.sub("", first.text, count=1), is_quoted=False)
        return Word((rest, *self.parts[1:]), self.items)


@dataclass(frozen=True, slots=True)
class Redirect:
    """`> file`, `<<< text` or `<< END`; of a here-document `target` is its text."""

    operator: str
    target: Word


@dataclass(frozen=True, slots=True)
class Command:
    """A simple command and the line it begins in, from 1."""

    line: int
    words: tuple[Word, ...]
    redirects: tuple[Redirect, ...] = ()

    @property
    def head(self) -> tuple[Word, ...]:
        """The assignments in front of the command, or alone."""
        found: list[Word] = []
        for word in self._without_keywords():
            if word.assigns is None:
                break
            found.append(word)
        return tuple(found)

    @property
    def arguments(self) -> tuple[Word, ...]:
        """The command's name and what it is given, without keywords and assignments."""
        return self._without_keywords()[len(self.head) :]

    @property
    def defines(self) -> str | None:
        """The function whose body follows: `name() {`."""
        is_definition = len(self.words) == 2 and self.words[1] == Word(())
        return self.words[0].bare if is_definition else None

    def _without_keywords(self) -> tuple[Word, ...]:
        start = 0
        while start < len(self.words) and self.words[start].bare in KEYWORDS:
            start += 1
        return self.words[start:]

    def all_words(self) -> Iterator[Word]:
        """Yield every word in order, those of arrays and redirections too."""
        for word in (*self.words, *(redirect.target for redirect in self.redirects)):
            yield word
            yield from word.items

    def inner(self) -> Iterator[Command]:
        """Yield the commands inside `$(…)`, at any depth."""
        for word in self.all_words():
            for part in word.parts:
                if isinstance(part, Substitution):
                    for command in part.commands:
                        yield from command.inner()
                        yield command
