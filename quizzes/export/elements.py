"""Blocks as elements of HTML that are also well-formed XML; written out, they are escaped once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from quizzes.export.model import (
    Block,
    Break,
    Bullets,
    Code,
    Diagram,
    Image,
    Inline,
    Link,
    Listing,
    Paragraph,
    Quote,
    Rich,
    Styled,
    Table,
    Text,
)

Picture = Callable[[Diagram], Element]


def element(tag: str, *inside: Element | str, **attributes: str) -> Element:
    """Return an element; `class_` is written class, `xml_lang` xml:lang."""
    found = Element(tag, {_ATTRIBUTES.get(name, name): value for name, value in attributes.items()})
    return put(found, *inside)


_ATTRIBUTES = {"class_": "class", "xml_lang": "xml:lang", "type_": "type"}


def put(parent: Element, *inside: Element | str) -> Element:
    """Add elements and words to the end of an element."""
    for one in inside:
        if isinstance(one, Element):
            parent.append(one)
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + one
        else:
            parent.text = (parent.text or "") + one
    return parent


def html(*elements: Element) -> str:
    """Return elements as HTML."""
    return "".join(tostring(one, encoding="unicode", method="html") for one in elements)


def as_text(diagram: Diagram) -> Element:
    """Return a drawing as its text."""
    return element("pre", element("code", diagram.text))


def blocks(text: Rich, picture: Picture = as_text) -> list[Element]:
    """Return a text as block elements: p, ul, ol, blockquote, table, pre, div."""
    return [_block(one, picture) for one in text.blocks]


def flat(text: Rich, picture: Picture = as_text, *, tag: str = "span") -> Element:
    """Return a text inside `tag`: a single paragraph without a p around it."""
    if len(text.blocks) == 1 and isinstance(text.blocks[0], Paragraph):
        return put(Element(tag), *_inlines(text.blocks[0].inlines))
    return put(Element(tag), *blocks(text, picture))


def _block(block: Block, picture: Picture) -> Element:
    match block:
        case Paragraph(inlines):
            found = element("p", *_inlines(inlines))
        case Bullets():
            found = _bullets(block, picture)
        case Quote(inner):
            found = element("blockquote", *(_block(one, picture) for one in inner))
        case Table():
            found = _table(block)
        case Listing(text, _, title):
            found = _titled(title, element("pre", element("code", text)))
        case Diagram(title=title):
            found = _titled(title, picture(block))
        case Image(url, said):
            found = element("p", said or url)
    return found


def _titled(title: str, thing: Element) -> Element:
    return element("div", element("p", element("strong", title)), thing) if title else thing


def _bullets(block: Bullets, picture: Picture) -> Element:
    found = Element("ul" if block.start is None else "ol")
    if block.start not in (None, 1):
        found.set("start", str(block.start))
    for one in block.items:
        found.append(flat(Rich("", one), picture, tag="li"))
    return found


def _table(block: Table) -> Element:
    found = Element("table")
    body = SubElement(found, "tbody")
    for place, row in enumerate(block.rows):
        line = SubElement(body, "tr")
        for cell in row:
            put(SubElement(line, "td" if place else "th"), *_inlines(cell))
    return found


def _inlines(inlines: Iterable[Inline]) -> list[Element | str]:
    return [_inline(one) for one in inlines]


def _inline(inline: Inline) -> Element | str:
    match inline:
        case Text(text):
            return text
        case Code(text):
            return element("code", text)
        case Break():
            return Element("br")
        case Styled(tag, inner):
            return element(tag, *_inlines(inner))
        case Link(url, inner):
            return element("a", *_inlines(inner), href=url)
