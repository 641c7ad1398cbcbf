"""The names of QTI 3: those of QTI 2 in small letters with hyphens, elements with qti- before."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

_CAPITAL = re.compile(r"(?<=[a-z])([A-Z])")
_SAME = frozenset({"match", "value", "variable", "correct", "mapping", "prompt"})


def as_qti3(root: Element) -> None:
    """Give every element and attribute of a tree its name in QTI 3; HTML keeps its own."""
    for one in root.iter():
        if one.tag in _SAME or _CAPITAL.search(one.tag):
            one.tag = f"qti-{_with_hyphens(one.tag)}"
        for name in [name for name in one.attrib if _CAPITAL.search(name)]:
            one.set(_with_hyphens(name), one.attrib.pop(name))


def _with_hyphens(name: str) -> str:
    return _CAPITAL.sub(r"-\1", name).lower()
