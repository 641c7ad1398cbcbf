"""Reads bash as far as a course needs it: quotes, substitutions, pipes and here-documents."""

from __future__ import annotations

import re
from functools import cache

from tests.course.shell_words import (
    ASSIGNMENT,
    Arithmetic,
    Command,
    Literal,
    Part,
    Redirect,
    Substitution,
    Variable,
    Word,
)

_BLANK = re.compile(r"(?:[ \t]|\\\n)*(?:#[^\n]*)?")
_NAME = re.compile(r"[A-Za-z_]\w*|[0-9@*#?!$-]")
_NAMES = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
_BRACED = re.compile(r"[#!]?([A-Za-z_]\w*|[0-9@*#?!$-])(.*)", re.DOTALL)
_REDIRECT = re.compile(r"\d*(&>>?|<<<|<<-?|>>|>\||[<>]&|<(?!\()|>(?!\())")
_PLAIN = re.compile(r"[^\s\\'\"$`;&|()<>]+")
_QUOTED = re.compile(r"\\|\"|[^\\\"$`]+")
_FALLBACKS = (":-", ":=", "-", "=")


@cache
def parse(text: str) -> tuple[Command, ...]:
    """Return the commands of a script in order; never raises, for `bash -n` judges the syntax."""
    return _Reader(text).commands(until="")


