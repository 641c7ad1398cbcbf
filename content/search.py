"""Search over the chapters in memory: folded text, every word must occur, ranked, with snippets.

The courses are files and small, so a scan is enough and both databases answer alike: none is asked.
Japanese has no spaces between words; substrings find words of one and two characters too.
A term of the course's glossary, however it is typed, finds its name in the language searched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from content.catalog.model import Chapter, Course

LONGEST_QUERY = 200
MOST_WORDS = 8
MOST_RESULTS = 50
SNIPPET = 120
LEAD = 40

Words = tuple[str, ...]
Reading = tuple[Words, ...]  # one of each group must occur


class QueryTooLongError(ValueError):
    """The query has more than LONGEST_QUERY characters or more than MOST_WORDS words."""


@dataclass(frozen=True, slots=True)
class Document:
    """One section (or the introduction, without an id) as it is searched."""

    chapter: Chapter
    section: str
    title: str
    text: str
    title_folded: str
    chapter_folded: str
    text_folded: str


@dataclass(frozen=True, slots=True)
class Hit:
    course: Course
    document: Document
    score: float
    words: Words

    def snippet(self) -> tuple[tuple[str, bool], ...]:
        """Return the text around the first match as (words, is match) pairs."""
        return snippet(self.document.text, self.document.text_folded, self.words)


def shown(text: str) -> str:
    """Return NFKC text with runs of white space made one space: what snippets show."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def folded(text: str) -> str:
    """Return `text` in NFKC, case folded, one character for one of `shown(text)`."""
    return "".join(_fold(character) for character in shown(text))


@lru_cache(maxsize=4096)
def _fold(character: str) -> str:
    fold = character.casefold()
    return fold if len(fold) == 1 else character


def words_of(query: str) -> Words:
    """Return the distinct folded words of a query; raise QueryTooLongError when it is too much."""
    if len(query) > LONGEST_QUERY:
        raise QueryTooLongError
    words = tuple(dict.fromkeys(folded(query).split()))
    if len(words) > MOST_WORDS:
        raise QueryTooLongError
    return words


@lru_cache(maxsize=64)
def documents(course: Course, language: str) -> tuple[Document, ...]:
    """Return the course's sections in `language`, folded once per loaded course."""
    return tuple(document for chapter in course.chapters for document in _of(chapter, language))


def _of(chapter: Chapter, language: str) -> list[Document]:
    text = chapter.text(language)
    parts = [("", text.title, f"{text.summary}\n{text.page.intro_text}")]
    parts += [(part.id, part.title, part.text) for part in text.page.sections]
    return [
        Document(chapter, id_, title, shown(body), folded(title), folded(text.title), folded(body))
        for id_, title, body in parts
    ]


@lru_cache(maxsize=64)
def synonyms(course: Course, language: str) -> Mapping[str, Words]:
    """Return the names in `language` of the terms that each folded name or spelling stands for."""
    found: dict[str, Words] = {}
    for term in course.terms:
        name = folded(term.name(language))
        for spelling in {folded(one) for one in (*term.names.values(), *term.also)}:
            found[spelling] = (*found.get(spelling, ()), name)
    return found


def readings(query: str, terms: Mapping[str, Words]) -> tuple[Reading, ...]:
    """Return what a query may mean: each word, or a term's name that stands for it.

    It is read word by word, and as a whole when it is a term of several words.
    """
    words = words_of(query)
    by_word = tuple(tuple(dict.fromkeys((word, *terms.get(word, ())))) for word in words)
    whole = terms.get(folded(query), ())
    return (by_word, (whole,)) if whole and len(words) > 1 else (by_word,)


def search(courses: list[Course], language: str, query: str) -> list[Hit]:
    """Return every section that holds all words of the query, best first."""
    if not words_of(query):
        return []
    hits = [hit for course in courses for hit in _hits(course, language, query)]
    return sorted(hits, key=lambda hit: -hit.score)


def _hits(course: Course, language: str, query: str) -> Iterator[Hit]:
    meant = readings(query, synonyms(course, language))
    for document in documents(course, language):
        hit = _hit(course, document, meant)
        if hit is not None:
            yield hit


def _hit(course: Course, document: Document, meant: tuple[Reading, ...]) -> Hit | None:
    """Return the document as the first reading finds it, with the words it really holds."""
    for reading in meant:
        held = [[word for word in either if _holds(document, word)] for either in reading]
        if all(held):
            words = tuple(word for either in held for word in either)
            return Hit(course, document, score(document, held), words)
    return None


def _holds(document: Document, word: str) -> bool:
    return word in document.text_folded or word in document.title_folded


def score(document: Document, held: list[list[str]]) -> float:
    """Return a rank: words in titles first, then how often, then how early they occur."""
    return sum(max(_worth(document, word) for word in either) for either in held)


def _worth(document: Document, word: str) -> float:
    total = 10.0 * (word in document.title_folded) + 3 * (word in document.chapter_folded)
    total += 5 * (word == document.title_folded) + min(document.text_folded.count(word), 5)
    found = document.text_folded.find(word)
    return total + (1 / (1 + found / 100) if found >= 0 else 0)


def snippet(text: str, text_folded: str, words: Words) -> tuple[tuple[str, bool], ...]:
    """Return about SNIPPET characters of `text` around the first word, split at every match."""
    found = [at for word in words if (at := text_folded.find(word)) >= 0]
    start = max(0, min(found, default=0) - LEAD)
    end = min(len(text), start + SNIPPET)
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    parts: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for match in re.finditer(pattern, text_folded[start:end]):
        first, last = start + match.start(), start + match.end()
        parts += [(text[at:first], False), (text[first:last], True)]
        at = last
    parts.append((text[at:end] + (" …" if end < len(text) else ""), False))
    return tuple(part for part in parts if part[0])
