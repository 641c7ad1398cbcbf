"""Decks for Anki (.apkg): a deck a chapter, a note a question.

A note is known by course, question and language, so that another import updates it and keeps what
Anki knows of its memory. Anki takes an update whose time is newer: that of the texts (`revised`).
The ids below may never change, or every import would make a second set of notes.
"""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

import genanki

from quizzes.export import parts
from quizzes.export.anki_card import BACK, CSS, FIELDS, FRONT
from quizzes.export.archive import archive
from quizzes.export.elements import html
from quizzes.export.model import Bundle, Item
from quizzes.export.pictures import Files

MODEL = 1_607_392_319
_FIRST_DECK = 1 << 30  # deck ids are drawn from here to twice as much, as genanki's guide asks


def write(bundle: Bundle) -> bytes:
    files = Files(lambda name: name)
    model = genanki.Model(
        MODEL,
        "Gantry",
        fields=[{"name": one} for one in FIELDS],
        templates=[{"name": "Question", "qfmt": FRONT, "afmt": BACK}],
        css=CSS,
    )
    decks = {one.chapter_slug: _deck(bundle, one) for one in bundle.items}
    for one in bundle.items:
        decks[one.chapter_slug].add_note(
            genanki.Note(
                model=model,
                fields=_fields(one, files),
                tags=tags(bundle, one),
                guid=genanki.guid_for(bundle.course, one.id, one.language),
            )
        )
    if not decks:
        decks[""] = genanki.Deck(_deck_id(bundle.course, bundle.language), _name(bundle.title))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "deck.apkg")
        genanki.Package(list(decks.values())).write_to_file(path, bundle.revised.timestamp())
        return _with_media(path.read_bytes(), files.all)


def tags(bundle: Bundle, item: Item) -> list[str]:
    return [
        f"gantry::{bundle.course}",
        f"chapter::{item.chapter_slug}",
        f"task::{item.task.partition('.')[0]}::{item.task}",
        f"difficulty::{item.difficulty}",
        f"kind::{item.kind}",
    ]


def _deck(bundle: Bundle, item: Item) -> genanki.Deck:
    names = (bundle.course_title, item.chapter or item.chapter_slug)
    return genanki.Deck(
        _deck_id(bundle.course, item.language, item.chapter_slug), "::".join(map(_name, names))
    )


def _name(title: str) -> str:
    """Return a title as the name of a deck, in which :: would begin a deck of its own."""
    return title.replace("::", ":").replace('"', "'")


def _deck_id(*names: str) -> int:
    digest = hashlib.sha256("\n".join(names).encode()).digest()
    return _FIRST_DECK + int.from_bytes(digest[:8]) % _FIRST_DECK


def _fields(item: Item, files: Files) -> list[str]:
    picture = files.picture
    found = (
        parts.prompt(item, picture),
        parts.choices(item, picture),
        parts.solved(item, picture),
        parts.why(item, picture),
        parts.given(item, picture),
    )
    return [item.id, *(_field(item, elements) for elements in found)]


def _field(item: Item, elements: list[Element]) -> str:
    """Return elements as a field. Anki looks for [sound:…] and [latex] in it: [ is spelled out."""
    if not elements:
        return ""
    whole = Element("div", {"lang": item.language})
    whole.extend(elements)
    return html(whole).replace("[", "&#91;")


def _with_media(package: bytes, media: Mapping[str, bytes]) -> bytes:
    """Return the package packed anew: with pictures, and without the time it was made."""
    with zipfile.ZipFile(io.BytesIO(package)) as packed:
        collection = packed.read("collection.anki2")
    names = {str(n): name for n, name in enumerate(media)}
    index = json.dumps(names).encode()
    numbered = {n: media[name] for n, name in names.items()}
    return archive({"collection.anki2": collection, "media": index, **numbered})
