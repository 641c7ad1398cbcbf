"""Text that was made to keep the server busy is put away quickly."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from content.rendering.diagrams import DrawingError, draw, faults, heal, looks_like_drawing

SECONDS = 2.0  # hostile text takes a tenth of it on an idle machine

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
def test_hostile_text_is_answered_quickly(name):
    text = HOSTILE[name]
    started = time.process_time()

    looks_like_drawing(text)
    heal(text)
    faults(text)
    with suppress(DrawingError):
        draw(text, uid="d", title="")

    assert time.process_time() - started < SECONDS
