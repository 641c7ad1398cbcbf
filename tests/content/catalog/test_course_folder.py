"""Folders, links and files that cannot be read or lead outside, and how they are told."""

from __future__ import annotations

import pytest

from tests.content.course_builder import (
    FIRST,
    chapter_md,
    problems_of,
    write_course,
)


def test_a_chapter_that_leads_outside_is_refused(tmp_path):
    (tmp_path / "secret.md").write_text(chapter_md())
    folder = write_course(tmp_path / "demo", files={FIRST: None})
    (folder / FIRST).symlink_to(tmp_path / "secret.md")

    assert problems_of(folder) == [
        (
            f"demo/{FIRST}: the file leads outside the course folder"
            " — put the file itself here, not a link"
        )
    ]


def test_a_folder_of_chapters_that_leads_outside_is_refused_and_not_listed(tmp_path):
    folder = write_course(tmp_path / "demo")
    (folder / "chapters").rename(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "ja" / "99-private.md").write_text("x")
    (folder / "chapters").symlink_to(tmp_path / "elsewhere")

    problems = problems_of(folder)

    assert len(problems) == 4
    assert all("leads outside the course folder" in problem for problem in problems)


def test_a_link_inside_the_course_is_fine(tmp_path):
    folder = write_course(tmp_path / "demo", files={"chapters/en/01-first.md": None})
    (folder / "chapters/en/01-first.md").symlink_to("../ja/01-first.md")

    assert problems_of(folder) == []


def test_links_that_go_round_in_circles_are_refused(tmp_path):
    folder = write_course(tmp_path / "demo", files={FIRST: None})
    (folder / FIRST).symlink_to(folder / FIRST)

    (problem,) = problems_of(folder)

    assert problem.startswith(f"demo/{FIRST}: the file ")


def test_a_chapter_that_is_no_file_is_refused(tmp_path):
    folder = write_course(tmp_path / "demo", files={FIRST: None})
    (folder / FIRST).mkdir()

    (problem,) = problems_of(folder)

    assert problem == f"demo/{FIRST}: the file is not a file — put a file here"


def test_a_file_in_place_of_a_folder_is_told_as_missing_chapters(tmp_path):
    folder = write_course(tmp_path / "demo")
    (folder / "chapters").rename(tmp_path / "aside")
    (folder / "chapters").write_text("x")

    assert all("the file is missing" in problem for problem in problems_of(folder))


def test_a_file_that_cannot_be_read_is_told(tmp_path, monkeypatch):
    folder = write_course(tmp_path / "demo")
    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)

    (problem,) = problems_of(folder)

    assert problem == (
        "demo/course.toml: the file cannot be read (Permission denied)"
        " — let the user that runs the portal read it"
    )


def refuse(path):
    raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize("name", ["Demo", "de_mo", "デモ", "de mo"])
def test_a_folder_name_that_is_no_address_is_told(tmp_path, name):
    (problem,) = problems_of(write_course(tmp_path / name))

    assert problem == (
        f"{name}: the folder's name cannot stand in an address"
        " — rename it: small letters a to z, digits and hyphens"
    )


def test_a_course_folder_that_leads_away_is_refused(tmp_path):
    elsewhere = write_course(tmp_path / "elsewhere" / "demo")
    courses = tmp_path / "courses"
    courses.mkdir()
    (courses / "demo").symlink_to(elsewhere)

    assert problems_of(courses / "demo") == [
        (
            "demo: the folder is a link that leads out of the folder of courses"
            " — put the course's folder itself here"
        )
    ]


def test_courses_may_lie_behind_a_link_as_a_whole(tmp_path):
    write_course(tmp_path / "version-1" / "demo")
    (tmp_path / "courses").symlink_to(tmp_path / "version-1")

    assert problems_of(tmp_path / "courses" / "demo") == []


def test_a_course_folder_that_is_not_there_is_told(tmp_path):
    assert problems_of(tmp_path / "demo") == ["demo: there is no such folder — correct the path"]
