"""course.toml: what the course is called, its languages, its chapters and its exam."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from content.catalog.decode import Key, decode, fits, key_lines, line_of
from content.catalog.problems import Problem, of_shape
from content.catalog.schema import CourseTable, ExamTable, Language, Stem, Texts
from content.catalog.translations import untranslated

NAME = "course.toml"
PAGES = ("glossary", "media")  # addresses in a course that are no chapters
ALL_WEIGHTS = 100  # percent


@dataclass(frozen=True, slots=True)
class Manifest:
    """course.toml as far as it can be used.

    `languages` and `stems` hold what is well formed, so that the chapters can be looked at even
    when something else is wrong; `is_listing_whole` tells whether that is all the author listed.
    `table` is None as soon as there is any problem of shape.
    """

    path: str
    text: str
    table: CourseTable | None
    languages: tuple[str, ...]
    stems: tuple[str, ...]
    is_listing_whole: bool
    domains: frozenset[int] | None
    problems: tuple[Problem, ...]


def slug_of(stem: str) -> str:
    """Return the part of a chapter's file name that stands in its URL."""
    return stem.partition("-")[2]


def label_of(stem: str) -> str:
    """Return a chapter's number ("1") or its letter ("A")."""
    mark = stem.partition("-")[0]
    return str(int(mark)) if mark.isdigit() else mark.upper()


def read_manifest(text: str, path: str) -> Manifest:
    """Read and check course.toml; what is wrong is in `problems`."""
    decoded = decode(text, CourseTable)
    data = decoded.data
    languages = _distinct(data.get("languages"), Language)
    stems = _distinct(data.get("chapters"), Stem)
    is_whole = fits(data.get("languages"), list[Language]) and fits(
        data.get("chapters"), list[Stem]
    )
    exam = data.get("exam")
    exam_table = msgspec.convert(exam, ExamTable) if fits(exam, ExamTable) else None
    domains = frozenset(one.number for one in exam_table.domains) if exam_table else None
    author = _Author(path, text, key_lines(text))
    problems = (
        *of_shape(path, decoded.faults),
        *author.repeats(data.get("languages"), "languages", "language"),
        *author.repeats(data.get("chapters"), "chapters", "chapter"),
        *author.clashes(stems),
        *author.taken(stems),
        *(author.problem(*found) for found in untranslated(_texts(data), languages)),
        *(author.exam_faults(exam_table) if exam_table else ()),
    )
    return Manifest(path, text, decoded.table, languages, stems, is_whole, domains, problems)


def _distinct(values: Any, kind: Any) -> tuple[str, ...]:  # Any: not yet checked; a type hint
    if not isinstance(values, list):
        return ()
    return tuple(dict.fromkeys(value for value in values if fits(value, kind)))


@dataclass(frozen=True, slots=True)
class _Author:
    """Tells the author of a course.toml what is wrong in it, and where."""

    path: str
    text: str
    lines: Mapping[Key, int]

    def problem(self, key: Key, what: str, mend: str) -> Problem:
        return Problem(self.path, line_of(key, self.lines), what, mend)

    def entry_line(self, key: str, word: str, nth: int = 1) -> int | None:
        """Return the line where a list names a word for the nth time."""
        start = line_of((key,), self.lines) or 1
        for number, line in enumerate(self.text.split("\n")[start - 1 :], start):
            nth -= line.count(f'"{word}"') + line.count(f"'{word}'")
            if nth <= 0:
                return number
        return line_of((key,), self.lines)

    def repeats(self, values: Any, key: str, noun: str) -> Iterator[Problem]:  # Any: not checked
        words = (
            [word for word in values if isinstance(word, str)] if isinstance(values, list) else []
        )
        for word, count in Counter(words).items():
            if count > 1:
                line = self.entry_line(key, word, nth=2)
                yield Problem(
                    self.path, line, f"the {noun} {word} is listed twice", "list it only once"
                )

    def clashes(self, stems: tuple[str, ...]) -> Iterator[Problem]:
        """Two chapters cannot share an address or a number."""
        for noun, of in (("address", slug_of), ("number", label_of)):
            taken: dict[str, str] = {}
            for stem in stems:
                first = taken.setdefault(of(stem), stem)
                if first != stem:
                    what = f"{stem} has the same {noun} as {first}: {of(stem)}"
                    line = self.entry_line("chapters", stem)
                    yield Problem(self.path, line, what, "rename one of the two")

    def taken(self, stems: tuple[str, ...]) -> Iterator[Problem]:
        """The site itself has pages at some addresses of a course."""
        for stem in stems:
            if slug_of(stem) in PAGES:
                what = f"{stem} has the address of another page of the course: {slug_of(stem)}"
                line = self.entry_line("chapters", stem)
                yield Problem(self.path, line, what, "rename the chapter")

    def exam_faults(self, exam: ExamTable) -> Iterator[Problem]:
        total = sum(domain.weight for domain in exam.domains)
        if total != ALL_WEIGHTS:
            what = f"the weights of the exam's domains add up to {total}"
            yield self.problem(("exam", "domains", 0), what, "make them add up to 100")
        if exam.scored > exam.questions:
            what = f"{exam.scored} questions are scored, but the exam has {exam.questions}"
            yield self.problem(("exam", "scored"), what, "write a smaller number of scored ones")
        numbers = [domain.number for domain in exam.domains]
        for place, number in enumerate(numbers):
            if number in numbers[:place]:
                key = ("exam", "domains", place, "number")
                yield self.problem(key, f"domain {number} is there twice", "renumber one of them")


def _texts(data: dict[str, Any]) -> Iterator[tuple[Key, dict[str, str]]]:  # Any: not checked
    """Yield the tables that hold one text for each language, where they are well formed."""
    exam = data.get("exam")
    exam = exam if isinstance(exam, dict) else {}
    domains = exam.get("domains")
    domains = domains if isinstance(domains, list) else []
    places: list[tuple[Key, Any]] = [
        (("title",), data.get("title")),
        (("summary",), data.get("summary")),
        (("exam", "title"), exam.get("title")),
    ]
    for place, domain in enumerate(domains):
        if isinstance(domain, dict):
            places.append((("exam", "domains", place, "title"), domain.get("title")))
    yield from ((key, texts) for key, texts in places if fits(texts, Texts))
