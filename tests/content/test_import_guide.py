"""`manage.py import_guide`: a guide becomes a course folder that loads, or nothing is written."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from content.catalog.load import load_course

GUIDE = Path(__file__).parent / "data" / "guide.md"
SMALL = "# Guide\n\n## 1. Alpha\n\n### Part\n\ntext\n"


def run(guide: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_guide", str(guide), *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    guide = tmp_path / "small.md"
    guide.write_text(SMALL, encoding="utf-8")
    return guide


def test_a_guide_is_imported_as_a_course_that_loads(tmp_path):
    said = run(GUIDE, "--course", "harbour", "--into", str(tmp_path))

    course = load_course(tmp_path / "harbour")
    assert course.languages == ("ja",)
    assert [chapter.label for chapter in course.chapters] == ["1", "2", "3", "A", "B"]
    assert said.splitlines()[-1] == (
        f"Made {tmp_path / 'harbour'}: chapters 3, appendices 2, drawings 2, questions 2."
    )


def test_the_course_lands_among_the_others_by_default(small, tmp_path, settings):
    settings.PORTAL_COURSES_DIR = tmp_path / "courses"

    run(small, "--course", "alpha", "--language", "en", "--licence", "CC0-1.0")

    course = load_course(tmp_path / "courses" / "alpha")
    assert (course.title("en"), course.licence) == ("Guide", "CC0-1.0")


def test_a_date_given_dates_the_course(small, tmp_path):
    run(small, "--course", "alpha", "--into", str(tmp_path), "--checked", "2026-01-02")

    assert load_course(tmp_path / "alpha").checked.isoformat() == "2026-01-02"


def test_a_date_that_is_none_is_refused(small):
    with pytest.raises(CommandError, match="is no date"):
        run(small, "--course", "alpha", "--checked", "tomorrow")


def test_a_dry_run_reports_and_writes_nothing(small, tmp_path):
    said = run(small, "--course", "alpha", "--into", str(tmp_path / "new"), "--dry-run")

    assert not (tmp_path / "new").exists()
    assert "Every other word of the guide is in the course." in said
    assert said.rstrip().endswith("Nothing was written.")


def test_a_folder_that_is_there_is_not_touched(small, tmp_path):
    own = tmp_path / "alpha" / "own.txt"
    own.parent.mkdir()
    own.write_text("mine", encoding="utf-8")

    with pytest.raises(CommandError, match="is there already"):
        run(small, "--course", "alpha", "--into", str(tmp_path))

    assert [path.name for path in own.parent.iterdir()] == ["own.txt"]


def test_force_replaces_files_and_leaves_the_others(small, tmp_path):
    run(small, "--course", "alpha", "--into", str(tmp_path))
    own = tmp_path / "alpha" / "own.txt"
    own.write_text("mine", encoding="utf-8")
    small.write_text(SMALL.replace("text", "new words"), encoding="utf-8")

    run(small, "--course", "alpha", "--into", str(tmp_path), "--force")

    chapter = tmp_path / "alpha" / "chapters" / "ja" / "01-alpha.md"
    assert "new words" in chapter.read_text(encoding="utf-8")
    assert own.read_text(encoding="utf-8") == "mine"


def test_a_chapter_left_from_before_is_told(small, tmp_path):
    run(small, "--course", "alpha", "--into", str(tmp_path))
    small.write_text(SMALL.replace("Alpha", "Beta"), encoding="utf-8")

    with pytest.raises(
        CommandError, match=r"01-alpha\.md: course\.toml does not list this chapter"
    ):
        run(small, "--course", "alpha", "--into", str(tmp_path), "--force")


def test_images_beside_the_guide_come_along(tmp_path):
    guide = tmp_path / "guide.md"
    guide.write_text(SMALL + "\n![map](pics/map.png)\n", encoding="utf-8")
    (tmp_path / "pics").mkdir()
    (tmp_path / "pics" / "map.png").write_bytes(b"\x89PNG\r\n\x1a\n")

    run(guide, "--course", "alpha", "--into", str(tmp_path / "out"))

    assert load_course(tmp_path / "out" / "alpha").images == ("images/map.png",)


@pytest.mark.parametrize("target", ["missing.png", "../secret.png"])
def test_an_image_that_is_not_beside_the_guide_stops_the_import(tmp_path, target):
    (tmp_path / "secret.png").write_bytes(b"")
    (tmp_path / "in").mkdir()
    guide = tmp_path / "in" / "guide.md"
    guide.write_text(f"{SMALL}\n![map]({target})\n", encoding="utf-8")

    with pytest.raises(CommandError, match=r"guide.md:9: there is no image"):
        run(guide, "--course", "alpha", "--into", str(tmp_path / "out"))

    assert not (tmp_path / "out").exists()


def test_a_course_that_would_not_load_is_not_put_among_the_others(tmp_path, settings):
    settings.PORTAL_COURSES_DIR = tmp_path / "courses"
    guide = tmp_path / "guide.md"
    guide.write_text(SMALL + "\n<details>\nno summary\n</details>\n", encoding="utf-8")

    with pytest.raises(CommandError, match=r"(?s)has no <summary>.*Nothing was written"):
        run(guide, "--course", "alpha")

    assert not (tmp_path / "courses").exists()


def test_a_course_that_does_not_load_is_written_elsewhere_to_be_mended(tmp_path):
    guide = tmp_path / "guide.md"
    guide.write_text(SMALL + "\n<details>\nno summary\n</details>\n", encoding="utf-8")

    with pytest.raises(CommandError, match="does not load yet"):
        run(guide, "--course", "alpha", "--into", str(tmp_path / "out"))

    assert (tmp_path / "out" / "alpha" / "course.toml").exists()


def test_lost_words_stop_the_import(small, tmp_path, monkeypatch):
    monkeypatch.setattr("content.catalog.guide.build.chapter", lambda *_: "empty")

    with pytest.raises(CommandError, match="Nothing was written"):
        run(small, "--course", "alpha", "--into", str(tmp_path / "out"))

    assert not (tmp_path / "out").exists()


def test_a_fault_of_the_guide_is_told_with_file_line_and_mend(tmp_path):
    guide = tmp_path / "guide.md"
    guide.write_text("## 1. A\n\n```bash\nls\n", encoding="utf-8")

    with pytest.raises(CommandError, match=r"guide\.md:3: .* is never closed — add a line ```"):
        run(guide, "--course", "alpha", "--into", str(tmp_path / "out"))


def test_a_guide_in_another_encoding_is_named(tmp_path):
    guide = tmp_path / "guide.md"
    guide.write_bytes("## 1. みなとのそうこ".encode("cp932"))

    with pytest.raises(CommandError, match=r"looks like Shift_JIS.*iconv -f CP932 -t UTF-8"):
        run(guide, "--course", "alpha", "--into", str(tmp_path / "out"))


def test_a_guide_that_is_too_large_is_refused_at_once(tmp_path):
    guide = tmp_path / "guide.md"
    guide.write_bytes(b"## 1. A\n\n" + b"words and words\n" * 330_000)

    with pytest.raises(CommandError, match="1,000,000 are the most"):
        run(guide, "--course", "alpha", "--into", str(tmp_path / "out"))


@pytest.mark.parametrize("name", ["missing.md", "."])
def test_a_guide_that_cannot_be_read_is_told(tmp_path, name):
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / name, "--course", "alpha", "--into", str(tmp_path / "out"))


def test_a_file_in_the_place_of_the_course_is_told(small, tmp_path):
    (tmp_path / "alpha").write_text("", encoding="utf-8")

    with pytest.raises(CommandError, match="is a file"):
        run(small, "--course", "alpha", "--into", str(tmp_path), "--force")


def test_a_place_that_cannot_be_written_is_told(small, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(CommandError, match="could not be written"):
        run(small, "--course", "alpha", "--into", str(tmp_path / "file"))
