"""Says a tree of HTML in Markdown, as an author of a course would write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

BLOCKS = frozenset({"p", "div", "ul", "ol", "li", "pre", "blockquote", "hr", "table"})
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_APART = frozenset({"td", "th", "p", "div", "li", "pre"})  # inside words: no word may grow longer
_KEPT = frozenset({"kbd", "sub", "sup"})
_LINK = re.compile(r"(https?://|mailto:)[^\s()<>]+", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SIGNS = re.compile(r"[\\`*\[\]]")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # my_var needs no mark, _x_ does
_ENTITY = re.compile(r"&(?=#?\w+;)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_START = re.compile(r"(?:[#>]|[-+](?=\s|$|-)|!(?=!!))")
_NUMBER = re.compile(r"(\d+)([.)])(?=\s|$)")


def escaped(text: str) -> str:
    """Return words in which nothing is a sign of Markdown, but at the start of a line."""
    text = _SIGNS.sub(lambda found: "\\" + found[0], text)
    text = _UNDERSCORE.sub(r"\\_", text)
    return _TAG.sub("&lt;", _ENTITY.sub("&amp;", text))


def is_link(address: str) -> bool:
    """Tell whether Markdown can hold a link to this address."""
    return _LINK.fullmatch(address) is not None


def plain(text: str) -> str:
    """Return plain text as Markdown: blank lines divide paragraphs, other lines stay lines."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    lines = ([escaped(line.strip()) for line in one.split("\n")] for one in paragraphs)
    return "\n\n".join(_at_start("<br>".join(filter(None, one))) for one in lines)


def blocks(root: Element) -> str:
    """Return everything in `root`, a blank line between two blocks."""
    return "\n\n".join(filter(None, _blocks(root)))


def line(root: Element) -> str:
    """Return everything in `root` on one line."""
    pieces = [" ".join(one.split("\n")) for one in _blocks(root, is_line=True)]
    return _at_start("<br>".join(filter(None, pieces)))


def _blocks(parent: Element, *, is_line: bool = False) -> Iterator[str]:
    run = [escaped_text(parent.text)]
    for child in parent:
        if child.tag not in BLOCKS:
            run.append(_inline(child))
        else:
            yield _paragraph(run, is_line=is_line)
            run = []
            yield from _inside(child, is_line=is_line)
        run.append(escaped_text(child.tail))
    yield _paragraph(run, is_line=is_line)


def _inside(block: Element, *, is_line: bool = False) -> Iterator[str]:
    if is_line and block.tag == "pre":
        yield _code("".join(block.itertext()))
    elif is_line or block.tag in ("p", "div", "li"):
        yield from _blocks(block, is_line=is_line)
    elif block.tag == "pre":
        yield _listing(block)
    elif block.tag in ("ul", "ol"):
        yield _bullets(block)
    elif block.tag == "blockquote" and block.find(".//pre") is not None:
        yield from _blocks(block)  # Markdown may lose the words before a listing that is quoted
    elif block.tag == "blockquote":
        yield "\n".join(f"> {one}".rstrip() for one in blocks(block).split("\n"))
    elif block.tag == "table":
        yield _table(block)


def _paragraph(run: list[str], *, is_line: bool = False) -> str:
    text = _SPACE.sub(" ", "".join(run)).strip()
    text = re.sub(r"^(?:<br>)+|(?:<br>)+$", "", text).strip()
    return text if is_line else _at_start(text)


def _at_start(text: str) -> str:
    """Escape what makes a heading, a list, a quote, a definition or a fence of a line."""
    if _START.match(text):
        return "\\" + text
    if text.startswith((": ", "~~~")):
        return f"&#{ord(text[0])};{text[1:]}"
    return _NUMBER.sub(r"\1\\\2", text, count=1) if _NUMBER.match(text) else text


def escaped_text(text: str | None) -> str:
    return escaped(_SPACE.sub(" ", text or ""))


def _inline(element: Element) -> str:
    if element.tag == "br":
        return "<br>"
    if element.tag == "img":
        return escaped_text(element.get("alt"))
    if element.tag in ("code", "tt"):
        return _code("".join(element.itertext()))
    inner = escaped_text(element.text)
    for child in element:
        inner += _inline(child) + escaped_text(child.tail)
    if element.tag in _APART:
        return f"{inner} "
    return _marked(element, inner)


def _marked(element: Element, inner: str) -> str:
    words = inner.strip()
    if not words:
        return inner
    before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    if element.tag in _MARKS:
        words = f"{_MARKS[element.tag]}{words}{_MARKS[element.tag]}"
    elif element.tag in _KEPT:
        words = f"<{element.tag}>{words}</{element.tag}>"
    elif element.tag == "a" and is_link(element.get("href", "")):
        words = f"[{words}]({element.get('href')})"
    return before + words + after


def _code(text: str) -> str:
    text = _SPACE.sub(" ", text)
    if not text.strip():
        return text
    fence = "`" * (_longest(text) + 1)
    pad = " " if "`" in (text[0], text[-1]) else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _longest(text: str) -> int:
    return max((len(one) for one in re.findall(r"`+", text)), default=0)


def _listing(block: Element) -> str:
    text = "".join(_text_of(block)).strip("\n")
    fence = "`" * max(3, _longest(text) + 1)
    return f"{fence}text\n{text}\n{fence}"


def _text_of(element: Element) -> Iterator[str]:
    """Yield the text of a listing; a br ends a line."""
    yield "\n" if element.tag == "br" else element.text or ""
    for child in element:
        yield from _text_of(child)
        yield child.tail or ""


def _bullets(block: Element) -> str:
    start = block.get("start", "1")
    number = int(start) if start.isdecimal() and len(start) < 7 else 1  # noqa: PLR2004
    pieces, is_loose = [], False
    for n, inner in enumerate(filter(None, _items(block))):
        mark = "- " if block.tag == "ul" else f"{number + n}. "
        is_loose = is_loose or len(inner) > 1
        lines = "\n\n".join(inner).split("\n")
        rest = [f"    {one}" if one else "" for one in lines[1:]]
        pieces.append("\n".join([mark + lines[0], *rest]))
    return ("\n\n" if is_loose else "\n").join(pieces)


def _items(block: Element) -> Iterator[list[str]]:
    """Yield the blocks of each item; words between two items are one too."""
    yield list(filter(None, [_paragraph([escaped_text(block.text)])]))
    for child in block:
        inner = _inside(child) if child.tag in BLOCKS else [_paragraph([_inline(child)])]
        yield list(filter(None, inner))
        yield list(filter(None, [_paragraph([escaped_text(child.tail)])]))


def _rows(block: Element) -> Iterator[Element]:
    for child in block:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody"):
            yield from _rows(child)


def _table(block: Element) -> str:
    rows = [[_cell(cell) for cell in row if cell.tag in ("td", "th")] for row in _rows(block)]
    rows = [one for one in rows if one]
    if not rows:
        return ""
    width = max(map(len, rows))
    lines = ["| " + " | ".join(one + [""] * (width - len(one))) + " |" for one in rows]
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])


def _cell(cell: Element) -> str:
    return line(cell).replace("|", "\\|")
