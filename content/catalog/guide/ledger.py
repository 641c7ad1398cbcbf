"""Keeps account of every word that was changed on the way from a guide to a course."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

# Words, and every other visible character by itself. Lines of drawings do not count: mending
# a drawing lengthens and shortens them.
_TOKEN = re.compile("\\w+|[^\\w\\s\u2500-\u257f]")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Change:
    """Text of the guide that was replaced: `line` in the guide, `kind` says what was done."""

    line: int
    kind: str
    before: str
    after: str

    @property
    def lost(self) -> str:
        """Return the words that stood there and are gone, in order.

        A word counts as there when it is part of a longer one: taking a link's brackets out joins
        its words with their neighbours, Japanese having no spaces.
        """
        left = Counter(_tokens(self.after))
        gone = []
        for token in _tokens(self.before):
            if left[token] > 0:
                left[token] -= 1
            elif _WORD.match(token) and token not in self.after:
                gone.append(token)
        return " ".join(gone)


@dataclass(frozen=True, slots=True)
class Balance:
    """What does not add up: words that went missing, and words that came from nowhere."""

    missing: tuple[str, ...]
    surplus: tuple[str, ...]

    @property
    def is_even(self) -> bool:
        return not self.missing and not self.surplus


def balance(guide: str, files: Iterable[str], changes: Iterable[Change]) -> Balance:
    """Compare the words of a guide with those of the files made from it.

    Every word and visible character of the guide must stand in a file as often as in the guide,
    save for what the changes took away and put there.
    """
    lines = Counter(guide.split("\n"))
    for text in files:
        lines.subtract(text.split("\n"))
    for change in changes:
        lines.subtract(change.before.split("\n"))
        lines.update(change.after.split("\n"))
    tokens: Counter[str] = Counter()
    for line, count in lines.items():
        if count:
            for token in _tokens(line):
                tokens[token] += count
    missing = tuple(sorted(token for token, count in tokens.items() if count > 0))
    surplus = tuple(sorted(token for token, count in tokens.items() if count < 0))
    return Balance(missing, surplus)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)
