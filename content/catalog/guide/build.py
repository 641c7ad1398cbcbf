"""Turns the text of one long Markdown guide into the files of a course."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from content.catalog.guide.course import Terms, chapter, manifest
from content.catalog.guide.definitions import distribute
from content.catalog.guide.fault import GuideError
from content.catalog.guide.ledger import balance
from content.catalog.guide.log import Log, Picture
from content.catalog.guide.names import plain
from content.catalog.guide.outline import last_update, outline
from content.catalog.guide.plan import plans, targets
from content.catalog.guide.report import Report, report_of

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?\Z")
LICENCE = "All rights reserved"


@dataclass(frozen=True, slots=True)
class Imported:
    """A course made from a guide: text by path in its folder, and the images to put beside."""

    files: Mapping[str, str]
    pictures: tuple[Picture, ...]
    report: Report


def convert(
    text: str,
    *,
    slug: str,
    language: str,
    today: date,
    checked: date | None = None,
    licence: str = LICENCE,
) -> Imported:
    """Make a course of a guide, `text` with lines that end in `\\n`.

    The course counts as checked on `checked`, or on the day the guide says it was last updated,
    or `today`. Raises GuideError when the guide cannot be imported; whether every word arrived is
    in the report's `balance`.
    """
    _refuse_names(slug, language)
    log = Log()
    found = outline(text, log)
    distribute(found, log)
    made = plans(found, log)
    leads = targets(found, made)
    title = plain(found.title.text) if found.title else found.matter.get("title") or slug
    if not found.title:
        log.note(0, f"the guide has no title of one mark (# …): the course is called {title!r}")
    if licence == LICENCE:
        log.note(0, f"the licence in course.toml is {LICENCE!r}: write the right one")
    terms = Terms(language, licence, checked or last_update(found) or today)
    files = {"course.toml": manifest(found, made, title, terms, log)}
    for place, plan in enumerate(made):
        intro = found.preamble if place == 0 else ()
        written = chapter(plan, intro, leads, terms, log)
        files[f"chapters/{language}/{plan.stem}.md"] = written
    appendices = sum(plan.is_appendix for plan in made)
    if any(intro for intro in found.preamble):
        where = f"{made[0].stem}.md"
        log.note(found.preamble[0].line, f"the text before the first chapter opens {where}")
    report = report_of(
        log,
        chapters=len(made) - appendices,
        appendices=appendices,
        balance=balance(text, files.values(), log.changes),
    )
    return Imported(files, tuple(log.pictures.values()), report)


def _refuse_names(slug: str, language: str) -> None:
    if not _SLUG.match(slug):
        raise GuideError(
            None,
            f"{slug!r} cannot be the name of a course",
            "use a to z, 0 to 9 and single hyphens, such as aws-ecs-ecr",
        )
    if not _LANGUAGE.match(language):
        raise GuideError(None, f"{language!r} is no language", "write a code such as ja or pt-BR")
