"""LibreOffice opens the CSV: Japanese intact, every cell a text, no formula."""

from __future__ import annotations

import csv
import io
import subprocess
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

from quizzes.export import csv_table
from quizzes.export.model import Bundle
from tests.consumers.here import need, office
from tests.quizzes.export.bank import LANGUAGES, bank, bundle, nasty_items

pytestmark = pytest.mark.consumers
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
LIMIT = 120  # seconds, also on a busy machine


def opened(folder: Path, wanted: Bundle) -> Element:
    """Return what LibreOffice made of the file, as it would save it."""
    need("office")
    program = office()
    assert program
    (folder / "bank.csv").write_bytes(csv_table.write(wanted))
    subprocess.run(
        [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--infilter=CSV:44,34,76,1",  # comma, quote, UTF-8: what its dialog finds by the mark
            "--convert-to",
            "fods",
            "--outdir",
            str(folder),
            str(folder / "bank.csv"),
        ],
        check=True,
        timeout=LIMIT,
        capture_output=True,
    )
    return fromstring((folder / "bank.fods").read_bytes())


def cells_of(row: Element) -> list[str]:
    found = []
    for cell in row.iter(f"{TABLE}table-cell"):
        times = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        lines = ["".join(pieces(one)) for one in cell.iter(f"{TEXT}p")]
        found += ["\n".join(lines)] * (times if lines or times < 100 else 0)
    return found


def pieces(element: Element) -> list[str]:
    found = [element.text or ""]
    for child in element:
        if child.tag == f"{TEXT}s":
            found.append(" " * int(child.get(f"{TEXT}c", "1")))
        elif child.tag == f"{TEXT}tab":
            found.append("\t")
        else:
            found += pieces(child)
        found.append(child.tail or "")
    return found


def written(wanted: Bundle) -> list[list[str]]:
    text = csv_table.write(wanted).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_of_the_bank_is_the_text_it_was(language, tmp_path):
    root = opened(tmp_path, bank(language))

    rows = [cells_of(one) for one in root.iter(f"{TABLE}table-row")]
    for found, row in zip(rows, written(bank(language)), strict=False):
        filled = found + [""] * (len(row) - len(found))
        assert filled[: len(row)] == row
    assert len([one for one in rows if any(one)]) == len(bank(language).items) + 1


def test_nothing_is_a_formula(tmp_path):
    root = opened(tmp_path, bundle(nasty_items()))

    assert not [one for one in root.iter() if one.get(f"{TABLE}formula")]
    said = "".join(root.itertext())
    assert "=cmd|" in said
    assert "--cluster my-cluster" in said
