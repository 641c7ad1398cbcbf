"""Finds questions: those of the loaded courses, and old versions as they were asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from content import library, rendering
from content.catalog.model import Course
from content.catalog.questions import Question, Quiz
from content.catalog.quiz.build import from_payload
from quizzes.models import QuestionVersion


class UnknownVersion(LookupError):  # noqa: N818 - said as it is read in a view
    """No question of that digest was ever asked here."""


def questions_of(course: Course, quiz: Quiz) -> Collection[Question]:
    """Return what a quiz asks from: its own questions, or the whole bank when it is drawn."""
    return course.questions.values() if quiz.is_drawn else quiz.questions


def keep(course: str, questions: Iterable[Question]) -> None:
    """Write down the versions that were never asked before. One query when all are known."""
    by_digest = {one.digest: one for one in questions}
    known = QuestionVersion.objects.filter(digest__in=by_digest).values_list("digest", flat=True)
    missing = by_digest.keys() - set(known)
    if missing:
        QuestionVersion.objects.bulk_create(
            [
                QuestionVersion(
                    digest=digest,
                    course=course,
                    question=by_digest[digest].id,
                    payload=by_digest[digest].payload,
                )
                for digest in sorted(missing)
            ],
            ignore_conflicts=True,
        )


def versions(course: str, digests: Iterable[str]) -> Mapping[str, Question]:
    """Return questions by digest, from memory where the course still has them as they were."""
    wanted = set(digests)
    current = _by_digest(course)
    found = {digest: current[digest] for digest in wanted & current.keys()}
    old = wanted - found.keys()
    if old:
        rows = QuestionVersion.objects.filter(digest__in=old)
        found |= {row.digest: _old(row.digest, row.payload) for row in rows}
    return found


def version(course: str, digest: str) -> Question:
    """Return the question of a digest, or raise UnknownVersion."""
    try:
        return versions(course, [digest])[digest]
    except KeyError:
        raise UnknownVersion(digest) from None


def _by_digest(slug: str) -> Mapping[str, Question]:
    try:
        return _index(library.course(slug))
    except library.UnknownCourse:
        return {}


@lru_cache(maxsize=64)
def _index(course: Course) -> Mapping[str, Question]:
    return MappingProxyType({one.digest: one for one in course.questions.values()})


@lru_cache(maxsize=1024)
def _old(digest: str, payload: str) -> Question:
    """Return an old version; the digest is part of the key so that look-ups need no long hash."""
    del digest
    return from_payload(payload, rendering.render)
