"""Says what an import made of a guide, what it left, and whether every word is there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from content.catalog.guide.ledger import Balance, Change
from content.catalog.guide.log import Log, Note, Question

_NUMBERED = re.compile(
    r"heading(?: of a chapter)? (?:付録|附録|[Aa]ppendix|[Cc]hapter|第)?[\dA-Z 章]+\Z"
)
_SHOWN = 120  # characters of a text that is repeated


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a guide; `made` counts sections, drawings, tables and links by name."""

    chapters: int
    appendices: int
    made: Counter[str]
    code: Counter[str]
    questions: tuple[Question, ...]
    notes: tuple[Note, ...]
    changes: tuple[Change, ...]
    balance: Balance

    @property
    def drawn(self) -> int:
        """Return how many drawings stand in the course as drawings."""
        return self.made["drawing healed"] + self.made["drawing unchanged"]

    @property
    def lost(self) -> tuple[Change, ...]:
        """Return the changes that took words away."""
        return tuple(change for change in self.changes if change.lost)

    def lines(self) -> Iterator[str]:
        """Yield the report for a person to read."""
        yield "Made:"
        yield f"  chapters: {self.chapters}, appendices: {self.appendices}"
        yield f"  sections: {self.made['section']}, sub-sections: {self.made['sub-section']}"
        yield (
            f"  drawings: {self.drawn} ({self.made['drawing healed']} straightened, "
            f"{self.made['drawing unchanged']} as they were), "
            f"left as text: {self.made['drawing left as text']}"
        )
        code = ", ".join(f"{name} {count}" for name, count in sorted(self.code.items()))
        yield f"  code blocks: {sum(self.code.values())}{f' ({code})' if code else ''}"
        yield f"  tables: {self.made['table']}, links led anew: {self.made['link']}"
        yield f"  questions with folded answers: {len(self.questions)}"
        yield from (f"    line {one.line}: {one.title}" for one in self.questions)
        if self.notes:
            yield "To look at (lines of the guide):"
            yield from (_told(note.line, note.what) for note in self.notes)
        yield from self._lost_lines()
        yield from self._balance_lines()

    def _lost_lines(self) -> Iterator[str]:
        numbers = [one for one in self.lost if _NUMBERED.match(f"{one.kind} {one.lost}")]
        if self.lost:
            yield "Words of the guide that are not in the course:"
        others = (one for one in self.lost if one not in numbers)
        for kind, group in groupby(others, key=lambda one: one.kind):
            gone = list(group)
            words = _short(" ".join(one.lost for one in gone))
            until = f" to {gone[-1].line}" if gone[1:] else ""
            yield f"  line {gone[0].line}{until}: {kind}: {words}"
        if numbers:
            yield f"  numbers of headings: {len(numbers)} (the portal numbers chapters itself)"

    def _balance_lines(self) -> Iterator[str]:
        if self.balance.is_even:
            yield "Every other word of the guide is in the course."
            return
        for what, words in (("missing", self.balance.missing), ("added", self.balance.surplus)):
            if words:
                yield f"NOT ACCOUNTED FOR, {what}: {_short(' '.join(words))}"


def report_of(log: Log, *, chapters: int, appendices: int, balance: Balance) -> Report:
    """Close the log of an import."""
    return Report(
        chapters=chapters,
        appendices=appendices,
        made=log.made,
        code=log.code,
        questions=tuple(log.questions),
        notes=tuple(sorted(set(log.notes))),
        changes=tuple(log.changes),
        balance=balance,
    )


def _told(line: int, what: str) -> str:
    return f"  line {line}: {what}" if line else f"  {what}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
