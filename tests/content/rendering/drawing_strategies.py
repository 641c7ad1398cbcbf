"""Invents box drawings, clean ones and the same ones torn, for the property tests."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st
from wcwidth import wcswidth

LETTERS = "abcXYZ019-/().,:<>&\"'" + "日本語設定（）、・ー" + "→★…"
BLANK = ""


@dataclass(frozen=True)
class Line:
    """Words of a box; `overrun` is what runs over the right border, which is then missing."""

    words: tuple[str, ...]
    overrun: str = ""

    @property
    def text(self) -> str:
        return "   ".join(self.words)


@dataclass(frozen=True)
class BoxPlan:
    """A box: lines, and rows of boxes beside each other, with a blank row between all of them."""

    body: tuple[Line | tuple[BoxPlan, ...], ...]

    def count(self) -> int:
        inner = (kid.count() for part in self.body if isinstance(part, tuple) for kid in part)
        return 1 + sum(inner)


words = st.text(st.sampled_from(LETTERS), min_size=1, max_size=9)
lines = st.builds(Line, st.lists(words, min_size=1, max_size=3).map(tuple))


def boxes(depth: int = 2) -> st.SearchStrategy[BoxPlan]:
    """Boxes with up to so many levels of boxes inside."""
    parts = lines
    if depth:
        inner = st.lists(boxes(depth - 1), min_size=1, max_size=2).map(tuple)
        parts = st.one_of(lines, inner)
    return st.builds(BoxPlan, st.lists(parts, min_size=1, max_size=3).map(tuple))


def drawn(box: BoxPlan, nudges: st.DataObject | None = None) -> str:
    """The box as text; `nudges` moves right borders by up to two columns where there is room."""
    rows = [row.rstrip() for row in _rows(box)]
    if nudges is not None:
        rows = [_nudged(row, nudges) for row in rows]
    return "\n".join(rows).replace(RIGHT, "│")


RIGHT = "\ue000"  # stands for a right border while a drawing is put together


def _rows(box: BoxPlan) -> list[str]:
    body: list[tuple[str, bool]] = []
    for number, part in enumerate(box.body):
        if number:
            body.append((BLANK, False))
        if isinstance(part, Line):
            body.append((part.text + part.overrun, bool(part.overrun)))
        else:
            body += [(row, False) for row in _side_by_side(part)]
    width = _inner_width(box)
    rows = [f"┌{'─' * width}┐"]
    for text, is_overrun in body:
        missing = width - 2 - _width(text)
        rows.append(f"│  {text}" if is_overrun else f"│  {text}{' ' * missing}{RIGHT}")
    return [*rows, f"└{'─' * width}┘"]


def _inner_width(box: BoxPlan) -> int:
    widest = 0
    for part in box.body:
        if isinstance(part, Line):
            widest = max(widest, _width(part.text))
        else:
            widest = max(widest, sum(_inner_width(kid) + 4 for kid in part) - 2)
    return widest + 4


def _side_by_side(kids: tuple[BoxPlan, ...]) -> list[str]:
    columns = [_rows(kid) for kid in kids]
    height = max(map(len, columns))
    return [
        "  ".join(
            rows[y] if y < len(rows) else " " * (_inner_width(kid) + 2)
            for kid, rows in zip(kids, columns, strict=True)
        )
        for y in range(height)
    ]


def _width(text: str) -> int:
    return max(wcswidth(text), 0)


def _nudged(row: str, nudges: st.DataObject) -> str:
    out = ""
    pieces = row.split(RIGHT)
    for piece in pieces[:-1]:
        by = nudges.draw(st.integers(-2, 2))
        out += piece
        if by > 0:
            out += " " * by
        elif by < 0 and out.endswith(" " * (1 - by)):
            out = out[:by]
        out += RIGHT
    return out + pieces[-1]


@st.composite
def overrun_boxes(draw: st.DrawFn) -> BoxPlan:
    """A box in which one line of words, anywhere, runs over its right border."""
    box = draw(boxes())
    return _with_overrun(box, draw)


def _with_overrun(box: BoxPlan, draw: st.DrawFn) -> BoxPlan:
    at = draw(st.integers(0, len(box.body) - 1))
    part = box.body[at]
    changed: Line | tuple[BoxPlan, ...]
    if isinstance(part, Line):
        # Long enough to cover the border and the two columns of air before it.
        cover = _inner_width(box) - 2 - _width(part.text) + draw(st.integers(1, 2))
        changed = Line(part.words, "x" * cover)
    else:
        kid = draw(st.integers(0, len(part) - 1))
        changed = (*part[:kid], _with_overrun(part[kid], draw), *part[kid + 1 :])
    return BoxPlan((*box.body[:at], changed, *box.body[at + 1 :]))
