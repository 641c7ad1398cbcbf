"""The table of formats: what each is called, what it carries of a question, what it loses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from quizzes.export import (
    aiken,
    anki,
    csv_table,
    gift,
    json_file,
    markdown_text,
    moodle,
    page,
    pdf,
    qti,
)
from quizzes.export.model import Bundle, Item
from quizzes.export.pdf import MissingExtra

__all__ = ["FORMATS", "Format", "MissingExtra", "UnknownFormat", "get", "holdable"]

Write = Callable[[Bundle], bytes]


class UnknownFormat(LookupError):  # noqa: N818 - said as it is read in a view
    """There is no format of that name."""


def _(text: str) -> str:
    """Mark a text for translation; the page translates it."""
    return text


def _everything(_item: Item) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `carries` and `loses` are told to people before they export.

    `can_hold` tells whether a question can be written in it at all. `has_keys` says that a learner
    chooses where the answers stand; `is_for_review` that it can show what somebody answered.
    """

    name: str
    label: str
    extension: str
    content_type: str
    carries: str
    loses: str
    write: Write
    can_hold: Callable[[Item], bool] = _everything
    has_keys: bool = False
    is_for_review: bool = False


FORMATS = {
    one.name: one
    for one in (
        Format(
            "anki",
            "Anki",
            "apkg",
            "application/octet-stream",
            _("A deck a chapter: every kind of question, reasons, code, diagrams, links, tags."),
            _("Marks: you say yourself how well you knew it."),
            anki.write,
            is_for_review=True,
        ),
        Format(
            "moodle",
            "Moodle XML",
            "xml",
            "application/xml",
            _("Every kind of question with reasons, code, diagrams, categories by chapter, tags."),
            _(
                "Moodle gives part of the credit where several choices are right. "
                "Import twice and each question is there twice."
            ),
            moodle.write,
        ),
        Format(
            "gift",
            "GIFT",
            "gift.txt",
            "text/plain; charset=utf-8",
            _("Every kind of question with reasons and code, as one text file."),
            _(
                "Diagrams stay as text. An order becomes pairs of number and step. "
                "Part of the credit is given where several choices are right."
            ),
            gift.write,
            can_hold=gift.can_hold,
        ),
        Format(
            "aiken",
            "Aiken",
            "aiken.txt",
            "text/plain; charset=utf-8",
            _("Questions with one right choice: prompt, choices, answer."),
            _("All other kinds, reasons, code of several lines, diagrams, emphasis, ids."),
            aiken.write,
            can_hold=aiken.can_hold,
        ),
        Format(
            "qti21",
            "QTI 2.1",
            "zip",
            "application/zip",
            _("Every kind of question with reasons, code, diagrams and a test; best for Canvas."),
            _("Tags and difficulty. Canvas takes only the first spelling of a short answer."),
            qti.writer("2.1"),
        ),
        Format(
            "qti22",
            "QTI 2.2",
            "zip",
            "application/zip",
            _("The same for systems that read QTI 2.2."),
            _("Tags and difficulty."),
            qti.writer("2.2"),
        ),
        Format(
            "qti30",
            "QTI 3.0",
            "zip",
            "application/zip",
            _("The same for new systems."),
            _("Tags and difficulty. Canvas New Quizzes refuses it."),
            qti.writer("3.0"),
        ),
        Format(
            "csv",
            "CSV",
            "csv",
            "text/csv; charset=utf-8",
            _("One row a question with choices, answers and reasons; opens in any spreadsheet."),
            _("Diagrams stay as text. Cells that look like formulas begin with an apostrophe."),
            csv_table.write,
            is_for_review=True,
        ),
        Format(
            "json",
            "JSON",
            "json",
            "application/json",
            _("Everything, by a published schema; the way back into a course."),
            _("Nothing."),
            json_file.write,
            is_for_review=True,
        ),
        Format(
            "markdown",
            "Markdown",
            "md",
            "text/markdown; charset=utf-8",
            _("Everything one reads: prompts, choices, reasons, code, links."),
            _("Diagrams stay as text."),
            markdown_text.write,
            has_keys=True,
            is_for_review=True,
        ),
        Format(
            "print",
            "HTML",
            "html",
            "text/html; charset=utf-8",
            _("A page to read or print, with diagrams drawn; needs nothing beside it."),
            _("The colours of code."),
            page.write,
            has_keys=True,
            is_for_review=True,
        ),
        Format(
            "pdf",
            "PDF",
            "pdf",
            "application/pdf",
            _("The same page as PDF, fonts inside."),
            _("The colours of code."),
            pdf.write,
            has_keys=True,
            is_for_review=True,
        ),
    )
}


def get(name: str) -> Format:
    """Return the format of a name, or raise UnknownFormat."""
    try:
        return FORMATS[name]
    except KeyError:
        raise UnknownFormat(name) from None


def holdable(wanted: Format, bundle: Bundle) -> tuple[Bundle, list[Item]]:
    """Return what of a bundle the format can hold, and the questions it cannot."""
    kept = [one for one in bundle.items if wanted.can_hold(one)]
    left_out = [one for one in bundle.items if not wanted.can_hold(one)]
    return replace(bundle, items=kept), left_out
