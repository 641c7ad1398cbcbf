"""Numbers, titles and ids: what a heading of a guide is called in the course."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MAX_ID = 40  # characters

_OWN_ID = re.compile(r"\{#(?P<id>[^{}\s]+)\}$")
_CHAPTER = re.compile(r"(?:chapter\s+|第\s*)?(?P<number>\d{1,2})", re.IGNORECASE)
_AFTER_NUMBER = re.compile(r"\s*(?:章|[.．:：)）](?!\d)|(?=\s))\s*[.．:：]?\s*")
_COUNTED = "つ個種回人年月日点段分秒台件社"  # "3 つの…" is a phrase, not a third chapter
_APPENDIX = re.compile(
    r"(?:付録|附録|appendix|annex)\s*(?P<letter>[A-Za-zＡ-Ｚ]?)(?![A-Za-z])\s*[.．:：]?\s*",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"(?P<number>[0-9A-Za-z]{1,2}(?:\.\d{1,3}){1,4})[.．)）:：]?\s+")
_PLAIN = re.compile(r"(?P<number>\d{1,2})[.．)）](?!\d)\s*(?=\S)")
_QUESTION = re.compile(r"[QＱ][ .]?(?P<number>\d{1,3})\s*[.．:：]", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z0-9]+")
_JOINED = re.compile(r"(?<=[A-Za-z])[&'’](?=[A-Za-z])")  # Q&A is one word
_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}\)")
_TAG = re.compile(r"<[^<>]{1,200}>")
_MARKUP = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_VALID_ID = re.compile(r"[a-z][a-z0-9-]*\Z")
# The page around a chapter uses these itself, see content.rendering.headings.
_RESERVED = re.compile(r"(?:main|progress|results|search|mark-.*|d\d+(?:-.*)?|section-\d+)\Z")


@dataclass(frozen=True, slots=True)
class Name:
    """A heading taken apart: its number ("3", "A", "2.1", or nothing), title and own id."""

    number: str
    title: str
    own_id: str


def chapter_name(text: str) -> Name:
    """Take the heading of a chapter apart: `3. Title`, `3 Title`, `第3章 Title`."""
    text, own = _own_id(text)
    found = _CHAPTER.match(text)
    if found is None:
        return Name("", text, own)
    after = _AFTER_NUMBER.match(text, found.end())
    title = text[after.end() :] if after else ""
    if not title or title[0] in _COUNTED:
        return Name("", text, own)
    return Name(found["number"].lstrip("0"), title, own)


def appendix_name(text: str) -> Name | None:
    """Take `付録A: Title` or `Appendix A: Title` apart; None when it is no appendix."""
    text, own = _own_id(text)
    found = _APPENDIX.match(text)
    if found is None:
        return None
    letter = unicodedata.normalize("NFKC", found["letter"]).upper()
    return Name(letter, text[found.end() :] or text, own)


def section_name(text: str, chapter: str) -> Name:
    """Take the heading of a section apart: `2.1 Title`, `1. Title`, `Q3: Title`.

    A dotted number counts only when it begins with the chapter's own: elsewhere "3.5 GB of
    memory" is a title.
    """
    text, own = _own_id(text)
    dotted = _DOTTED.match(text)
    if dotted is not None:
        first = dotted["number"].split(".")[0]
        if first.upper() == chapter:
            return Name(dotted["number"], text[dotted.end() :], own)
        return Name("", text, own)
    plain = _PLAIN.match(text)
    if plain is not None:
        return Name(plain["number"], text[plain.end() :], own)
    return Name("", text, own)


def question_number(text: str) -> int | None:
    """Return the 3 of `Q3: …`, or None when the heading asks no numbered question."""
    found = _QUESTION.match(text)
    return int(found["number"]) if found else None


def plain(text: str) -> str:
    """Return a heading without its inline Markdown."""
    text = _IMAGE_OR_LINK.sub(r"\1", text)
    return _MARKUP.sub("", _TAG.sub("", text)).strip()


def slug(title: str) -> str:
    """Return the ASCII words of a title as an id, or "" when there are too few to be readable."""
    foreign = not title.isascii()
    words = [word.lower() for word in _WORD.findall(_JOINED.sub("", plain(title)))]
    if foreign:  # digits between Japanese words count things; they say nothing alone
        words = [word for word in words if not word.isdigit()]
    while words and not words[0][0].isalpha():
        words.pop(0)
    made = ""
    for word in words:
        longer = f"{made}-{word}" if made else word[:MAX_ID]
        if len(longer) > MAX_ID:
            break
        made = longer
    return made if len(made) > 1 else ""


def is_id(text: str) -> bool:
    """Say whether `text` may be the id of a section."""
    return _VALID_ID.match(text) is not None and not _RESERVED.match(text)


def anchor(text: str) -> str:
    """Return the id GitHub gives a heading: lower case, punctuation gone, spaces to hyphens."""
    kept = (
        char
        for char in plain(text).lower()
        if char in "-_ " or unicodedata.category(char)[0] in "LNM"
    )
    return "".join(kept).replace(" ", "-")


class Taken:
    """The ids given so far in one place."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._counts: dict[str, int] = {}

    def reserve(self, name: str) -> bool:
        """Keep `name` for its owner; False when somebody has it already."""
        if name in self._given:
            return False
        self._given.add(name)
        return True

    def free(self, name: str) -> str:
        """Return `name`, or `name-2`, `name-3` … when it is taken, and keep it."""
        name = f"s-{name}" if _RESERVED.match(name) else name
        candidate, count = name, self._counts.get(name, 1)
        while not self.reserve(candidate):
            count += 1
            candidate = f"{name}-{count}"
        self._counts[name] = count
        return candidate


def _own_id(text: str) -> tuple[str, str]:
    found = _OWN_ID.search(text)
    if found is None:
        return text, ""
    return text[: found.start()].rstrip(), found["id"]
