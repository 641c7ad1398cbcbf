"""manage.py export, for scripts."""

from __future__ import annotations

import json
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.usefixtures("quiz_course")


def run(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("export", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_quiz_is_written_to_a_file(tmp_path):
    path = tmp_path / "first.json"

    out, _ = run("json", "--quiz", "first", "--language", "en", "--output", str(path))

    assert len(json.loads(path.read_text())["questions"]) == 5
    assert out.startswith("Wrote 5 questions to")


@pytest.mark.parametrize(
    ("part", "count"), [(("--chapter", "second"), 8), (("--domain", "2"), 4), ((), 13)]
)
def test_a_chapter_a_domain_or_all_is_written(part, count, tmp_path):
    path = tmp_path / "part.json"

    run("json", *part, "--output", str(path))

    assert len(json.loads(path.read_text())["questions"]) == count


def test_without_a_name_the_file_is_named_for_the_part(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    run("csv", "--domain", "1")

    assert Path("demo-domain-1-ja.csv").exists()


def test_what_a_format_cannot_hold_is_named(tmp_path):
    _, err = run("aiken", "--output", str(tmp_path / "x.txt"))

    assert "Aiken cannot hold 4 questions: a-multiple, a-ordering" in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("json", "--course", "gone"), "there is demo"),
        (("json", "--quiz", "gone"), "The course has no quiz gone; there is first, extra, mock"),
        (("json", "--chapter", "gone"), "there is first, second"),
        (("json", "--domain", "9"), "there is 1, 2"),
        (("json", "--language", "fr"), "it has ja, en"),
        (("json", "--output", "/nowhere/x.json"), "cannot be written"),
        (("docx",), "invalid choice"),
    ],
)
def test_a_wish_that_makes_no_sense_says_what_there_is(arguments, told):
    with pytest.raises(CommandError, match=told):
        run(*arguments)


def test_pdf_says_how_to_install_what_it_needs(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    with pytest.raises(CommandError, match="pip install weasyprint"):
        run("pdf", "--output", str(tmp_path / "x.pdf"))
