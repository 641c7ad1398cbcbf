"""The shape of the file of a lab, with words for what each value is."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from content.catalog.schema import Count, Text, Texts

CheckId = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9-]*\Z",
        min_length=3,
        max_length=60,
        description="an id such as 'ecr-repo': small letters, digits, hyphens, 3 to 60",
    ),
]
CheckLevel = Annotated[
    str,
    Meta(
        pattern=r"^(required|recommended|optional)\Z",
        description="one of required, recommended, optional",
    ),
]
Heading = Annotated[
    str,
    Meta(
        pattern=r"^([0-9]{2,4}|[a-z])-[a-z0-9-]+\.md#[a-z][a-z0-9-]*\Z",
        description="the heading that explains it, such as '02-ecr.md#push'",
    ),
]


class CheckTable(Struct, forbid_unknown_fields=True, frozen=True):
    """One `[[check]]`."""

    id: CheckId
    level: CheckLevel
    section: Heading
    title: Texts
    why: Texts
    mend: Texts
    command: Text | None = None


class LabTable(Struct, forbid_unknown_fields=True, frozen=True):
    """`[lab]`: what the lab is called, where its steps are, what it takes."""

    title: Texts
    summary: Texts
    section: Heading
    minutes: Count
    cost: Texts
    needs: Annotated[
        list[Text], Meta(description="a list of files of labs, such as ['01-push-image']")
    ] = []


class LabFile(Struct, forbid_unknown_fields=True, frozen=True):
    """A file of labs/ as a whole."""

    lab: Annotated[LabTable, Meta(description="a table [lab]")]
    check: Annotated[
        list[CheckTable], Meta(max_length=100, description="at most 100 tables [[check]]")
    ] = []
