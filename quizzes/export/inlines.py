"""Turns the words inside a block of Python-Markdown's tree into inline values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from content.rendering.plain import WIDE, spelled
from quizzes.export.model import Break, Code, Inline, Link, Styled, Text

STYLED = frozenset({"strong", "em", "kbd", "sub", "sup"})
_SEAM = "\x00"  # between two pieces of text; no text holds one
_BREAKS = (
    (re.compile(rf"(?<={WIDE})({_SEAM}*)\n({_SEAM}*)(?={WIDE})"), r"\1\2"),
    (re.compile(r"[ \t]*\n[ \t]*"), " "),
    (re.compile(r"\A\s+|\s+\Z"), ""),
)


def inlines_of(element: Element) -> tuple[Inline, ...]:
    """Return what an element holds as inline values; blocks in it are passed over."""
    return _joined(_walk(element))


def words_of(inlines: Iterable[Inline]) -> str:
    """Return the words alone, each line break as one."""
    return "".join(_word(one) for one in inlines)


def is_blank(inlines: Iterable[Inline]) -> bool:
    return not words_of(inlines).strip()


def _word(inline: Inline) -> str:
    match inline:
        case Text(text) | Code(text):
            return text
        case Break():
            return "\n"
        case Styled(inlines=inner) | Link(inlines=inner):
            return words_of(inner)


def _walk(element: Element) -> Iterator[Inline]:
    if element.text:
        yield Text(spelled(element.text))
    for child in element:
        yield from _inline(child)
        if child.tail:
            tail = spelled(child.tail)
            yield Text(tail.lstrip("\n") if child.tag == "br" else tail)


def _inline(element: Element) -> Iterator[Inline]:
    if element.tag == "code":
        yield Code(spelled("".join(element.itertext())))
    elif element.tag == "br":
        yield Break()
    elif element.tag == "a" and element.get("href"):
        yield Link(spelled(element.get("href", "")), tuple(_walk(element)))
    elif element.tag in STYLED:
        yield Styled(element.tag, tuple(_walk(element)))  # type: ignore[arg-type] # in STYLED
    elif element.tag not in ("ul", "ol"):
        yield from _walk(element)


def _joined(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Return the values with soft line breaks as a browser shows them: blanks, or nothing
    between Japanese characters; no blanks at either end."""
    kept = list(inlines)
    flat = _SEAM.join(_leaves(kept))
    for pattern, instead in _BREAKS:
        flat = pattern.sub(instead, flat)
    return tuple(_refilled(kept, iter(flat.split(_SEAM))))


def _leaves(inlines: Iterable[Inline]) -> Iterator[str]:
    for one in inlines:
        if isinstance(one, Text | Code):
            yield one.text
        elif not isinstance(one, Break):
            yield from _leaves(one.inlines)


def _refilled(inlines: Iterable[Inline], leaves: Iterator[str]) -> Iterator[Inline]:
    for one in inlines:
        if isinstance(one, Text | Code):
            text = next(leaves)
            if text:
                yield replace(one, text=text)
        elif isinstance(one, Break):
            yield one
        else:
            yield replace(one, inlines=tuple(_refilled(one.inlines, leaves)))
