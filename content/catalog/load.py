"""Reads a course folder into a Course, or tells everything that is wrong with it at once."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from content import rendering
from content.catalog import files, glossary
from content.catalog.draft import Draft, Render, read_draft
from content.catalog.glossary import Glossary, read_glossary
from content.catalog.labs import load as labs
from content.catalog.linking import link_chapters
from content.catalog.manifest import NAME, Manifest, label_of, read_manifest, slug_of
from content.catalog.model import Chapter, ChapterText, Course, Domain, Exam
from content.catalog.pictures import Pictures
from content.catalog.problems import Problem, in_order
from content.catalog.quiz import load as quizzes
from content.catalog.schema import CourseTable, ExamTable
from content.catalog.validate import compare

# How much a learner reads in a minute: about 500 Japanese characters, about 200 English words.
CHARACTERS_A_MINUTE = {"ja": 500}
OTHER_CHARACTERS_A_MINUTE = 1000

SLUG = re.compile(r"[a-z0-9-]+")


class CourseError(Exception):
    """A course cannot be used. `problems` are sorted by file and line."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def load_course(folder: Path, *, render: Render = rendering.render) -> Course:
    """Return the course in `folder`, or raise CourseError with all that is to be mended."""
    folder = folder.absolute()
    reading = _Reading(folder, folder.resolve(), render)
    reading.read_all()
    if reading.problems or reading.manifest is None or reading.manifest.table is None:
        raise CourseError(in_order(reading.problems))
    return _course(reading, reading.manifest, reading.manifest.table)


@dataclass(slots=True)
class _Reading:
    """What was found in a folder so far."""

    folder: Path
    root: Path
    render: Render
    manifest: Manifest | None = None
    drafts: dict[tuple[str, str], Draft] = field(default_factory=dict)
    glossary: Glossary | None = None
    quizzes: quizzes.QuizReading | None = None
    labs: labs.LabReading | None = None
    images: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read_all(self) -> None:
        if not self.is_sound():
            return
        self.manifest = self.read_manifest()
        if self.manifest is None:
            return
        self.problems += self.manifest.problems
        for stem in self.manifest.stems:
            for language in self.manifest.languages:
                self.read_chapter(stem, language)
        if self.manifest.is_listing_whole:
            self.problems += self.forgotten(self.manifest)
        self.problems += compare(self.manifest, self.drafts)
        self.read_glossary(self.manifest)
        self.read_quizzes(self.manifest)
        self.read_labs(self.manifest)
        pictures = Pictures(self.folder, self.root)
        self.problems += pictures.problems(self.drafts.values())
        self.images = pictures.digests

    def is_sound(self) -> bool:
        """Tell whether the folder itself can be a course; a bad name alone does not hide more."""
        name = files.shown(self.folder.name)
        if not SLUG.fullmatch(name):
            what = "the folder's name cannot stand in an address"
            mend = "rename it: small letters a to z, digits and hyphens"
            self.problems.append(Problem(name, None, what, mend))
        if not files.is_inside(self.folder, self.folder.parent.resolve()):
            what = "the folder is a link that leads out of the folder of courses"
            mend = "put the course's folder itself here"
        elif not self.folder.is_dir():
            what, mend = "there is no such folder", "correct the path"
        else:
            return True
        self.problems.append(Problem(name, None, what, mend))
        return False

    def read(self, inner: str) -> str | None:
        """Return the text of a file of the course, or note why it cannot be read."""
        try:
            return files.read_text(self.folder / inner, self.root)
        except files.FileError as error:
            what = f"the file {error.what}"
            self.problems.append(Problem(self.path(inner), error.line, what, error.mend))
            return None

    def read_manifest(self) -> Manifest | None:
        text = self.read(NAME)
        return None if text is None else read_manifest(text, self.path(NAME))

    def read_chapter(self, stem: str, language: str) -> None:
        inner = chapter_path(stem, language)
        text = self.read(inner)
        if text is not None:
            draft = read_draft(
                text, language=language, stem=stem, path=self.path(inner), render=self.render
            )
            self.drafts[stem, language] = draft
            self.problems += draft.problems

    def read_glossary(self, manifest: Manifest) -> None:
        # Not exists(): a link that leads nowhere is to be told, not passed over.
        if not os.path.lexists(self.folder / glossary.NAME):
            return
        text = self.read(glossary.NAME)
        if text is not None:
            path = self.path(glossary.NAME)
            self.glossary = read_glossary(text, path, manifest, self.drafts)
            self.problems += self.glossary.problems

    def read_quizzes(self, manifest: Manifest) -> None:
        self.quizzes = quizzes.QuizReading(manifest, self.drafts, self.render)
        self.quizzes.read_all(self.read_folder(quizzes.FOLDER))
        self.problems += self.quizzes.problems

    def read_labs(self, manifest: Manifest) -> None:
        self.labs = labs.LabReading(manifest, self.drafts, self.render)
        self.labs.read_all(self.read_folder(labs.FOLDER))
        self.problems += self.labs.problems

    def read_folder(self, folder: str) -> dict[str, tuple[str, str]]:
        """Return the TOML files of a folder by stem: the path told to people, and the text."""
        stems = sorted(one.stem for one in files.toml_in(self.folder / folder, self.root))
        inner = {stem: f"{folder}/{stem}.toml" for stem in stems}
        texts = {stem: self.read(path) for stem, path in inner.items()}
        return {
            stem: (self.path(inner[stem]), text) for stem, text in texts.items() if text is not None
        }

    def forgotten(self, manifest: Manifest) -> Iterator[Problem]:
        """Yield the Markdown files that nobody would ever see."""
        listed = {
            self.folder / chapter_path(stem, language)
            for stem in manifest.stems
            for language in manifest.languages
        }
        for found in files.markdown_below(self.folder / "chapters", self.root):
            if found not in listed:
                inner = found.relative_to(self.folder).as_posix()
                what = "course.toml does not list this chapter"
                stem = files.shown(found.stem)
                mend = f"add {stem} to chapters (and its folder to languages), or remove it"
                yield Problem(self.path(inner), None, what, mend)

    def path(self, inner: str) -> str:
        return files.shown(f"{self.folder.name}/{inner}")


