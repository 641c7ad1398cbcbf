"""Text that was made to keep the server busy is put away with little work.

Work is counted, not timed: a step is a line of Python. A pattern that goes back and forth over its
text takes no steps but hours; the guard ends it.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

import pytest

from content.rendering.diagrams import DrawingError, draw, faults, heal, looks_like_drawing

STEPS = 8_000_000  # the dearest text below takes little more than half of it
GUARD = 300  # seconds of processor time, against the fraction of one that is needed

HOSTILE = {
    "boxes side by side": "\n".join(["┌┐" * 80, *["││" * 80] * 198, "└┘" * 80]),
    "as many rows as allowed": "\n".join(["┌┐" * 80, *["││" * 80] * 148, "└┘" * 80]),
    "as many runs as allowed": "\n".join(["┌┐" * 80, *["││" * 80] * 22, "└┘" * 80]),
    "slipped uprights": "\n".join(["┌─┐ " * 40, *[" │   │  " * 20] * 70, "└─┘ " * 40]),
    "long sides": "\n".join(["┌─┐ " * 50, *["│   " * 40] * 80, "└─┘ " * 50]),
    "words everywhere": "\n".join(["a│b " * 33] * 40),
    "small boxes": "\n".join(["┌┐" * 100, "└┘" * 100] * 10),
    "wide characters": "┌" + "日" * 20_000,
    "marks without width": "│a" + "\u0301" * 100_000,
    "empty lines": "\n" * 200_000 + "│",
    "blanks": (" " * 400_000 + "x\n") * 3 + "│",
    "a long caption": "【" * 300_000 + "\n│",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_answered_with_little_work(name):
    assert steps(put_away, HOSTILE[name]) < STEPS


def put_away(text: str) -> None:
    looks_like_drawing(text)
    heal(text)
    faults(text)
    with suppress(DrawingError):
        draw(text, uid="d", title="")


def steps(work: Callable[[str], None], text: str) -> int:
    """Return how many lines of Python `work` runs; stops at the first one too many."""
    count = 0

    def trace(_frame: FrameType, _event: str, _value: Any) -> Any:
        nonlocal count
        count += 1
        if count > STEPS:
            raise AssertionError(f"more than {STEPS} steps")
        return trace

    before = sys.gettrace()
    signal.setitimer(signal.ITIMER_VIRTUAL, GUARD)
    sys.settrace(trace)
    try:
        work(text)
    finally:
        sys.settrace(before)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return count
