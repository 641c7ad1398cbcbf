"""The table of formats that can be read, by how a file is called and what it says first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from quizzes.importing import csv_table, gift, json_file, moodle, qti, xml_tree
from quizzes.importing.model import MAX_BYTES, MAX_QUESTIONS, Reading, Unreadable

Read = Callable[[bytes, str], Reading]
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Format:
    """One format: what it is called, how names of its files end, how it is read."""

    label: str
    endings: tuple[str, ...]
    read: Read


def _xml(data: bytes, language: str) -> Reading:
    root = xml_tree.parse(data)
    if root.tag == "assessmentItem":
        return qti.read_item(data, language)
    return moodle.read_tree(root, language)


FORMATS = (
    Format("JSON", (".json",), json_file.read),
    Format("CSV", (".csv",), csv_table.read),
    Format("Moodle XML or a QTI item", (".xml",), _xml),
    Format("GIFT", (".gift", ".txt"), gift.read),
    Format("QTI package", (".zip",), qti.read),
)


def read(name: str, data: bytes, language: str) -> tuple[Format, Reading]:
    """Return the format and what is understood of a file; texts are in `language` unless it says.

    Raises Unreadable.
    """
    found = next((one for one in FORMATS if name.lower().endswith(one.endings)), None)
    if found is None:
        known = ", ".join(ending for one in FORMATS for ending in one.endings)
        raise Unreadable("the name tells no format", f"let it end in one of {known}")
    if not data.strip():
        raise Unreadable("the file is empty", "export the questions anew")
    if len(data) > MAX_BYTES:
        raise Unreadable(f"the file has more than {MAX_BYTES:,} bytes", "divide it")
    if data.startswith(_ZIP) and ".zip" not in found.endings:
        raise Unreadable("the file is a zip archive", "name the file in it, or a package .zip")
    reading = found.read(data, language)
    if len(reading.questions) + len(reading.refused) > MAX_QUESTIONS:
        raise Unreadable(f"the file has more than {MAX_QUESTIONS:,} questions", "divide it")
    return found, reading
