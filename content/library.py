"""The loaded courses; the only module that knows where they are."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from django.conf import settings

from content import rendering
from content.catalog.load import CourseError, load_course
from content.catalog.model import Course
from content.catalog.problems import Problem
from content.page_store import PageStore

NOT_OURS = "lost+found"  # a disk mounted as the folder of courses brings this along

Signature = tuple[tuple[str, int, int], ...]  # path, time of change in ns, bytes


class LibraryError(Exception):
    """The courses cannot be used. `problems` is empty when there is no course at all."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class UnknownCourse(LookupError):  # noqa: N818 - said as it is read in a view
    """There is no course of that slug."""


def courses() -> Mapping[str, Course]:
    """Return all courses by slug, in the order of their slugs; loads them at the first call."""
    return _library.shelf().courses


def course(slug: str) -> Course:
    """Return the course of that slug, or raise UnknownCourse."""
    try:
        return courses()[slug]
    except KeyError:
        raise UnknownCourse(f"There is no course {slug!r}.") from None


def load() -> Mapping[str, Course]:
    """Read all courses anew, or raise LibraryError and keep what was loaded before."""
    return _library.load().courses


def reload_if_changed() -> None:
    """In development: read the courses anew when a file changed. Never raises LibraryError.

    When the new version is broken, the last good one stays and `last_error` says why.
    """
    if settings.DEBUG:
        _library.reload_if_changed()


def last_error() -> LibraryError | None:
    """Return why the newest version could not be loaded; None when it was."""
    return _library.error


def folders() -> tuple[Path, ...]:
    """Return the folders of all courses, or raise LibraryError when there is none."""
    root: Path = settings.PORTAL_COURSES_DIR
    try:
        found = sorted(child for child in root.iterdir() if _is_ours(child))
    except OSError as error:
        raise LibraryError(
            f"PORTAL_COURSES_DIR is {root}, which cannot be read ({error.strerror}); "
            "point it at the folder that holds the folders of courses."
        ) from None
    if not found:
        raise LibraryError(
            f"PORTAL_COURSES_DIR is {root}, which holds no course; "
            "put a course folder with a course.toml there, or point it elsewhere."
        )
    return tuple(found)


def _is_ours(child: Path) -> bool:
    # Not is_dir(): a link that leads nowhere is to be told, not passed over.
    return not child.name.startswith(".") and child.name != NOT_OURS and not child.is_file()


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What was loaded, and from where: other settings mean other courses."""

    places: tuple[Path, Path]
    courses: Mapping[str, Course]


class _Library:
    """One a process. Readers take the shelf as it is; only loading takes the lock."""

    def __init__(self) -> None:
        self.error: LibraryError | None = None
        self._lock = threading.Lock()
        self._shelf: _Shelf | None = None
        self._signature: Signature | None = None

    def shelf(self) -> _Shelf:
        shelf = self._shelf
        if shelf is not None and shelf.places == _places():
            return shelf
        with self._lock:
            shelf = self._shelf
            if shelf is None or shelf.places != _places():
                shelf = self._read()
            return shelf

    def load(self) -> _Shelf:
        with self._lock:
            return self._read()

    def reload_if_changed(self) -> None:
        with self._lock:
            signature = _signature(settings.PORTAL_COURSES_DIR)
            if signature == self._signature:
                return
            try:
                self._read()
            except LibraryError:
                return  # kept in self.error

    def _read(self) -> _Shelf:
        places = _places()
        # Taken before reading: what changes meanwhile is read at the next look.
        self._signature = _signature(settings.PORTAL_COURSES_DIR)
        try:
            self._shelf = _Shelf(places, _read_all())
        except LibraryError as error:
            self.error = error
            raise
        self.error = None
        return self._shelf


_library = _Library()


def _places() -> tuple[Path, Path]:
    return settings.PORTAL_COURSES_DIR, settings.PORTAL_DATA_DIR


def _read_all() -> Mapping[str, Course]:
    kept = settings.PORTAL_DATA_DIR / "rendered"
    store = PageStore(kept, rendering.render, settings.SHIPPED_PAGES)
    found: dict[str, Course] = {}
    problems: list[Problem] = []
    for folder in folders():
        try:
            found[folder.name] = load_course(folder, render=store)
        except CourseError as error:
            problems += error.problems
    if problems:
        told = "\n".join(str(problem) for problem in problems)
        raise LibraryError(
            f"The courses in {settings.PORTAL_COURSES_DIR}:\n{told}", tuple(problems)
        )
    store.forget_unused()
    return MappingProxyType(found)


def _signature(root: Path) -> Signature:
    """Return what changes whenever a file is added, removed or saved."""
    return tuple(sorted(_stamps(str(root))))


def _stamps(folder: str) -> Iterator[tuple[str, int, int]]:
    # Suppressed: a file that is gone meanwhile; loading will say so. Links may lead in circles.
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _stamps(entry.path)
            else:
                status = entry.stat(follow_symlinks=False)
                yield entry.path, status.st_mtime_ns, status.st_size
