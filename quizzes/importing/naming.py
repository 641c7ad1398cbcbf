"""Gives every question an id that the course does not have yet."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from quizzes.importing.model import Question

LONGEST = 60
_ID = re.compile(r"[a-z][a-z0-9-]{2,59}")
_WORDS = 6


def named(questions: Sequence[Question], taken: Collection[str], stem: str) -> list[Question]:
    """Return the questions, each with an id: its own, or one of its words, or of the file."""
    used = {*taken, *(one.id for one in questions if _ID.fullmatch(one.id))}
    made = []
    for one in questions:
        if _ID.fullmatch(one.id):
            made.append(one)
            continue
        free = next(name for name in _names(one, stem) if name not in used)
        used.add(free)
        made.append(replace(one, id=free))
    return made


def _names(question: Question, stem: str) -> Iterator[str]:
    said = question.id or question.prompt.get("en", "") or question.first_prompt
    words = re.findall(r"[a-z0-9]+", said.lower())[:_WORDS]
    name = "-".join(words)[: LONGEST - 6].strip("-")
    if not _ID.fullmatch(name):
        name = "-".join(re.findall(r"[a-z0-9]+", f"q-{stem.lower()}"))[: LONGEST - 6].strip("-")
    yield name if len(name) > 2 else "question"  # noqa: PLR2004 - the shortest id has three
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1
