"""`manage.py diagrams`: tells what is wrong with drawings, and straightens them alone."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

TORN = "┌──────────┐\n│  港 A   │\n└──────────┘"
MENDED = "┌──────────┐\n│  港 A    │\n└──────────┘"


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("diagrams", *arguments, stdout=out)
    return out.getvalue()


def check(*paths: Path) -> str:
    """Run --check, which is to fail, and return what it said."""
    out = StringIO()
    with pytest.raises(SystemExit) as caught:
        call_command("diagrams", "--check", *map(str, paths), stdout=out)
    assert caught.value.code == 1
    return out.getvalue()


def chapter(drawing: str, *, label: str = "diagram", around: str = "  spaced  \n") -> str:
    front = '+++\ntitle = "A"\n+++\n\n'
    return f'{front}{around}```{label} {{title="t"}}\n{drawing}\n```\n{around}'


@pytest.fixture
def courses(tmp_path: Path, settings) -> Path:
    settings.PORTAL_COURSES_DIR = tmp_path / "courses"
    folder = tmp_path / "courses" / "demo" / "chapters" / "ja"
    folder.mkdir(parents=True)
    return folder


def write(folder: Path, text: str, *, name: str = "01-a.md") -> Path:
    file = folder / name
    file.write_bytes(text.encode())
    return file


def test_a_fault_is_told_with_file_and_line(courses):
    file = write(courses, chapter(TORN))

    said = check()

    assert said.startswith(f"{file}:7: ")
    assert "--fix" in said.splitlines()[-1]


def test_clean_drawings_pass(courses):
    write(courses, chapter(MENDED))

    assert run("--check") == "Drawings without a fault: 1, in files: 1.\n"


def test_a_torn_drawing_is_straightened_and_nothing_else_changes(courses):
    file = write(courses, chapter(TORN) + chapter(TORN, label="text") + "no line end at the end")

    said = run("--fix")

    expected = chapter(MENDED) + chapter(TORN, label="text") + "no line end at the end"
    assert file.read_bytes().decode() == expected
    assert said.splitlines()[0] == f"{file}:7: straightened"
    assert "Drawings straightened: 1 of 1" in said.splitlines()[-1]


def test_a_second_fix_changes_nothing(courses):
    file = write(courses, chapter(TORN))
    run("--fix")
    before = file.read_bytes()

    said = run("--fix")

    assert file.read_bytes() == before
    assert said.startswith("Drawings straightened: 0 of 1")


def test_windows_line_ends_and_byte_order_marks_stay(courses):
    file = write(courses, "\ufeff" + chapter(TORN).replace("\n", "\r\n"))

    run("--fix")

    assert file.read_bytes().decode() == "\ufeff" + chapter(MENDED).replace("\n", "\r\n")


def test_a_drawing_in_a_list_or_quotation_keeps_its_place(courses):
    def set_in(drawing: str) -> str:
        rows = [f"```diagram {{title='t'}}\n{drawing}\n```".split("\n")]
        item = "\n".join(f"    {row}" for row in rows[0])
        quote = "\n".join(f"> {row}" for row in rows[0])
        return f"- item\n\n{item}\n\n{quote}\n"

    file = write(courses, set_in(TORN))

    run("--fix")

    assert file.read_bytes().decode() == set_in(MENDED)


def test_two_drawings_in_a_file_are_both_straightened(courses):
    file = write(courses, chapter(TORN) + "\n" + chapter(TORN).split("+++\n\n", 1)[1])

    said = run("--fix")

    assert file.read_text(encoding="utf-8").count("│  港 A    │") == 2
    assert "2 of 2" in said


def test_only_chapters_are_looked_at(courses):
    write(courses.parent.parent, chapter(TORN), name="README.md")

    assert run("--check") == "Drawings without a fault: 0, in files: 0.\n"


def test_paths_narrow_the_look(courses):
    write(courses, chapter(TORN))
    clean = write(courses, chapter(MENDED), name="02-b.md")

    assert run("--check", str(clean)) == "Drawings without a fault: 1, in files: 1.\n"
    assert "01-a.md" in check(courses.parent.parent)


def test_drawings_in_comments_and_open_fences_are_left_alone(courses):
    text = f"<!--\n{chapter(TORN)}-->\n\n```diagram\n{TORN}\n"
    file = write(courses, text)

    run("--fix")

    assert file.read_bytes().decode() == text


def test_a_path_that_is_not_there_is_told(courses):
    with pytest.raises(CommandError, match="is not there"):
        run("--check", str(courses / "missing"))


def test_a_file_that_is_no_text_is_told_and_left(courses):
    file = courses / "01-a.md"
    file.write_bytes(b"ok\n\xff\n")

    with pytest.raises(CommandError, match="line 2 is not UTF-8"):
        run("--fix")

    assert file.read_bytes() == b"ok\n\xff\n"


@pytest.mark.parametrize("options", [[], ["--check", "--fix"]])
def test_one_of_check_and_fix_is_asked_for(options):
    with pytest.raises(CommandError):
        run(*options)
