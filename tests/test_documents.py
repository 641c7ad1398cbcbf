"""Links of the documentation lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.test_project import ROOT, tracked

LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
DOCUMENTS = tracked("*.md", ":!content/*", ":!tests/*")  # courses are checked as courses


def links(document: Path) -> list[str]:
    """Return the links into this repository; what stands in code is none."""
    found = LINK.findall(CODE.sub("", document.read_text(encoding="utf-8")))
    return [one for one in found if "://" not in one]


def anchors(document: Path) -> set[str]:
    """Return the id of each heading: the one a course writes behind it, or one of its words."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    own = [re.search(r"\{#([\w-]+)\}", one) for one in headings]
    return {
        found[1] if found else re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading, found in zip(headings, own, strict=True)
    }


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: str(one.relative_to(ROOT)))
def test_a_link_leads_to_a_file_and_a_heading(document):
    dead = []
    for link in links(document):
        path, _, section = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (section and section not in anchors(target)):
            dead.append(link)

    assert dead == []


def test_the_documents_are_found():
    assert {ROOT / "README.md", ROOT / "docs/ecs.md"} <= set(DOCUMENTS)
    assert len(links(ROOT / "docs/ecs.md")) > 20
