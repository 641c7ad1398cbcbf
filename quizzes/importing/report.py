"""Tells what became of a file, line by line, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quizzes.importing.comparing import Duplicate
from quizzes.importing.gaps import gaps
from quizzes.importing.model import Question, Reading

MOST = 50  # lines under one heading


@dataclass(frozen=True, slots=True)
class Report:
    """`new` are the questions that would be written, in the `languages` of the course."""

    reading: Reading
    new: Sequence[Question]
    duplicates: Sequence[Duplicate]
    languages: Sequence[str]

    def lines(self) -> Iterator[str]:
        kinds = [one.kind for one in self.reading.questions]
        told = ", ".join(f"{one} {kinds.count(one)}" for one in dict.fromkeys(kinds))
        yield f"Understood: {len(kinds)}" + (f" ({told})" if told else "")
        yield from _listed("Not understood", self.reading.refused)
        yield from _listed("Understood in part", self.reading.notes)
        yield from _listed("There already, left out", self.duplicates)
        lacking = [(one, gaps(one, self.languages)) for one in self.new]
        told_gaps = [f"{one.place}: {', '.join(keys)}" for one, keys in lacking if keys]
        yield from _listed("Still to add", told_gaps)
        yield f"New: {len(self.new)}"


def _listed(heading: str, things: Iterable[object]) -> Iterator[str]:
    lines = [str(one) for one in things]
    yield f"{heading}: {len(lines)}"
    for one in lines[:MOST]:
        yield f"  {''.join(sign if sign.isprintable() else ' ' for sign in one)}"
    if len(lines) > MOST:
        yield f"  and {len(lines) - MOST} more"
