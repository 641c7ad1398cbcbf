"""What is understood of a file: questions with texts as Markdown, and what was refused and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from content.catalog.questions import Kind

MAX_BYTES = 15_000_000  # of a file; the whole bank of a large course as QTI is a tenth of it
MAX_QUESTIONS = 10_000

Texts = Mapping[str, str]  # Markdown by language; a language without a text is left out


class Unreadable(ValueError):  # noqa: N818 - said as it is told to people
    """The file as a whole cannot be read: `what` is wrong, and how to `mend` it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(f"{what} — {mend}")
        self.what = what
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Refused:
    """A question, or a part of one, that was not understood."""

    place: str
    why: str
    mend: str

    def __str__(self) -> str:
        return f"{self.place}: {self.why} — {self.mend}"


class NotUnderstood(Exception):  # noqa: N818 - it becomes a Refused, with its place
    """Raised while one question is read: `why` it is refused, and how to `mend` it."""

    def __init__(self, why: str, mend: str) -> None:
        super().__init__(why)
        self.why = why
        self.mend = mend

    def at(self, place: str) -> Refused:
        return Refused(place, self.why, self.mend)


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice. Steps stand in their right order, a matching choice has its `match`.

    A choice of a short question has `forms`, of which the first is shown, or a `number` in a
    `unit` ("" for a count), and no text.
    """

    text: Texts = field(default_factory=dict)
    reason: Texts = field(default_factory=dict)
    match: Texts = field(default_factory=dict)
    is_right: bool = False
    forms: tuple[str, ...] = ()
    number: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as far as the file carries it: "" or 0 where the file says nothing.

    `place` is where it stands in the file, as told to people; `section` such as "02-ecr.md#push".
    """

    place: str
    id: str
    kind: Kind
    prompt: Texts
    choices: tuple[Choice, ...]
    explanation: Texts = field(default_factory=dict)
    trap: Texts = field(default_factory=dict)
    task: str = ""
    difficulty: int = 0
    section: str = ""
    sources: tuple[str, ...] = ()

    @property
    def first_prompt(self) -> str:
        return next(iter(self.prompt.values()), "")


@dataclass(slots=True)
class Reading:
    """All of a file: questions in its order, what was refused, what was left of those read."""

    questions: list[Question] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    notes: list[Refused] = field(default_factory=list)

    def note(self, place: str, why: str, mend: str) -> None:
        self.notes.append(Refused(place, why, mend))


def said(text: str, language: str) -> dict[str, str]:
    """Return a text by its language, nothing for an empty one."""
    return {language: text.strip()} if text.strip() else {}


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, also after a byte order mark. Raises Unreadable."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"the file is not UTF-8 (at byte {error.start})", "save it as UTF-8 and try again"
        ) from None
    if "\0" in text:
        raise Unreadable("the file holds zero bytes, so it is no text", "name the exported file")
    return text
