"""Reads a drawing into rows of runs: joints, lines, arrow heads and words, with their columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from wcwidth import wcswidth, wcwidth

MAX_ROWS: Final = 150
MAX_COLUMNS: Final = 200
# Read before columns are counted: a line can hold thousands of marks that take no column.
MAX_LINE_CHARACTERS: Final = 800
MAX_RUNS: Final = 4_000  # words, lines and joints; the fullest drawing we met has a tenth
TAB: Final = 4

Cell = tuple[int, int]  # column, row
Arms = frozenset[str]  # of "L", "R", "U", "D"

ARMS: Final[Mapping[str, Arms]] = {
    "─": frozenset("LR"),
    "│": frozenset("UD"),
    "┌": frozenset("RD"),
    "┐": frozenset("LD"),
    "└": frozenset("RU"),
    "┘": frozenset("LU"),
    "├": frozenset("UDR"),
    "┤": frozenset("UDL"),
    "┬": frozenset("LRD"),
    "┴": frozenset("LRU"),
    "┼": frozenset("LRUD"),
}
HEADS: Final[Mapping[str, str]] = {
    "▶": "R",
    "►": "R",
    "→": "R",
    "◀": "L",
    "◄": "L",
    "←": "L",
    "▼": "D",
    "▲": "U",
}
STEP: Final[Mapping[str, Cell]] = {"L": (-1, 0), "R": (1, 0), "U": (0, -1), "D": (0, 1)}
BACK: Final[Mapping[str, str]] = {"L": "R", "R": "L", "U": "D", "D": "U"}
JOINTS: Final = frozenset(ARMS) - {"─"}
UPRIGHTS: Final = frozenset("│├┤┼")
TEXT_ARROWS: Final = "←→"  # arrows only where a line runs into them; else words

_BOX_CHARACTERS: Final = range(0x2500, 0x2580)
_ARM_WORDS: Final = {
    "LEFT": "L",
    "RIGHT": "R",
    "UP": "U",
    "DOWN": "D",
    "HORIZONTAL": "LR",
    "VERTICAL": "UD",
}
_JOINER: Final = "\u200d"
_KEPT_FORMATS: Final = frozenset("\u200c\u200d")
_NOT_XML: Final = frozenset("\ufffe\uffff")
_FLAG_LETTERS: Final = range(0x1F1E6, 0x1F200)


class DrawingError(ValueError):
    """A text that cannot be drawn; the message says why, where and what to do."""


class Kind(Enum):
    """What a run of a row is."""

    JOINT = "joint"  # one box character that has an arm up or down
    LINE = "line"  # a run of ─
    HEAD = "head"  # one arrow head
    TEXT = "text"  # words; single spaces stay inside


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters of one kind on one row; columns and rows count from 0."""

    row: int
    column: int
    text: str
    width: int  # in columns
    kind: Kind

    @property
    def end(self) -> int:
        """The first column after the run."""
        return self.column + self.width

    def moved(self, columns: int) -> Run:
        """The same run, so many columns to the right."""
        return Run(self.row, self.column + columns, self.text, self.width, self.kind)


@dataclass(frozen=True, slots=True)
class Grid:
    """A drawing as rows of runs, and as a map from cells to line characters and arrow heads.

    Blank columns that the whole drawing begins with are cut off; `indent` says how many.
    """

    rows: tuple[tuple[Run, ...], ...]
    cells: Mapping[Cell, str]
    columns: int
    indent: int

    def runs(self, kind: Kind) -> Iterator[Run]:
        """Every run of that kind, in reading order."""
        return (run for row in self.rows for run in row if run.kind is kind)


def _light(character: str) -> str | None:
    words = unicodedata.name(character).split()
    arms = frozenset("".join(_ARM_WORDS.get(word, "") for word in words))
    if "DIAGONAL" in words:
        return None
    if len(arms) == 1:  # half lines: ╴╵╶╷
        return "─" if arms <= ARMS["─"] else "│"
    return next(light for light, its in ARMS.items() if its == arms)


# ┏━┓, ╔═╗, ╭─╮ and dashes all mean the same thing here.
LIGHT: Final[Mapping[int, str]] = {
    code: light for code in _BOX_CHARACTERS if (light := _light(chr(code))) is not None
}
_DRAWN: Final = frozenset(chr(code) for code, light in LIGHT.items() if light in "┌└├│")


def looks_like_drawing(text: str) -> bool:
    """Whether the text holds characters that only pictures hold: corners, branches, uprights."""
    return not _DRAWN.isdisjoint(text)


def visible(text: str) -> str:
    """The text without control, direction and other characters that XML or a grid cannot hold."""
    return "".join(c for c in text if c in "\t\n" or not _is_hidden(c))


