"""The work behind a cell of the gradebook: sections read, attempts, looks at an account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from classes.models import Kind, Membership
from content.catalog.model import Course
from content.models import SectionRead
from labs import reporting, runs
from labs.models import Run
from labs.reporting import Report
from quizzes import results
from quizzes.results import Line


@dataclass(frozen=True, slots=True)
class SectionRow:
    title: str
    read_at: datetime | None
    is_again: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What there is of one piece of work; the report is that of the latest look."""

    sections: Sequence[SectionRow] = ()
    lines: Sequence[Line] = ()
    runs: Sequence[Run] = ()
    report: Report | None = None


def of_cell(member: Membership, course: Course, kind: Kind, slug: str, language: str) -> Evidence:
    """Return the work of one learner behind one cell. At most two queries."""
    if kind == Kind.CHAPTER:
        return Evidence(sections=_sections(member, course, slug, language))
    if kind == Kind.QUIZ:
        return Evidence(lines=results.history(member.user_id, course.slug, slug))
    found = runs.history(member.user_id, course.slug, slug)
    lab = course.lab(slug)
    report = reporting.report(found[0], lab, course, language) if found else None
    return Evidence(runs=found, report=report)


def _sections(member: Membership, course: Course, slug: str, language: str) -> list[SectionRow]:
    chapter = course.chapter(slug)
    rows = SectionRead.objects.filter(user=member.user_id, course=course.slug, chapter=slug)
    read = {one.section: one for one in rows}
    titles = {one.id: one.title for one in chapter.text(language).page.sections}
    return [
        SectionRow(
            titles.get(one, one),
            read[one].read_at if one in read else None,
            one in read and read[one].again_since is not None,
        )
        for one in chapter.section_ids
    ]
