"""Parses XML of strangers: no entities of its own, no document type, no bottomless nesting."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from quizzes.importing.model import Unreadable

DEEPEST = 100


def parse(data: bytes) -> Element:
    """Return the root, names without namespaces. Raises Unreadable."""
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise Unreadable(
            "the XML declares a document type or entities, which can hide anything",
            "take <!DOCTYPE …> out, or export the questions anew",
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        raise Unreadable(
            f"the file is not well-formed XML: {error}", "export the questions anew"
        ) from None
    _refuse_depth(root)
    for one in root.iter():
        one.tag = one.tag.rpartition("}")[2]
    return root


def _refuse_depth(root: Element) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise Unreadable(f"the XML is nested deeper than {DEEPEST}", "export it anew")
        level = [child for one in level for child in one]
