"""What a run says on a page: to mend, to wait for, not seen, fine."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from content.catalog.labs_model import Lab, LabCheck, Paragraph
from content.catalog.model import Course, UnknownChapter, in_language
from content.navigation import Place, place
from content.rendering.model import Html
from labs.checks.model import Status
from labs.models import Run
from labs.words import Trouble, trouble

ID = re.compile(r'\sid="([^"]+)"')
LINK = re.compile(r'((?:href|src)=")(?:(\.\./)|#([^"]*))')


@dataclass(frozen=True, slots=True)
class CheckView:
    """A check with what was found; `status` is None before the first run."""

    id: str
    level: str
    title: Html
    why: Html
    mend: Html
    listing: Html
    place: Place | None
    status: Status | None = None
    found: str = ""
    expected: str = ""
    trouble: Trouble | None = None
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The checks of a run in groups: of those that failed, `mend` is required, `improve` is not.

    `is_waiting` says that looking again soon is worth it.
    """

    mend: Sequence[CheckView]
    improve: Sequence[CheckView]
    wait: Sequence[CheckView]
    unseen: Sequence[CheckView]
    fine: Sequence[CheckView]

    @property
    def is_waiting(self) -> bool:
        return bool(self.wait)


def checks(lab: Lab, course: Course, language: str) -> list[CheckView]:
    """Return what a lab looks at, before anything was seen."""
    return [_view(one, course, language) for one in lab.checks]


def report(run: Run, lab: Lab, course: Course, language: str) -> Report:
    """Return a run in groups; checks that the lab no longer has are left out."""
    labels = {one.id: in_language(one.labels, language) for one in lab.checks}
    words = {one.id: one for one in lab.checks}
    views = [
        _view(words[one["check"]], course, language, one, labels)
        for one in run.verdicts
        if one["check"] in words
    ]
    by_status = {status: [one for one in views if one.status == status] for status in _STATUSES}
    return Report(
        mend=[one for one in by_status["fail"] if one.level == "required"],
        improve=[one for one in by_status["fail"] if one.level != "required"],
        wait=by_status["wait"],
        unseen=by_status["unknown"] + by_status["skip"],
        fine=by_status["pass"],
    )


_STATUSES: tuple[Status, ...] = ("fail", "wait", "unknown", "skip", "pass")


def _view(
    check: LabCheck,
    course: Course,
    language: str,
    verdict: Mapping[str, str] | None = None,
    labels: Mapping[str, str] | None = None,
) -> CheckView:
    said = verdict or {}
    cause = said.get("cause", "")
    needed = (labels or {}).get(cause, "")
    status: Status | None = next((one for one in _STATUSES if one == said.get("status")), None)
    return CheckView(
        id=check.id,
        level=check.level,
        title=Html(in_language(check.titles, language)),
        why=Html(in_language(check.whys, language)),
        mend=Html(in_language(check.mends, language)),
        listing=check.listing,
        place=place_of(check.paragraph, course, language),
        status=status,
        found=said.get("found", ""),
        expected=said.get("expected", ""),
        trouble=trouble(cause) if status == "unknown" or cause == "other_way" else None,
        needs=needed,
    )


@lru_cache(maxsize=256)
def steps(lab: Lab, course: Course, language: str) -> Html | None:
    """Return the section of the course that a lab's steps are in, to be shown on the lab's page.

    Its links are written for the chapter's page: those that lead out of the section are led from
    here.
    """
    try:
        chapter = course.chapter(lab.paragraph.chapter)
    except UnknownChapter:
        return None
    sections = chapter.text(language).page.sections
    html = next((one.html for one in sections if one.id == lab.paragraph.part), None)
    if html is None:
        return None
    here = set(ID.findall(html))
    home = reverse("content:course", args=[course.slug])
    away = reverse("content:chapter", args=[course.slug, chapter.slug])

    def led(found: re.Match[str]) -> str:
        if found[2]:
            return f"{found[1]}{home}"
        return found[0] if found[3] in here else f"{found[1]}{away}#{found[3]}"

    return Html(LINK.sub(led, html))


def place_of(paragraph: Paragraph, course: Course, language: str) -> Place | None:
    """Return where the course explains it, unless the section has gone."""
    return place(course, paragraph.chapter, paragraph.section, language)
