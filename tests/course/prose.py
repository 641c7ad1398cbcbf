"""Rules for the words of a chapter: numbers, keys, prices, links and sentences of others."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.course.blocks import Block, ChapterFile
from tests.course.outline import prose_lines

# The first 16 hex digits of sha256 of every sentence of the guide the course grew from. The guide
# is not in the repository. Fenced code was cut out, the rest was split at 。 and line ends, white
# space and | * ` # > - were taken out, and sentences of 18 characters or more with hiragana were
# kept: what `sentences` below does.
GUIDE = Path(__file__).parent / "data/guide-sentences.txt"

ACCOUNTS = frozenset({"111122223333", "444455556666", "123456789012"})

_TWELVE = re.compile(r"(?<![0-9A-Za-z])\d{12}(?![0-9A-Za-z])")
_HEX_NEXT_TO = re.compile(r"[0-9a-f]{4}-\d{12}\b")
_KEY = re.compile(r"\b(?:AKIA|ASIA|AROA|AIDA)[0-9A-Z]{16}\b")
_SECRET = re.compile(
    r"(?i)(?:secret|token)\w*[\"']?\s*[:=]\s*[\"']?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])"
)
_PRICE = re.compile(
    r"\$\s?\d+[.,]\d|\$\d+ (?:per|a|an)\b|\bUS\$|\bUSD\b|\d[\d,.]*\s?(?:円|ドル|セント)"
    r"|\d[\d,.]*\s(?:dollars?|cents?|yen)\b|[¥€]\s?\d"
)
_LINK = re.compile(r"\]\((?P<file>[a-z0-9-]+\.md)?(?:#(?P<id>[^)\s]+))?\)")
_HEADING_ID = re.compile(r"^#{2,3} .*\{#([a-z][a-z0-9-]*)\}\s*$", re.MULTILINE)
_NOT_PROSE = re.compile(r"\s*(?:[#|<]|!!!|```)")
_HIRAGANA = re.compile(r"[ぁ-ん]")
_SHORTEST = 18


def foreign_numbers(text: str) -> Iterator[str]:
    """Yield account ids and access keys that are not made up, as "line: what"."""
    for number, line in enumerate(text.split("\n"), start=1):
        for found in _TWELVE.finditer(_HEX_NEXT_TO.sub("", line)):
            if found[0] not in ACCOUNTS:
                yield f"{number}: {found[0]} is no account id of examples; use 111122223333"
        for key in _KEY.finditer(line):
            if "EXAMPLE" not in key[0]:
                yield f"{number}: {key[0][:4]}… looks like a real access key"
        if _SECRET.search(line):
            yield f"{number}: a secret of 40 characters looks real"


def prices(text: str) -> Iterator[str]:
    """Yield amounts of money, as "line: what"."""
    for number, line in enumerate(text.split("\n"), start=1):
        for found in _PRICE.finditer(line):
            yield f"{number}: {found[0]!r} is a price; link to the page of prices instead"


def dead_links(chapter: ChapterFile, others: Iterable[ChapterFile]) -> Iterator[str]:
    """Yield links to chapters and sections that are not there, as "line: what"."""
    names = {one.path.partition("/")[2]: one for one in others if one.language == chapter.language}
    for number, line in prose_lines(chapter):
        for link in _LINK.finditer(re.sub(r"`[^`]*`", "", line)):
            target = names.get(link["file"]) if link["file"] else chapter
            if target is None:
                yield f"{number}: there is no chapter {link['file']}"
            elif link["id"] and link["id"] not in _HEADING_ID.findall(target.text):
                yield f"{number}: {target.path} has no section {link['id']}"


def is_explained(block: Block, chapter: ChapterFile) -> bool:
    """Tell whether prose stands right above or below a block."""
    prose = dict(prose_lines(chapter))
    lines = chapter.text.split("\n")
    above = next((n for n in range(block.line - 1, 0, -1) if lines[n - 1].strip()), 0)
    end = block.line + block.text.count("\n") + 2
    below = next((n for n in range(end + 1, len(lines) + 1) if lines[n - 1].strip()), 0)
    return any(number in prose and not _NOT_PROSE.match(prose[number]) for number in (above, below))


def sentences(text: str) -> Mapping[str, str]:
    """Return the sentences long enough to be somebody's own, by their hash."""
    without_code = re.sub(r"(?s)```.*?```|~~~.*?~~~", "", text)
    found = (re.sub(r"[\s|*`#>-]+", "", one) for one in re.split(r"[。\n]", without_code))
    return {
        hashlib.sha256(one.encode()).hexdigest()[:16]: one
        for one in found
        if len(one) >= _SHORTEST and _HIRAGANA.search(one)
    }


def repeated(text: str, hashes: frozenset[str]) -> list[str]:
    """Return the sentences of the text that the guide has word for word."""
    return [sentence for key, sentence in sentences(text).items() if key in hashes]
