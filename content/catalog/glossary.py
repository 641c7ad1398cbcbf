"""glossary.toml: the terms of a course, what each means, and where the course explains it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from content.catalog.decode import Found, Key, decode
from content.catalog.manifest import Manifest, slug_of
from content.catalog.model import Term
from content.catalog.problems import Problem, of_content, of_shape
from content.catalog.schema import GlossaryTable, TermTable
from content.catalog.translations import untranslated
from content.catalog.validate import Drafts, Links

NAME = "glossary.toml"
PAGE_IDS = frozenset({"announcer", "header-search", "keys", "keys-title", "main"})


@dataclass(frozen=True, slots=True)
class Glossary:
    """glossary.toml as far as it can be used: no term as soon as there is a problem of shape."""

    text: str
    terms: tuple[Term, ...]
    problems: tuple[Problem, ...]


def read_glossary(text: str, path: str, manifest: Manifest, drafts: Drafts) -> Glossary:
    """Read and check glossary.toml; what is wrong is in `problems`."""
    decoded = decode(text, GlossaryTable)
    if decoded.table is None:
        return Glossary(text, (), tuple(of_shape(path, decoded.faults)))
    found = _faults(decoded.table.term, manifest, drafts)
    problems = tuple(of_content(path, text, found))
    terms = tuple(_term(one, manifest.languages) for one in decoded.table.term)
    return Glossary(text, terms, problems)


def _faults(terms: list[TermTable], manifest: Manifest, drafts: Drafts) -> Iterator[Found]:
    ids = [(("term", place, "id"), one.id) for place, one in enumerate(terms)]
    yield from _repeated("id", ids)
    for key, term_id in ids:
        if term_id in PAGE_IDS:
            yield Found(key, f"the page itself uses the id {term_id}", "choose another id")
    if not manifest.is_listing_whole:
        return  # nobody knows yet which languages and chapters there are
    for language in manifest.languages:
        yield from _repeated("name", _names(terms, language))
    yield from untranslated(_texts(terms), manifest.languages)
    links = Links(manifest, drafts)
    for place, one in enumerate(terms):
        fault = one.section and links.fault(one.section, stem="", language=manifest.languages[0])
        if fault:
            yield Found(("term", place, "section"), *fault)


def _names(terms: list[TermTable], language: str) -> Iterator[tuple[Key, str]]:
    for place, one in enumerate(terms):
        if language in one.name:
            yield ("term", place, "name", language), one.name[language]


def _texts(terms: list[TermTable]) -> Iterator[tuple[Key, dict[str, str]]]:
    for place, one in enumerate(terms):
        yield ("term", place, "name"), one.name
        yield ("term", place, "meaning"), one.meaning


def _repeated(noun: str, words: Iterable[tuple[Key, str]]) -> Iterator[Found]:
    """Yield the words that say the same as one before, however they are written."""
    seen: set[str] = set()
    for key, word in words:
        folded = " ".join(unicodedata.normalize("NFKC", word).casefold().split())
        if folded in seen:
            yield Found(key, f"another term has the {noun} {word} too", "rename one of the two")
        seen.add(folded)


def _term(table: TermTable, languages: tuple[str, ...]) -> Term:
    file, _, section = (table.section or "").partition("#")
    return Term(
        id=table.id,
        names=_ordered(table.name, languages),
        meanings=_ordered(table.meaning, languages),
        also=tuple(table.also),
        chapter=slug_of(file.removesuffix(".md")) or None,
        section=section or None,
    )


def _ordered(texts: dict[str, str], languages: tuple[str, ...]) -> MappingProxyType[str, str]:
    """Return the texts in the course's order of languages, closed to changes."""
    return MappingProxyType({one: texts[one] for one in languages if one in texts})
