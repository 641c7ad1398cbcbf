"""Links the first place in a chapter that names a term of the glossary to what the term means."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from content.rendering.model import Html, Page

MOST = 12  # links a page: more would make it restless

# Not running text. Whole elements, so that nothing inside them is looked at, then single tags.
_PASSED_OVER = re.compile(
    r'<p class="callout-title">.*?</p>'
    r"|<(a|code|dt|figure|h[2-6]|kbd|pre|summary|table)\b[^<]*(?:<(?!/\1>)[^<]*)*"
    r'|<[^">]*(?:"[^"]*"[^">]*)*>',
    re.DOTALL,
)
_LETTER = "[a-z0-9]"
_JOINED = "[a-z0-9_-]"
_WIDE = "[\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u30a1-\u30fa\u30fc-\u30fe]"
# A name does not go on before or after its place: Latin letters end at any other sign; katakana
# and kanji are one word together, as in タスク定義 and 新規タスク.
_START = f"(?!(?<={_JOINED}){_LETTER})(?!(?<={_WIDE}){_WIDE})"
_END = f"(?!(?<={_LETTER}){_JOINED})(?!(?<={_WIDE}){_WIDE})"


@dataclass(frozen=True, slots=True)
class Word:
    """A term in the language of the pages: its id in the glossary, its name, its meaning.

    `explained_on` is the number of the page that explains it, from 0, when there is one.
    """

    id: str
    name: str
    meaning: str
    explained_on: int | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page first names a word: the part (0 is the introduction) and the characters."""

    word: Word
    part: int
    start: int
    end: int


def link_terms(pages: Sequence[Page], words: Sequence[Word]) -> tuple[Page, ...]:
    """Return a course's pages in one language, in reading order, with words linked in their HTML.

    A page links the first place of a word, and at most MOST words. The text for search stays as
    it is.
    """
    if not words:
        return tuple(pages)
    finder = _Finder(words)
    found = [finder.first_places(page) for page in pages]
    counts = Counter(place.word.id for places in found for place in places)
    common = {word_id for word_id, count in counts.items() if count * 2 > len(pages)}
    linked: list[Page] = []
    for number, (page, places) in enumerate(zip(pages, found, strict=True)):
        new = [place for place in places if not _is_known(place.word, number, common)]
        new.sort(key=lambda place: (not _is_basic(place.word, common), counts[place.word.id]))
        linked.append(_linked(page, new[:MOST]))
    return tuple(linked)


def _is_basic(word: Word, common: Collection[str]) -> bool:
    """Most pages name the word, and one explains it: up to there, it is linked before others.

    Of the others, those come first that the fewest pages name.
    """
    return word.id in common and word.explained_on is not None


def _is_known(word: Word, number: int, common: Collection[str]) -> bool:
    """A basic word needs no link once its page has been read."""
    return _is_basic(word, common) and (word.explained_on or 0) < number


class _Finder:
    """One pattern for all words: of two names at one place, the longer one stands there."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._words = {form: word for word in words for form in _forms(word.name)}
        self._pattern = re.compile(f"{_START}(?:{_either(self._words)}){_END}")

    def first_places(self, page: Page) -> list[_Place]:
        """Return the first place of each word the page names, in reading order."""
        first: dict[str, _Place] = {}
        for part, markup in enumerate(_parts(page)):
            for found in self._named(_lowered(markup)):
                word = self._words[" ".join(found[0].split())]
                if word.id not in first:
                    first[word.id] = _Place(word, part, found.start(), found.end())
        return list(first.values())

    def _named(self, markup: str) -> Iterator[re.Match[str]]:
        for start, end in _running_text(markup):
            yield from self._pattern.finditer(markup, start, end)


def _either(forms: Iterable[str]) -> str:
    """Return a pattern for any of the forms, longest first; by initials, which is much quicker."""
    by_initial: dict[str, list[str]] = {}
    for form in sorted(forms, key=len, reverse=True):
        rest = re.escape(form[1:]).replace(r"\ ", r"\s+")
        by_initial.setdefault(form[0], []).append(rest)
    return "|".join(
        f"{re.escape(initial)}(?:{'|'.join(rests)})" for initial, rests in by_initial.items()
    )


def _running_text(markup: str) -> Iterator[tuple[int, int]]:
    """Yield where the text begins and ends that stands in paragraphs and lists."""
    start = 0
    for passed_over in _PASSED_OVER.finditer(markup):
        if start < passed_over.start():
            yield start, passed_over.start()
        start = passed_over.end()


def _forms(name: str) -> Iterator[str]:
    """Yield the name as it may stand in lowered HTML; a Latin one in the plural too."""
    form = _lowered(html.escape(" ".join(name.split()), quote=False))
    yield form
    if re.search("[a-z]$", form):
        yield f"{form}s"
        yield f"{form}es"
        if form.endswith("y"):
            yield f"{form[:-1]}ies"


def _lowered(text: str) -> str:
    """Return the text in small letters, character for character: places stay the same."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(map(_lowered_character, text))


def _lowered_character(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character


def _parts(page: Page) -> list[Html]:
    return [page.intro, *(section.html for section in page.sections)]


def _linked(page: Page, places: Iterable[_Place]) -> Page:
    parts: list[str] = list(_parts(page))
    # From the end to the start: a link moves only what comes after it.
    for place in sorted(places, key=lambda place: place.start, reverse=True):
        parts[place.part] = _with_link(parts[place.part], place)
    intro, *sections = map(Html, parts)
    linked = (
        replace(section, html=markup)
        for section, markup in zip(page.sections, sections, strict=True)
    )
    return replace(page, intro=intro, sections=tuple(linked))


def _with_link(markup: str, place: _Place) -> str:
    word, name = place.word, markup[place.start : place.end]
    opening = f'<a class="term" href="../glossary/#{word.id}" title="{html.escape(word.meaning)}">'
    return f"{markup[: place.start]}{opening}{name}</a>{markup[place.end :]}"
