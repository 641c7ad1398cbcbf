"""Reads QTI 2.1 and 2.2: an item alone, or a package of them; all of it in memory."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from quizzes.importing import qti_items, xml_tree
from quizzes.importing.model import NotUnderstood, Reading, Refused, Unreadable

MAX_MEMBERS = 20_000
MAX_UNPACKED = 60_000_000  # bytes of all members together
MANIFEST = "imsmanifest.xml"
_ITEM = "imsqti_item_xmlv2p"
_MEND = "export the questions anew as QTI 2.1 or 2.2"


def read(data: bytes, language: str) -> Reading:
    """Return the questions of a package in the order of its manifest. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _package(archive, language)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise Unreadable(f"the package cannot be unpacked: {error}", _MEND) from None


def _package(archive: zipfile.ZipFile, language: str) -> Reading:
    _refuse_bombs(archive)
    names = set(archive.namelist())
    if MANIFEST not in names:
        raise Unreadable(f"the package has no {MANIFEST}", _MEND)
    reading = Reading()
    for path in _items(archive.read(MANIFEST)):
        if path not in names:
            reading.refused.append(Refused(path, "the package lacks this file", _MEND))
            continue
        try:
            root = xml_tree.parse(archive.read(path))
            reading.questions.append(qti_items.question(root, path, reading, language))
        except Unreadable as error:
            reading.refused.append(Refused(path, error.what, error.mend))
        except NotUnderstood as error:
            reading.refused.append(error.at(path))
    return reading


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    """Refuse what unpacks to too much, or lies outside; sizes told are the most that is read."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise Unreadable(f"the package has more than {MAX_MEMBERS:,} files", "divide it")
    if sum(one.file_size for one in members) > MAX_UNPACKED:
        raise Unreadable(f"the package unpacks to more than {MAX_UNPACKED:,} bytes", "divide it")
    for one in members:
        path = PurePosixPath(one.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0:1]:
            raise Unreadable(f"the package names a file outside: {one.filename[:80]!r}", _MEND)


def _items(manifest: bytes) -> list[str]:
    root = xml_tree.parse(manifest)
    kinds = {one.get("type", "") for one in root.iter("resource")}
    found = [one.get("href", "") for one in root.iter("resource") if _ITEM in one.get("type", "")]
    if not found:
        what = ", ".join(sorted(kinds))[:120] or "nothing"
        raise Unreadable(f"the package holds no items of QTI 2.1 or 2.2, but {what}", _MEND)
    return found


def read_item(data: bytes, language: str) -> Reading:
    """Return the question of one item. Raises Unreadable."""
    reading, root = Reading(), xml_tree.parse(data)
    try:
        reading.questions.append(qti_items.question(root, "item", reading, language))
    except NotUnderstood as error:
        reading.refused.append(error.at("item"))
    return reading
