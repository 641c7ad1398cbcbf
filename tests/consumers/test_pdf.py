"""The PDF: every prompt can be found in it, every font is inside, the same bytes twice."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from quizzes.export import pdf
from quizzes.export.model import Bundle
from tests.consumers.here import need
from tests.quizzes.export import truth
from tests.quizzes.export.bank import LANGUAGES, bank, bundle, nasty_items

pytestmark = pytest.mark.consumers


def text_of(path: Path) -> str:
    command = ["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    pages = text.split("\f")
    # What stands above and below the page comes between the halves of a text that two pages share.
    return truth.squeezed("".join(without_margins(page) for page in pages))


def without_margins(page: str) -> str:
    return re.sub(r"^\s*\d+ / \d+\s*$", "", page, flags=re.MULTILINE)


@pytest.fixture(scope="module", params=LANGUAGES)
def printed(request, tmp_path_factory):
    """The whole bank as a PDF on disk."""
    need("pdf")
    path = tmp_path_factory.mktemp("pdf") / f"{request.param}.pdf"
    path.write_bytes(pdf.write(bank(request.param)))
    return path, bank(request.param)


def test_every_prompt_is_found(printed):
    path, wanted = printed
    text = text_of(path)

    missing = [one.id for one in wanted.items if not is_found(one.id, text, wanted)]

    assert missing == []


def is_found(name: str, text: str, wanted: Bundle) -> bool:
    title = truth.squeezed(wanted.title)
    whole = truth.prompt(name, wanted.language)
    return bare(whole) in bare(text.replace(title, ""))


def bare(text: str) -> str:
    """Return a text without what a list or the end of a line adds to it."""
    return re.sub(r"[•\u00ad]", "", text)


def test_every_font_is_inside(printed):
    path, _ = printed
    told = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True)

    fonts = [line.split() for line in told.stdout.splitlines()[2:]]
    assert fonts
    assert all(line[-5] == "yes" for line in fonts), told.stdout


def test_the_same_twice():
    few = bundle(list(bank("ja").items[:5]), language="ja")

    assert pdf.write(few) == pdf.write(few)


def test_nasty_texts_and_diagrams_are_printed(tmp_path):
    need("pdf")
    path = tmp_path / "nasty.pdf"
    items = [one for one in nasty_items() if one.kind == "single"]
    path.write_bytes(pdf.write(bundle(items, keys="none")))

    assert "Ends]]>early" in text_of(path)
