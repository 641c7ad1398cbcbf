"""Finds texts that are missing in a language of the course, or are there in another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from content.catalog.decode import Found, Key, in_words


def untranslated(
    places: Iterable[tuple[Key, Mapping[str, str]]], languages: tuple[str, ...]
) -> Iterator[Found]:
    """Yield where texts, by language, are not in the course's languages and no other."""
    for key, texts in places:
        for language in languages:
            if language not in texts:
                what = f"{in_words(key)} is missing in {language}"
                yield Found(key, what, f"add {language} = '…'")
        for language in texts.keys() - set(languages):
            what = f"{in_words(key)} is in {language}, which is no language of the course"
            yield Found((*key, language), what, "remove it or add it to languages")
