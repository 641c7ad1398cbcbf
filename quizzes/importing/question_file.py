"""Writes questions as a file of quizzes/, with marks where an author has to add something.

A mark is a value that `validate_courses` refuses with its line, or, where a text is missing, a
comment in its place: the missing key is refused too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizzes.export.reading import tidy
from quizzes.importing.gaps import is_place, is_task, missing, wanted_of
from quizzes.importing.model import Choice, Question, Texts

MARK = "TODO"
MOST = 200  # questions in one file, as the course takes them


def written(questions: Sequence[Question], languages: Sequence[str], *, is_chapter: bool) -> str:
    """Return the TOML; a file that is no chapter's also asks what the quiz is called."""
    lines = ["# The form of this file is taught in docs/authoring.md.", ""]
    if not is_chapter:
        keys = ", ".join(f"{name}.{one}" for name in ("title", "summary") for one in languages)
        lines += ["[quiz]", f"# {MARK}: {keys}", ""]
    for one in questions:
        lines += [*_question(one, languages), ""]
    return "\n".join(lines)


def _question(one: Question, languages: Sequence[str]) -> Iterator[str]:
    yield "[[question]]"
    yield f"id = {quoted(one.id)}"
    yield f"kind = {quoted(one.kind)}"
    yield _fact("task", quoted(one.task), is_known=is_task(one.task))
    is_known = 1 <= one.difficulty <= 3  # noqa: PLR2004 - as the files of quizzes have it
    yield _fact("difficulty", str(one.difficulty), is_known=is_known)
    yield _fact("section", quoted(one.section), is_known=is_place(one.section))
    sources = ["sources = [", *(f"  {quoted(each)}," for each in one.sources), "]"]
    yield "\n".join(sources) if one.sources else f"sources = []  # {MARK}: where it is documented"
    for name in ("prompt", "explanation", "trap"):
        yield from _texts(name, getattr(one, name), languages)
    for place, choice in enumerate(one.choices):
        yield ""
        yield "[[question.choice]]"
        yield from _answer(choice)
        for name, texts in wanted_of(one, place):
            yield from _texts(name, texts, languages)


def _fact(name: str, value: str, *, is_known: bool) -> str:
    if is_known:
        return f"{name} = {value}"
    return f'{name} = "{MARK}"' + ("" if value in ('""', "0") else f"  # it said {value}")


def _answer(choice: Choice) -> Iterator[str]:
    if choice.is_right:
        yield "right = true"
    if choice.forms:
        yield f"forms = [{', '.join(map(quoted, choice.forms))}]"
    if choice.number is not None:
        yield f"number = {choice.number:f}"
        if choice.unit:
            yield f"unit = {quoted(choice.unit)}"


def _texts(name: str, texts: Texts, languages: Sequence[str]) -> Iterator[str]:
    for language in languages:
        if texts.get(language):
            yield f"{name}.{language} = {quoted(texts[language])}"
    lacking = missing(name, texts, languages)
    if lacking:
        yield f"# {MARK}: {', '.join(lacking)}"


def quoted(text: str) -> str:
    """Return a text as TOML has it, on lines of its own when it has several."""
    text = tidy(text).replace("\\", "\\\\")
    if "\n" not in text:
        return '"' + text.replace('"', '\\"') + '"'
    return '"""\n' + text.replace('"""', '""\\"') + '\n"""'
