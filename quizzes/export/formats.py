"""The table of formats: what each is called, what it carries of a question, what it loses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from quizzes.export import csv_table, json_file
from quizzes.export.model import Bundle, Item

Write = Callable[[Bundle], bytes]


class UnknownFormat(LookupError):  # noqa: N818 - said as it is read in a view
    """There is no format of that name."""


class MissingExtra(RuntimeError):  # noqa: N818 - said as it is read in a view
    """The format needs something that is not installed; the message says how to install it."""


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
