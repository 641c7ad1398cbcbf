"""Blocks as plain words, for formats without markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quizzes.export.inlines import words_of
from quizzes.export.model import (
    Block,
    Bullets,
    Diagram,
    Image,
    Listing,
    Paragraph,
    Quote,
    Rich,
    Table,
)


def words_of_blocks(blocks: Iterable[Block]) -> str:
    """Return the words; a blank line between two blocks."""
    return "\n\n".join("\n".join(_lines(one)) for one in blocks)


def one_line(text: Rich) -> str:
    """Return the words on one line; every run of white space is one blank."""
    return " ".join(words_of_blocks(text.blocks).split())


def is_one_line(text: Rich) -> bool:
    """Tell whether nothing is lost when the text stands on one line."""
    return all(_is_flat(one) for one in text.blocks)


def _is_flat(block: Block) -> bool:
    if isinstance(block, Bullets):
        return all(_is_flat(inner) for one in block.items for inner in one)
    return isinstance(block, Paragraph)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(inlines):
            yield words_of(inlines)
        case Bullets():
            yield from _items(block)
        case Quote(blocks):
            yield words_of_blocks(blocks)
        case Table(rows):
            yield from (" | ".join(words_of(cell) for cell in row) for row in rows)
        case Listing(text=text, title=title) | Diagram(text=text, title=title):
            yield "\n".join(filter(None, (title, text)))
        case Image(url, words):
            yield words or url


def _items(block: Bullets) -> Iterator[str]:
    for n, one in enumerate(block.items):
        mark = "•" if block.start is None else f"{block.start + n}."
        lines = words_of_blocks(one).split("\n")
        yield f"{mark} {lines[0]}"
        yield from (f"  {line}" for line in lines[1:])
