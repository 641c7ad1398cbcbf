"""Reads the files of quizzes/ into quizzes, or tells everything that is wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from content.catalog.decode import Found, Key, decode
from content.catalog.draft import Render
from content.catalog.folding import folded
from content.catalog.manifest import Manifest, slug_of
from content.catalog.problems import Problem, of_content, of_shape
from content.catalog.questions import EXAM_KINDS, Question, Quiz
from content.catalog.quiz import checks
from content.catalog.quiz.build import build
from content.catalog.quiz.schema import QuestionTable, QuizFile
from content.catalog.quiz.texts import rendered
from content.catalog.shares import shares
from content.catalog.translations import untranslated
from content.catalog.validate import Drafts, Links

FOLDER = "quizzes"


@dataclass(slots=True)
class QuizReading:
    """The quizzes of a course on their way; `problems` grow with every file."""

    manifest: Manifest
    drafts: Drafts
    render: Render
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, QuizFile] = field(default_factory=dict)  # by stem
    texts: dict[str, str] = field(default_factory=dict)  # by path inside the course
    _ids: dict[str, str] = field(default_factory=dict)
    _prompts: dict[tuple[str, str], str] = field(default_factory=dict)

    def read_all(self, files: Mapping[str, tuple[str, str]]) -> None:
        """Read files by stem (the name without .toml): the path told to people, and the text."""
        for stem, (path, text) in files.items():
            self._read(stem, text, path)
        for stem, file in self.files.items():
            if file.quiz.draw:
                path, text = files[stem]
                self.problems += of_content(path, text, self._shortages())

    def _read(self, stem: str, text: str, path: str) -> None:
        self.texts[f"{FOLDER}/{stem}.toml"] = text
        decoded = decode(text, QuizFile)
        if decoded.table is None:
            self.problems += of_shape(path, decoded.faults)
            return
        self.files[stem] = decoded.table
        self.problems += of_content(path, text, self._faults(stem, decoded.table))

    def _shortages(self) -> Iterator[Found]:
        """Yield the domains that have too few questions to draw an exam from."""
        exam = self.manifest.table.exam if self.manifest.table else None
        if exam is None:
            return
        domains = Counter(
            int(one.task.partition(".")[0])
            for file in self.files.values()
            for one in file.question
            if one.kind in EXAM_KINDS
        )
        wanted = shares(exam.questions, {one.number: one.weight for one in exam.domains})
        for domain, count in wanted.items():
            if domains[domain] < count:
                what = f"domain {domain} has {domains[domain]} questions, the exam draws {count}"
                yield Found(("quiz", "draw"), what, "add single or multiple ones, or remove draw")

    def quizzes(self) -> tuple[Quiz, ...]:
        """Return the quizzes of chapters in reading order, then the others; call without faults."""
        places = {stem: place for place, stem in enumerate(self.manifest.stems)}
        stems = sorted(self.files, key=lambda stem: (places.get(stem, len(places)), stem))
        return tuple(self._quiz(stem, self.files[stem]) for stem in stems)

    def _quiz(self, stem: str, file: QuizFile) -> Quiz:
        is_chapter = stem in self.manifest.stems
        return Quiz(
            slug=slug_of(stem) if is_chapter else stem,
            chapter=slug_of(stem) if is_chapter else None,
            titles=MappingProxyType(file.quiz.title or self._front(stem, "title")),
            summaries=MappingProxyType(file.quiz.summary or self._front(stem, "summary")),
            questions=tuple(self._question(one) for one in file.question),
            minutes=file.quiz.minutes,
            attempts=file.quiz.attempts,
            is_drawn=file.quiz.draw is not None,
        )

    def _front(self, stem: str, name: str) -> dict[str, str]:
        drafts = [self.drafts[stem, language] for language in self.manifest.languages]
        return {one.language: getattr(one.front, name) for one in drafts}

    def _question(self, table: QuestionTable) -> Question:
        part = Links(self.manifest, self.drafts).part_of(table.section)
        return build(table, part, self.render)

    def _faults(self, stem: str, file: QuizFile) -> Iterator[Found]:
        yield from self._quiz_faults(stem, file)
        for place, table in enumerate(file.question):
            for one in self._question_faults(table):
                yield Found(("question", place, *one.key), one.what, one.mend)

    def _quiz_faults(self, stem: str, file: QuizFile) -> Iterator[Found]:
        quiz = file.quiz
        if stem not in self.manifest.stems and (quiz.title is None or quiz.summary is None):
            what = "the file belongs to no chapter and has no title or no summary"
            yield Found(("quiz",), what, "name it like a chapter, or add both to [quiz]")
        if not file.question and not quiz.draw:
            yield Found((), "the file has no question", "add a [[question]], or draw = 'exam'")
        if quiz.draw and (file.question or self.manifest.domains is None):
            what = "a drawn quiz has questions of its own, or the course has no [exam]"
            yield Found(("quiz", "draw"), what, "remove draw, or the questions")
        places: list[tuple[Key, Mapping[str, str]]] = [
            (("quiz", name), texts)
            for name, texts in (("title", quiz.title), ("summary", quiz.summary))
            if texts
        ]
        yield from untranslated(places, self.manifest.languages)

    def _question_faults(self, table: QuestionTable) -> Iterator[Found]:
        if table.id in self._ids:
            yield Found(("id",), f"another question has the id {table.id}", "choose another id")
        self._ids[table.id] = table.id
        missing = list(untranslated(_texts(table), self.manifest.languages))
        yield from missing
        yield from checks.faults(table, self.manifest.domains)
        if self.manifest.is_listing_whole:
            links = Links(self.manifest, self.drafts)
            fault = links.fault(table.section, stem="", language=self.manifest.languages[0])
            if fault:
                yield Found(("section",), *fault)
        yield from self._repeated_prompts(table)
        if not missing:
            for language in self.manifest.languages:
                yield from rendered(table, language, self.render).faults()

    def _repeated_prompts(self, table: QuestionTable) -> Iterator[Found]:
        for language, text in table.prompt.items():
            first = self._prompts.setdefault((language, folded(text)), table.id)
            if first != table.id:
                what = f"the prompt is the same as that of {first}"
                yield Found(("prompt", language), what, "ask it once")


def _texts(table: QuestionTable) -> Iterator[tuple[Key, Mapping[str, str]]]:
    yield ("prompt",), table.prompt
    yield ("explanation",), table.explanation
    yield ("trap",), table.trap
    for place, choice in enumerate(table.choice):
        yield ("choice", place, "reason"), choice.reason
        for name, texts in (("text", choice.text), ("match", choice.match)):
            if texts is not None:
                yield ("choice", place, name), texts