@lru_cache(maxsize=4096)
def _is_hidden(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Cf":
        return character not in _KEPT_FORMATS
    return category in {"Cc", "Cs", "Zl", "Zp"} or character in _NOT_XML


def clusters(text: str) -> list[str]:
    """The text as characters with their accents, emoji with their joined parts."""
    found: list[str] = []
    for character in text:
        if found and _belongs_to(character, found[-1]):
            found[-1] += character
        else:
            found.append(character)
    return found


def _belongs_to(character: str, before: str) -> bool:
    if before[-1] == _JOINER or (character > "\x7f" and wcwidth(character) == 0):
        return True
    return ord(character) in _FLAG_LETTERS and len(before) == 1 and ord(before) in _FLAG_LETTERS


@lru_cache(maxsize=4096)
def width_of(cluster: str) -> int:
    """Columns a cluster takes: 2 for Japanese and emoji, 1 for everything else."""
    if len(cluster) == 1:
        return max(wcwidth(cluster), 1)
    if ord(cluster[0]) in _FLAG_LETTERS:
        return 2
    return min(max(wcswidth(cluster), 1), 2)


def read_row(line: str, row: int = 0) -> list[Run]:
    """The runs of one line, from left to right."""
    found: list[Run] = []
    column = 0
    for cluster in clusters(visible(line).translate(LIGHT)):
        if cluster == "\t":
            column += TAB - column % TAB
            continue
        width = width_of(cluster)
        if not cluster.isspace():
            _append(found, Run(row, column, cluster, width, _kind(cluster)))
        column += width
    return _with_arrows(found)


def _kind(cluster: str) -> Kind:
    if cluster in JOINTS:
        return Kind.JOINT
    if cluster == "─":
        return Kind.LINE
    if cluster in HEADS and cluster not in TEXT_ARROWS:
        return Kind.HEAD
    return Kind.TEXT


def _append(found: list[Run], run: Run) -> None:
    """Add a run, or lengthen the last one when both are words a space apart or one line."""
    last = found[-1] if found else None
    gap = run.column - last.end if last else 0
    reach = {Kind.TEXT: 1, Kind.LINE: 0}.get(run.kind, -1)
    if last is None or last.kind is not run.kind or gap > reach:
        found.append(run)
        return
    text = last.text + " " * gap + run.text if run.kind is Kind.TEXT else last.text
    found[-1] = Run(run.row, last.column, text, run.end - last.column, run.kind)


def _with_arrows(found: list[Run]) -> list[Run]:
    """A → that ends a line, or a ← that begins one, is an arrow head, not a word."""
    out: list[Run] = []
    for k, run in enumerate(found):
        parts = [run]
        if run.kind is Kind.TEXT and k and _is_line_at(found[k - 1], run.column):
            parts = _cut_arrow_off(run, "→")
        if run.kind is Kind.TEXT and k + 1 < len(found) and _is_line_at(found[k + 1], run.end):
            parts[-1:] = _cut_arrow_off(parts[-1], "←")
        out += parts
    return out


def _is_line_at(run: Run, column: int) -> bool:
    return run.kind is Kind.LINE and column in {run.column, run.end}


def _cut_arrow_off(run: Run, arrow: str) -> list[Run]:
    """A → at the beginning of words, or a ← at their end, as an arrow head and the other words."""
    said = clusters(run.text)
    if arrow == "→" and said[0] == arrow:
        rest = run.text[1:].lstrip(" ")
        head = Run(run.row, run.column, arrow, 1, Kind.HEAD)
        words = Run(run.row, run.end - _columns(rest), rest, _columns(rest), Kind.TEXT)
        return [head, words] if rest else [head]
    if arrow == "←" and said[-1] == arrow:
        rest = run.text[:-1].rstrip(" ")
        words = Run(run.row, run.column, rest, _columns(rest), Kind.TEXT)
        head = Run(run.row, run.end - 1, arrow, 1, Kind.HEAD)
        return [words, head] if rest else [head]
    return [run]


def _columns(text: str) -> int:
    return sum(map(width_of, clusters(text)))


def read_lines(text: str) -> list[list[Run]]:
    """The rows of a text; raises DrawingError when it is larger than any drawing may be."""
    lines = text.split("\n")
    if len(lines) > MAX_ROWS:
        raise DrawingError(
            f"This cannot be drawn: it has {len(lines)} rows and at most {MAX_ROWS} are drawn. "
            "Split it into two drawings."
        )
    rows = []
    count = 0
    for row, line in enumerate(lines):
        runs = read_row(line[: MAX_LINE_CHARACTERS + 1], row)
        if len(line) > MAX_LINE_CHARACTERS or (runs and runs[-1].end > MAX_COLUMNS):
            raise DrawingError(
                f"This cannot be drawn: line {row + 1} is wider than {MAX_COLUMNS} columns. "
                "Shorten it."
            )
        rows.append(runs)
        count += len(runs)
        if count > MAX_RUNS:
            raise DrawingError(
                f"This cannot be drawn: down to line {row + 1} it has {count} words and lines, "
                f"more than {MAX_RUNS}. Split it into several drawings."
            )
    return rows


def read(text: str) -> Grid:
    """The whole text as a grid; raises DrawingError when it is too large."""
    read_rows = read_lines(text)
    indent = min((run.column for row in read_rows for run in row), default=0)
    rows = tuple(tuple(run.moved(-indent) for run in row) for row in read_rows)
    cells = {
        (run.column + k, run.row): run.text
        for row in rows
        for run in row
        if run.kind is not Kind.TEXT
        for k in range(run.width)
    }
    return Grid(rows, cells, max((row[-1].end for row in rows if row), default=0), indent)
