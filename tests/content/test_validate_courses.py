"""What an author sees of manage.py validate_courses."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from content.management.commands.validate_courses import Command
from tests.content.course_builder import write_course
from tests.content.lab_builder import lab_toml
from tests.content.quiz_builder import question_toml


def test_it_counts_questions_too(tmp_path, capsys):
    text = question_toml("one") + question_toml("two")
    folder = write_course(tmp_path / "demo", files={"quizzes/01-first.toml": text})

    call_command("validate_courses", folder)

    told = capsys.readouterr().out
    assert told == "demo: 2 chapters and 2 questions in ja, en: nothing to mend.\n"


def test_it_counts_labs_too(tmp_path, capsys):
    labs = {"labs/01-one.toml": lab_toml("one"), "labs/02-two.toml": lab_toml("two")}
    asked = {"quizzes/01-first.toml": question_toml("one")}

    call_command("validate_courses", write_course(tmp_path / "demo", files=labs))
    call_command("validate_courses", write_course(tmp_path / "more", files=labs | asked))

    assert capsys.readouterr().out.splitlines() == [
        "demo: 2 chapters and 2 labs in ja, en: nothing to mend.",
        "more: 2 chapters, 1 question and 2 labs in ja, en: nothing to mend.",
    ]


def test_a_sound_course_has_nothing_to_mend(tmp_path, capsys):
    call_command("validate_courses", str(write_course(tmp_path / "demo")))

    assert capsys.readouterr().out == "demo: 2 chapters in ja, en: nothing to mend.\n"


def test_one_chapter_is_told_as_one(tmp_path, capsys):
    folder = write_course(tmp_path / "demo", chapters=("01-only",), languages=("en",))

    call_command("validate_courses", str(folder))

    assert capsys.readouterr().out == "demo: 1 chapter in en: nothing to mend.\n"


def test_each_problem_is_a_line_and_the_command_fails(tmp_path, capsys):
    missing = {"chapters/ja/01-first.md": None, "chapters/en/02-second.md": b"\xff"}
    folder = write_course(tmp_path / "demo", files=missing)

    with pytest.raises(SystemExit) as caught:
        call_command("validate_courses", str(folder))

    assert caught.value.code == 1
    assert capsys.readouterr().out == (
        "demo/chapters/en/02-second.md:1: the file is not UTF-8 text: byte 1 is 0xFF"
        " — save the file as UTF-8\n"
        "demo/chapters/ja/01-first.md: the file is missing — add the file\n"
        "demo: 2 problems to mend.\n"
    )


def test_one_broken_course_does_not_hide_the_next(tmp_path, capsys):
    broken = write_course(tmp_path / "one", files={"course.toml": None})
    sound = write_course(tmp_path / "two")

    with pytest.raises(SystemExit):
        call_command("validate_courses", str(broken), str(sound))

    out = capsys.readouterr().out
    assert "one: 1 problem to mend." in out
    assert out.endswith("two: 2 chapters in ja, en: nothing to mend.\n")


def test_the_site_s_courses_are_checked_when_no_path_is_given(tmp_path, settings, capsys):
    settings.PORTAL_COURSES_DIR = tmp_path
    write_course(tmp_path / "one")
    write_course(tmp_path / "two")

    call_command("validate_courses")

    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["one", "two"]


def test_a_site_without_courses_is_told(tmp_path, settings):
    settings.PORTAL_COURSES_DIR = tmp_path

    with pytest.raises(CommandError, match=r"PORTAL_COURSES_DIR is .* holds no course"):
        call_command("validate_courses")


@pytest.mark.parametrize("path", [".", "chapters/.."])
def test_the_folder_one_stands_in_can_be_checked(tmp_path, monkeypatch, capsys, path):
    monkeypatch.chdir(write_course(tmp_path / "demo"))

    call_command("validate_courses", path)

    assert capsys.readouterr().out.startswith("demo: 2 chapters")


def test_a_path_that_is_not_there_is_told(tmp_path, capsys):
    with pytest.raises(SystemExit):
        call_command("validate_courses", str(tmp_path / "demo"))

    assert "demo: there is no such folder — correct the path" in capsys.readouterr().out


def test_the_check_of_the_courses_cannot_stop_the_command():
    assert Command.requires_system_checks == []
