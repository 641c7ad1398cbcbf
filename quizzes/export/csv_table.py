"""Questions as one table for spreadsheets: one row a question, texts as Markdown.

UTF-8 with a byte order mark, as spreadsheets expect; RFC 4180 quoting. A cell that a spreadsheet
would run as a formula gets an apostrophe before it; `without_guard` takes it off again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from quizzes.export.items import LETTERS
from quizzes.export.model import Bundle, Choice, Item

FIRST = ("id", "kind", "language", "prompt")
LAST = ("correct", "explanation", "trap", "task", "domain", "difficulty", "section", "chapter")
COUNT = "count"  # the unit of a number without one: an empty cell says that there is no number

_FORMULA = re.compile(r"'*[=+\-@\t\r\n|%＝＋－＠]")
_GUARDED = re.compile(r"''*[=+\-@\t\r\n|%＝＋－＠]")


def with_guard(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def without_guard(cell: str) -> str:
    """Return what `with_guard` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell


def write(bundle: Bundle) -> bytes:
    out = io.StringIO(newline="")
    rows = [_row(one) for one in bundle.items]
    names = _columns(bundle.items)
    writer = csv.DictWriter(out, names, restval="", extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: with_guard(cell) for name, cell in row.items()})
    return out.getvalue().encode("utf-8-sig")


def _columns(items: Sequence[Item]) -> list[str]:
    """Return the columns these questions fill; those of choices by their letters."""
    letters = LETTERS[: max((len(one.choices) for one in items), default=4)]
    kinds = {one.kind for one in items}
    has_numbers = any(choice.number is not None for one in items for choice in one.choices)
    choices = [f"choice_{one}" for one in letters.lower()]
    matches = [f"match_{one}" for one in letters.lower()] if "matching" in kinds else []
    units = [f"unit_{one}" for one in letters.lower()] if has_numbers else []
    reasons = [f"reason_{one}" for one in letters.lower()]
    given = ["given", "was_right"] if any(one.given for one in items) else []
    return [*FIRST, *choices, *matches, *units, *given, *LAST, *reasons, "sources", "link"]


def _row(item: Item) -> Mapping[str, str]:
    row = {
        "id": item.id,
        "kind": item.kind,
        "language": item.language,
        "prompt": item.prompt.markdown,
        "correct": ";".join(one.letter for one in item.right),
        "explanation": item.explanation.markdown,
        "trap": item.trap.markdown,
        "task": item.task,
        "domain": item.domain,
        "difficulty": str(item.difficulty),
        "section": item.place,
        "chapter": item.chapter,
        "sources": "\n".join(item.sources),
        "link": item.link,
    }
    for choice in item.choices:
        row |= dict(_cells(choice))
    if item.given is not None:
        row["given"] = "\n".join(one.markdown for one in item.given.words)
        row["was_right"] = "1" if item.given.is_right else "0"
    return row


def _cells(choice: Choice) -> Iterable[tuple[str, str]]:
    letter = choice.letter.lower()
    if choice.number is not None:
        yield f"choice_{letter}", str(choice.number)
        yield f"unit_{letter}", choice.unit or COUNT
    else:
        yield f"choice_{letter}", "\n".join(choice.forms) or choice.text.markdown
    yield f"match_{letter}", choice.match
    yield f"reason_{letter}", choice.reason.markdown