def chapter_path(stem: str, language: str) -> str:
    """Return where a chapter lies inside its course's folder."""
    return f"chapters/{language}/{stem}.md"


def _course(reading: _Reading, manifest: Manifest, table: CourseTable) -> Course:
    terms = reading.glossary.terms if reading.glossary else ()
    chapters = tuple(_chapter(reading, manifest, stem) for stem in manifest.stems)
    asked = reading.quizzes.quizzes() if reading.quizzes else ()
    return Course(
        slug=reading.folder.name,
        languages=manifest.languages,
        titles=_translated(table.title, manifest.languages),
        summaries=_translated(table.summary, manifest.languages),
        licence=table.licence,
        checked=table.checked,
        exam=None if table.exam is None else _exam(table.exam, manifest.languages),
        chapters=link_chapters(chapters, terms),
        digest=_digest(reading, manifest),
        folder=reading.folder,
        images=tuple(sorted(reading.images)),
        terms=terms,
        quizzes=asked,
        questions=MappingProxyType({one.id: one for quiz in asked for one in quiz.questions}),
        labs=reading.labs.labs() if reading.labs else (),
    )


def _chapter(reading: _Reading, manifest: Manifest, stem: str) -> Chapter:
    texts = {language: _text(reading.drafts[stem, language]) for language in manifest.languages}
    first = texts[manifest.languages[0]]
    ids = tuple(section.id for section in first.page.sections)
    return Chapter(slug_of(stem), label_of(stem), MappingProxyType(texts), ids)


def _text(draft: Draft) -> ChapterText:
    assert draft.front is not None
    assert draft.page is not None
    return ChapterText(
        language=draft.language,
        title=draft.front.title,
        summary=draft.front.summary,
        checked=draft.front.checked,
        tasks=tuple(draft.front.tasks),
        sources=tuple(draft.front.sources),
        page=draft.page,
        minutes=reading_minutes(draft.page.characters, draft.language),
        digest=sha256(draft.source),
    )


def reading_minutes(characters: int, language: str) -> int:
    """Return how long the text takes to read, in whole minutes, rounded up, at least one."""
    speed = CHARACTERS_A_MINUTE.get(language.partition("-")[0], OTHER_CHARACTERS_A_MINUTE)
    return max(1, -(-characters // speed))


def _exam(table: ExamTable, languages: tuple[str, ...]) -> Exam:
    return Exam(
        code=table.code,
        titles=_translated(table.title, languages),
        questions=table.questions,
        scored=table.scored,
        minutes=table.minutes,
        pass_score=table.pass_score,
        domains=tuple(
            Domain(one.number, _translated(one.title, languages), one.weight)
            for one in table.domains
        ),
    )


def _translated(texts: dict[str, str], languages: tuple[str, ...]) -> MappingProxyType[str, str]:
    """Return the texts in the course's order of languages, closed to changes."""
    return MappingProxyType({language: texts[language] for language in languages})


def _digest(reading: _Reading, manifest: Manifest) -> str:
    """Return the sha256 over the paths and contents of all that the course shows."""
    shown = {NAME: sha256(manifest.text), **reading.images}
    if reading.glossary is not None:
        shown[glossary.NAME] = sha256(reading.glossary.text)
    for part in (reading.quizzes, reading.labs):
        shown |= {path: sha256(text) for path, text in part.texts.items()} if part else {}
    for (stem, language), draft in reading.drafts.items():
        shown[chapter_path(stem, language)] = sha256(draft.source)
    return sha256("\n".join(f"{path} {digest}" for path, digest in sorted(shown.items())))


def sha256(text: str) -> str:
    """Return the digest of a text as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
