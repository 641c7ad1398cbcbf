"""How far a reader is: sections marked read, the place kept, what to resume and what is next."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Q

from content.catalog.model import Chapter, Course
from content.models import Place, SectionRead

State = Literal["new", "started", "done"]
MarkState = Literal["unread", "read", "again"]
ReadSections = Mapping[str, frozenset[str]]
NOTHING_READ: ReadSections = {}


class UnknownSectionError(LookupError):
    """The chapter has no section of that name (any more)."""


@dataclass(frozen=True, slots=True)
class Progress:
    read: int
    total: int

    @property
    def percent(self) -> int:
        return 100 * self.read // self.total if self.total else 0

    @property
    def state(self) -> State:
        if self.read == 0:
            return "new"
        return "done" if self.read >= self.total else "started"


@dataclass(frozen=True, slots=True)
class Stop:
    """The section a reader should go to: where they were, or the first they have not read."""

    kind: Literal["resume", "next"]
    chapter: Chapter
    section: str


def mark_read(user_id: int, course: Course, chapter: Chapter, section: str, at: datetime) -> None:
    """Note that the section is read. Twice is the same as once; the first moment is kept."""
    require_section(chapter, section)
    row, is_new = SectionRead.objects.get_or_create(
        user_id=user_id,
        course=course.slug,
        chapter=chapter.slug,
        section=section,
        defaults={"read_at": at, "text_hash": text_hash(course, chapter, section)},
    )
    if not is_new and row.again_since is not None:
        row.again_since = None
        row.save(update_fields=["again_since"])


def mark_unread(user_id: int, course: Course, chapter: Chapter, section: str) -> None:
    require_section(chapter, section)
    SectionRead.objects.filter(
        user_id=user_id, course=course.slug, chapter=chapter.slug, section=section
    ).delete()


def send_back(
    user_id: int, course: str, sections: Collection[tuple[str, str]], at: datetime
) -> None:
    """Ask the reader to read sections, given as (chapter, section), once more.

    Those that were not read yet stay as they are; those that are gone do no harm.
    """
    wanted = Q()
    for chapter, section in sections:
        wanted |= Q(chapter=chapter, section=section)
    if sections:
        SectionRead.objects.filter(wanted, user_id=user_id, course=course).update(again_since=at)


def keep_place(user_id: int, course: Course, chapter: Chapter, section: str, at: datetime) -> None:
    """Keep the section as the reader's place in the course."""
    require_section(chapter, section)
    Place.objects.update_or_create(
        user_id=user_id,
        course=course.slug,
        defaults={"chapter": chapter.slug, "section": section, "seen_at": at},
    )


def require_section(chapter: Chapter, section: str) -> None:
    if section not in chapter.section_ids:
        raise UnknownSectionError(section)


def text_hash(course: Course, chapter: Chapter, section: str) -> str:
    """Return 16 hex digits of what the section says in the course's first language."""
    page = chapter.text(course.languages[0]).page
    text = next(part.text for part in page.sections if part.id == section)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_sections(
    user_id: int | None, course: Course, chapters: Collection[Chapter] | None = None
) -> ReadSections:
    """Return the sections read by chapter slug, of `chapters` or of the whole course."""
    return read_and_again(user_id, course, chapters)[0]


def read_and_again(
    user_id: int | None, course: Course, chapters: Collection[Chapter] | None = None
) -> tuple[ReadSections, ReadSections]:
    """Return the sections read, and those of them to read again: one query."""
    if user_id is None:
        return NOTHING_READ, NOTHING_READ
    rows = SectionRead.objects.filter(user_id=user_id, course=course.slug)
    if chapters is not None:
        rows = rows.filter(chapter__in=[chapter.slug for chapter in chapters])
    read: defaultdict[str, set[str]] = defaultdict(set)
    again: defaultdict[str, set[str]] = defaultdict(set)
    for chapter, section, since in rows.values_list("chapter", "section", "again_since"):
        read[chapter].add(section)
        if since is not None:
            again[chapter].add(section)
    return frozen(read), frozen(again)


def frozen(sections: Mapping[str, set[str]]) -> ReadSections:
    return {chapter: frozenset(ids) for chapter, ids in sections.items()}


def read_everywhere(user_id: int | None) -> Mapping[str, ReadSections]:
    """Return the sections read in every course, by course slug and chapter slug: one query."""
    if user_id is None:
        return {}
    read: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = SectionRead.objects.filter(user_id=user_id)
    for course, chapter, section in rows.values_list("course", "chapter", "section"):
        read[course][chapter].add(section)
    return {course: frozen(chapters) for course, chapters in read.items()}


def mark_state(section: str, read: Collection[str], again: Collection[str]) -> MarkState:
    if section in again:
        return "again"
    return "read" if section in read else "unread"


def of_chapter(chapter: Chapter, read: ReadSections) -> Progress:
    here = read.get(chapter.slug, frozenset())
    return Progress(sum(id_ in here for id_ in chapter.section_ids), len(chapter.section_ids))


def of_course(course: Course, read: ReadSections) -> Progress:
    parts = [of_chapter(chapter, read) for chapter in course.chapters]
    return Progress(sum(part.read for part in parts), sum(part.total for part in parts))


def place(user_id: int | None, course: Course) -> Place | None:
    if user_id is None:
        return None
    return Place.objects.filter(user_id=user_id, course=course.slug).first()


def places(user_id: int | None) -> list[Place]:
    """Return the reader's places, the latest first."""
    if user_id is None:
        return []
    return list(Place.objects.filter(user_id=user_id).order_by("-seen_at"))


def stop(course: Course, read: ReadSections, kept: Place | None) -> Stop | None:
    """Return where to go on: the kept place while it is unread, else the first unread section.

    None when nothing was begun (there is nothing to resume) or everything is read. A place whose
    section has left the course falls back to the first unread section.
    """
    if kept is None and not read:
        return None
    if kept is not None:
        chapter = next((one for one in course.chapters if one.slug == kept.chapter), None)
        unread = kept.section not in read.get(kept.chapter, frozenset())
        if chapter is not None and kept.section in chapter.section_ids and unread:
            return Stop("resume", chapter, kept.section)
    return first_unread(course, read)


def first_unread(course: Course, read: ReadSections) -> Stop | None:
    for chapter in course.chapters:
        here = read.get(chapter.slug, frozenset())
        for section in chapter.section_ids:
            if section not in here:
                return Stop("next", chapter, section)
    return None
