"""The shape of a file of questions, with words for what each value is."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct

from content.catalog.schema import Count, Task, Text, Texts

QuestionId = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9-]*\Z",
        min_length=3,
        max_length=60,
        description="an id such as 'latest-may-move': small letters, digits, hyphens, 3 to 60",
    ),
]
QuestionKind = Annotated[
    str,
    Meta(
        pattern=r"^(single|multiple|ordering|matching|short)\Z",
        description="one of single, multiple, ordering, matching, short",
    ),
]
Difficulty = Annotated[int, Meta(ge=1, le=3, description="1, 2 or 3")]
Place = Annotated[
    str,
    Meta(
        pattern=r"^([0-9]{2,4}|[a-z])-[a-z0-9-]+\.md#[a-z][a-z0-9-]*\Z",
        description="the heading that answers it, such as '02-ecr.md#push'",
    ),
]
Forms = Annotated[
    list[Text], Meta(min_length=1, description="a list of spellings, such as ['valueFrom']")
]
Number = Annotated[Decimal, Meta(description="a number")]
Unit = Annotated[
    str,
    Meta(
        pattern=r"^(s|min|h|d|MiB|GiB|%|)\Z",
        description="one of s, min, h, d, MiB, GiB, %, or '' for a count",
    ),
]
Draw = Annotated[str, Meta(pattern=r"^exam\Z", description="'exam': drawn like the exam")]


class ChoiceTable(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """One `[[question.choice]]`."""

    reason: Texts
    right: Annotated[bool, Meta(description="true or false")] = False
    text: Texts | None = None
    match: Texts | None = None
    forms: Forms | None = None
    number: Number | None = None
    unit: Unit = ""


class QuestionTable(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """One `[[question]]`."""

    id: QuestionId
    kind: QuestionKind
    task: Task
    difficulty: Difficulty
    section: Place
    sources: Annotated[list[Text], Meta(min_length=1, description="a list of sources")]
    prompt: Texts
    explanation: Texts
    trap: Texts
    choice: Annotated[
        list[ChoiceTable],
        Meta(min_length=1, max_length=10, description="1 to 10 tables [[question.choice]]"),
    ]


class QuizTable(Struct, forbid_unknown_fields=True, frozen=True):
    """`[quiz]`: what the file is called, and how it may be sat as an exam."""

    title: Texts | None = None
    summary: Texts | None = None
    minutes: Count | None = None
    attempts: Count | None = None
    draw: Draw | None = None


class QuizFile(Struct, forbid_unknown_fields=True, frozen=True):
    """A file of quizzes/ as a whole."""

    quiz: Annotated[QuizTable, Meta(description="a table [quiz]")] = QuizTable()
    question: Annotated[
        list[QuestionTable],
        Meta(max_length=200, description="at most 200 tables [[question]]"),
    ] = []
