"""Writes tiny files of questions: sound by default, with one thing changed when a test asks."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from content import rendering
from content.catalog.decode import decode
from content.catalog.questions import Question
from content.catalog.quiz.build import build
from content.catalog.quiz.schema import QuizFile

HEAD = """\
[[question]]
id = "{question_id}"
kind = "{kind}"
task = "{task}"
difficulty = 2
section = "{section}"
sources = ["https://docs.aws.amazon.com/ecs/"]
prompt.ja = "{question_id} について答えてください。"
prompt.en = "What about {question_id}?"
explanation.ja = "理由です。"
explanation.en = "This is why."
trap.ja = "わなです。"
trap.en = "This misleads."
"""
WORDS = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot")


def choice_toml(word: str, *, right: bool = False, more: str = "", text: bool = True) -> str:
    """Return one [[question.choice]] called `word`."""
    lines = ["[[question.choice]]"]
    lines += ["right = true"] if right else []
    lines += [f'text.ja = "{word}です"', f'text.en = "{word}"'] if text else []
    lines += [more] if more else []
    return "\n".join([*lines, f'reason.ja = "{word}の理由"', f'reason.en = "because {word}"', ""])


def question_toml(
    question_id: str,
    kind: str = "single",
    *,
    choices: Sequence[str] | None = None,
    task: str = "1.1",
    section: str = "01-first.md#what",
) -> str:
    """Return a sound question of a kind; alpha (and bravo, if there are two) is right."""
    head = HEAD.format(question_id=question_id, kind=kind, task=task, section=section)
    return "\n".join([head, *(choices or CHOICES[kind])])


CHOICES: dict[str, list[str]] = {
    "single": [choice_toml(word, right=word == "alpha") for word in WORDS[:4]],
    "multiple": [choice_toml(word, right=word in ("alpha", "bravo")) for word in WORDS[:5]],
    "ordering": [choice_toml(word) for word in WORDS[:3]],
    "matching": [
        choice_toml(word, more=f'match.ja = "{word}の相手"\nmatch.en = "mate of {word}"')
        for word in WORDS[:3]
    ],
    "short": [
        choice_toml("alpha", right=True, text=False, more='forms = ["Alpha-Form", "other form"]'),
        choice_toml("bravo", text=False, more='forms = ["bravo"]'),
    ],
}
RIGHT: dict[str, list[int] | str] = {
    "single": [0],
    "multiple": [0, 1],
    "ordering": [0, 1, 2],
    "matching": [0, 1, 2],
    "short": "Alpha-Form",
}


def make_question(question_id: str = "one", kind: str = "single", **more) -> Question:
    """Return a question as a course would hold it."""
    decoded = decode(question_toml(question_id, kind, **more), QuizFile)
    assert decoded.table is not None, decoded.faults
    return build(msgspec.structs.replace(decoded.table.question[0]), "what", rendering.render)
