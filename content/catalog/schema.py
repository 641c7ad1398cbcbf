"""The shape of course.toml, glossary.toml and front matter, with words for what each value is."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

Text = Annotated[str, Meta(pattern=r"\S", description="a text in quotes that is not empty")]
Texts = Annotated[dict[str, Text], Meta(description="a table with one text for each language")]
Day = Annotated[date, Meta(description="a date without quotes, such as 2026-11-23")]
Count = Annotated[int, Meta(ge=1, le=100_000, description="a whole number from 1 to 100000")]
Percent = Annotated[int, Meta(ge=1, le=100, description="a whole number from 1 to 100")]
Words = Annotated[list[Text], Meta(description="a list of texts, such as ['a', 'b']")]
Language = Annotated[
    str, Meta(pattern=r"^[a-z]{2}(-[A-Z]{2})?\Z", description="a language such as 'ja' or 'pt-BR'")
]
Stem = Annotated[
    str,
    Meta(
        pattern=r"^([0-9]{2,4}|[a-z])-[a-z0-9-]+\Z",
        description="a chapter such as '02-ecr', or 'a-limits' for an appendix",
    ),
]
Task = Annotated[
    str,
    Meta(pattern=r"^[1-9][0-9]?\.[1-9][0-9]?\Z", description="a task of the exam such as '1.3'"),
]

_LINE = r"^(?=.*\S)[^\x00-\x1f\x7f\x85\u2028\u2029]*\Z"
TermId = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9-]*\Z",
        max_length=60,
        description="an id such as 'task-definition': small letters, digits, hyphens, at most 60",
    ),
]
TermName = Annotated[
    str,
    Meta(
        pattern=_LINE,
        max_length=60,
        description="a name on one line, of at most 60 characters",
    ),
]
Meaning = Annotated[
    str,
    Meta(
        pattern=_LINE,
        max_length=300,
        description="one sentence on one line, of at most 300 characters",
    ),
]
SectionLink = Annotated[
    str,
    Meta(
        pattern=r"^([0-9]{2,4}|[a-z])-[a-z0-9-]+\.md(#[a-z][a-z0-9-]*)?\Z",
        description="a chapter or section such as '02-ecr.md#push'",
    ),
]


class DomainTable(Struct, forbid_unknown_fields=True, frozen=True):
    """One `[[exam.domains]]` of course.toml."""

    number: Percent
    title: Texts
    weight: Percent


class ExamTable(Struct, forbid_unknown_fields=True, frozen=True):
    """`[exam]` of course.toml."""

    code: Text
    title: Texts
    questions: Count
    scored: Count
    minutes: Count
    pass_score: Count
    domains: Annotated[
        list[DomainTable],
        Meta(min_length=1, description="one table [[exam.domains]] for each domain"),
    ]


class CourseTable(Struct, forbid_unknown_fields=True, frozen=True):
    """course.toml as a whole."""

    languages: Annotated[
        list[Language], Meta(min_length=1, description="a list of languages, such as ['ja', 'en']")
    ]
    chapters: Annotated[
        list[Stem], Meta(min_length=1, description="a list of files, such as ['01-overview']")
    ]
    checked: Day
    licence: Text
    title: Texts
    summary: Texts
    exam: Annotated[ExamTable, Meta(description="a table [exam]")] | None = None


class ChapterTable(Struct, forbid_unknown_fields=True, frozen=True):
    """The front matter of a chapter."""

    title: Text
    summary: Text
    checked: Day
    tasks: Annotated[list[Task], Meta(description="a list of tasks, such as ['1.3', '6.2']")] = []
    sources: Words = []


class TermTable(Struct, forbid_unknown_fields=True, frozen=True):
    """One `[[term]]` of glossary.toml."""

    id: TermId
    name: Annotated[
        dict[str, TermName], Meta(description="a table with one name for each language")
    ]
    meaning: Annotated[
        dict[str, Meaning], Meta(description="a table with one sentence for each language")
    ]
    also: Annotated[
        list[TermName], Meta(description="a list of other spellings, such as ['taskdef']")
    ] = []
    section: SectionLink | None = None


class GlossaryTable(Struct, forbid_unknown_fields=True, frozen=True):
    """glossary.toml as a whole."""

    term: Annotated[
        list[TermTable], Meta(min_length=1, description="one table [[term]] for each term")
    ]