class _Reader:
    """Walks over the text once; `after` says where reading goes on behind a here-document."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self.text = text
        self.first_line = first_line
        self.place = 0
        self.after: dict[int, int] = {}

    @property
    def line(self) -> int:
        return self.first_line + self.text.count("\n", 0, self.place)

    def peek(self, count: int = 1) -> str:
        return self.text[self.place : self.place + count]

    def commands(self, until: str) -> tuple[Command, ...]:
        """Read up to the character that closes, or to the end."""
        found: list[Command] = []
        while True:
            self.skip(_BLANK)
            if not self.peek() or self.peek() == until:
                self.place += 1
                return tuple(found)
            if self.peek() == "\n":
                self.place = self.after.get(self.place, self.place + 1)
            elif self.peek() in ";&|()" and self.peek(2) != "&>":
                self.place += 1
            else:
                found.append(self.command(until))

    def skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.place)
        if found:
            self.place = found.end()
        return found[0] if found else ""

    def command(self, until: str) -> Command:
        line, words, redirects = self.line, list[Word](), list[Redirect]()
        while True:
            self.skip(_BLANK)
            operator = _REDIRECT.match(self.text, self.place)
            if operator:
                self.place = operator.end()
                redirects.append(self.redirect(operator[1], until))
            elif not self.peek() or self.peek() in "\n;|&)" or self.peek() == until:
                return Command(line, tuple(words), tuple(redirects))
            elif self.peek() == "(" and not words:
                self.place += 1
            else:
                words.append(self.word(until))

    def redirect(self, operator: str, until: str) -> Redirect:
        self.skip(_BLANK)
        target = self.word(until)
        if not operator.startswith("<<") or operator == "<<<":
            return Redirect(operator, target)
        is_literal = any(isinstance(one, Literal) and one.is_quoted for one in target.parts)
        return Redirect("<<", self.here_document(target.bare, is_literal=is_literal))

    def here_document(self, end: str, *, is_literal: bool) -> Word:
        """Read the text below this line; the rest of the line is read afterwards."""
        newline = self.text.find("\n", self.place)
        if newline < 0:
            return Word(())
        start = self.after.get(newline, newline + 1)
        closing = re.compile(rf"^\t*{re.escape(end)}$\n?", re.MULTILINE).search(self.text, start)
        stop, self.after[newline] = closing.span() if closing else (len(self.text),) * 2
        body = self.text[start:stop]
        if is_literal:
            return Word((Literal(body, is_quoted=True),))
        line = self.first_line + self.text.count("\n", 0, start)
        return Word(_Reader(body, line).quoted(until=""))

    def word(self, until: str) -> Word:
        parts: list[Part] = []
        while (char := self.peek()) and not char.isspace() and char not in ";|" and char != until:
            if char == "(" and self.opens_array(parts):
                return Word(tuple(parts), self.array())
            if char in "<>" and self.peek(2)[1:] == "(":
                self.place += 2
                parts.append(Substitution(self.commands(")")))
            elif char in "()<>&":
                break
            else:
                parts += self.part(char)
        if not parts:
            self.place += 1
        return Word(tuple(parts))

    def opens_array(self, parts: list[Part]) -> bool:
        text = "".join(part.text for part in parts if isinstance(part, Literal))
        return len(parts) == 1 and bool(ASSIGNMENT.fullmatch(text))

    def array(self) -> tuple[Word, ...]:
        self.place += 1
        items: list[Word] = []
        while True:
            self.skip(_BLANK)
            if not self.peek() or self.peek() == ")":
                self.place += 1
                return tuple(items)
            if self.peek() == "\n":
                self.place += 1
            else:
                items.append(self.word(")"))

    def part(self, char: str) -> tuple[Part, ...]:
        """Read what begins with this character outside quotes."""
        if char == "\\":
            self.place += 2
            escaped = self.text[self.place - 1 : self.place].replace("\n", "")
            return (Literal(escaped, is_quoted=True),)
        if char == "'" or self.peek(2) == "$'":
            return (self.single_quoted(),)
        if char == '"':
            self.place += 1
            return self.quoted(until='"')
        if char in "$`":
            return (self.expansion(is_quoted=False),)
        return (Literal(self.skip(_PLAIN), is_quoted=False),)

    def single_quoted(self) -> Literal:
        start = self.text.index("'", self.place) + 1
        stop = self.text.find("'", start)
        stop = len(self.text) if stop < 0 else stop
        self.place = stop + 1
        return Literal(self.text[start:stop], is_quoted=True)

    def quoted(self, until: str) -> tuple[Part, ...]:
        """Read the inside of double quotes, or a here-document, and the quote that closes."""
        parts: list[Part] = [Literal("", is_quoted=True)]
        while (char := self.peek()) and char != until:
            if char in "$`":
                parts.append(self.expansion(is_quoted=True))
                continue
            text = self.skip(_QUOTED)
            if text == "\\" and self.peek() in {"\\", '"', "$", "`", "\n"}:
                text = self.peek().replace("\n", "")
                self.place += 1
            parts.append(Literal(text, is_quoted=True))
        self.place += 1
        return tuple(parts)

    def expansion(self, *, is_quoted: bool) -> Part:
        line = self.line
        if self.peek(3) == "$((":
            return self.arithmetic(line)
        if self.peek() == "`" or self.peek(2) == "$(":
            until = "`" if self.peek() == "`" else ")"
            self.place += 1 if until == "`" else 2
            return Substitution(self.commands(until))
        if self.peek(2) == "${":
            return self.braced(line, is_quoted=is_quoted)
        self.place += 1
        name = self.skip(_NAME)
        if not name:
            return Literal("$", is_quoted=is_quoted)
        return Variable(name, line, is_quoted)

    def arithmetic(self, line: int) -> Arithmetic:
        stop = self.text.find("))", self.place)
        stop = len(self.text) if stop < 0 else stop
        inside = self.text[self.place + 3 : stop]
        self.place = stop + 2
        return Arithmetic(tuple(_NAMES.findall(inside)), line)

    def braced(self, line: int, *, is_quoted: bool) -> Part:
        """Read `${NAME}` with whatever stands behind the name."""
        start = self.place + 2
        depth, self.place = 1, start
        while self.peek() and depth:
            depth += {"{": 1, "}": -1}.get(self.peek(), 0)
            self.place += 1
        found = _BRACED.fullmatch(self.text[start : self.place - 1])
        if not found:
            return Literal("", is_quoted=is_quoted)
        fallback = next((found[2][len(s) :] for s in _FALLBACKS if found[2].startswith(s)), None)
        is_all = found[2].startswith(("[@]", "[*]"))
        return Variable(found[1], line, is_quoted, fallback, is_all)
