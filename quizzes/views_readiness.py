"""The page that says how ready a learner is, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.requests import LearnerRequest
from content.catalog.model import Exam
from content.views import get_course, language_for
from quizzes import shared_clock
from quizzes.readiness import DomainEstimate, Range
from quizzes.standing import Advice, Standing, pass_share, standing


@dataclass(frozen=True, slots=True)
class Percents:
    """A range in whole percents, as a bar shows it."""

    low: int
    middle: int
    high: int

    @property
    def width(self) -> int:
        return max(self.high - self.low, 1)


@dataclass(frozen=True, slots=True)
class DomainRow:
    number: int
    title: str
    weight: int
    estimate: DomainEstimate
    share: Percents | None
    rise: int | None
    advice: Advice


@require_safe
def readiness(request: LearnerRequest, course: str) -> HttpResponse:
    found = get_course(course)
    if found.exam is None:
        raise Http404(_("This course prepares for no exam."))
    language = language_for(found, request)
    stands = standing(request.user.pk, found, found.exam, language, shared_clock.now())
    passing = stands.readiness.passing
    context = {
        "course_title": found.title(language),
        "language": language,
        "exam": found.exam,
        "exam_title": found.exam.title(language),
        "readiness": stands.readiness,
        "passing": percents(passing) if passing else None,
        "rows": domain_rows(found.exam, stands, language),
        "pass_percent": round(100 * pass_share(found.exam), 1),
    }
    return render(request, "quizzes/readiness.html", context)


def percents(share: Range) -> Percents:
    return Percents(round(100 * share.low), round(100 * share.middle), round(100 * share.high))


def domain_rows(exam: Exam, stands: Standing, language: str) -> Sequence[DomainRow]:
    """Return the domains, those that would raise the chance most first, then by number."""
    rises = {one.domain: round(100 * one.rise) for one in stands.readiness.gains}
    estimates = {one.domain: one for one in stands.readiness.domains}
    rows = [
        DomainRow(
            one.number,
            one.title(language),
            one.weight,
            estimates[one.number],
            percents(share) if (share := estimates[one.number].share) else None,
            rises.get(one.number),
            stands.advice[one.number],
        )
        for one in exam.domains
    ]
    return sorted(rows, key=lambda row: (-(row.rise or 0), row.number))
