"""What can be wrong with a chapter's file and front matter, and how it is told."""

from __future__ import annotations

import os

import pytest

from content.catalog.load import CourseError, load_course
from content.rendering.model import Html, Page, Problem
from tests.content.course_builder import (
    BODY,
    FIRST,
    FRONT,
    chapter_md,
    problems_of,
    write_course,
)


def told(tmp_path, content: str | bytes | None, name: str = FIRST) -> list[str]:
    """Return what is told about a course in which one file was replaced."""
    return problems_of(write_course(tmp_path / "demo", files={name: content}))


def test_a_chapter_missing_in_one_language_is_told(tmp_path):
    assert told(tmp_path, None, "chapters/en/02-second.md") == [
        "demo/chapters/en/02-second.md: the file is missing — add the file"
    ]


def test_a_chapter_that_nobody_lists_is_told(tmp_path):
    assert told(tmp_path, chapter_md(), "chapters/ja/03-third.md") == [
        (
            "demo/chapters/ja/03-third.md: course.toml does not list this chapter"
            " — add 03-third to chapters (and its folder to languages), or remove it"
        )
    ]


@pytest.mark.parametrize(
    "name", ["chapters/fr/01-first.md", "chapters/01-first.md", "chapters/ja/old/01-first.MD"]
)
def test_a_chapter_in_the_wrong_place_is_told(tmp_path, name):
    (problem,) = told(tmp_path, chapter_md(), name)

    assert problem.startswith(f"demo/{name}: course.toml does not list this chapter")


def test_a_file_name_that_is_no_text_is_told_all_the_same(tmp_path):
    folder = write_course(tmp_path / "demo")
    (folder / os.fsdecode(b"chapters/ja/\xff.md")).write_text("x")

    (problem,) = problems_of(folder)

    assert problem.encode().startswith(b"demo/chapters/ja/?.md: course.toml does not list")


def test_forgotten_chapters_are_not_told_when_the_list_itself_is_broken(tmp_path):
    problems = told(tmp_path, "languages = [", "course.toml")

    assert len(problems) == 1


@pytest.mark.parametrize(
    "name",
    [
        "quizzes/01-first.txt",
        "labs/01-push.txt",
        "images/unused.png",
        "chapters/ja/.hidden.md",
        "chapters/.git/x.md",
        ".editorconfig",
        "README.md",
    ],
)
def test_what_is_no_chapter_is_passed_over(tmp_path, name):
    assert told(tmp_path, b"\xff", name) == []


def test_missing_front_matter_is_told(tmp_path):
    assert told(tmp_path, BODY) == [
        (
            f"demo/{FIRST}:1: the front matter is missing"
            " — begin with a line +++, then title, summary and checked, then a line +++"
        )
    ]


def test_front_matter_in_yaml_is_told_as_such(tmp_path):
    problems = told(tmp_path, f"---\ntitle: x\n---\n{BODY}")

    assert (
        f"demo/{FIRST}:1: the front matter is missing — write it as TOML between two lines +++,"
        " with title, summary and checked"
    ) in problems


def test_front_matter_that_is_not_closed_is_told(tmp_path):
    assert told(tmp_path, f"+++\n{FRONT}\n{BODY}") == [
        f"demo/{FIRST}:1: the front matter is not closed — add a line +++ between it and the text"
    ]


def test_broken_front_matter_is_told_at_the_line_of_the_file(tmp_path):
    (problem,) = told(tmp_path, chapter_md(front=FRONT.replace("summary =", "summary")))

    assert problem.startswith(f"demo/{FIRST}:3: this is not TOML: ")


def test_an_unknown_key_of_the_front_matter_is_told_at_the_line_of_the_file(tmp_path):
    (problem,) = told(tmp_path, chapter_md(front=FRONT + "draft = true\n"))

    assert problem.startswith(f"demo/{FIRST}:7: the key draft is not known")


def test_a_missing_key_of_the_front_matter_is_told(tmp_path):
    (problem,) = told(tmp_path, chapter_md(front=FRONT.replace("checked = 2026-11-23\n", "")))

    assert problem == (
        f"demo/{FIRST}: the key checked is missing"
        " — add it: a date without quotes, such as 2026-11-23"
    )


def test_a_check_day_of_a_chapter_that_is_no_date_is_told(tmp_path):
    (problem,) = told(tmp_path, chapter_md(front=FRONT.replace("2026-11-23", '"today"')))

    assert problem == (
        f"demo/{FIRST}:4: checked is the text 'today'"
        " — write a date without quotes, such as 2026-11-23"
    )


@pytest.mark.parametrize("task", ["1", "1.x", "1.0", "1.2.3", "1-2", "1.1\\n"])
def test_a_malformed_task_is_told(tmp_path, task):
    (problem,) = told(tmp_path, chapter_md(front=FRONT.replace('"1.1"', f'"1.1", "{task}"')))

    assert problem.startswith(f"demo/{FIRST}:5: tasks › entry 2 is the text ")
    assert problem.endswith(" — write a task of the exam such as '1.3'")


def test_a_task_of_a_domain_the_exam_lacks_is_told(tmp_path):
    assert told(tmp_path, chapter_md(front=FRONT.replace('"1.1"', '"3.1"'))) == [
        (
            f"demo/{FIRST}:5: task 3.1 belongs to no domain of the exam in course.toml"
            " — correct the task or add the domain"
        )
    ]


def test_tasks_and_sources_may_be_left_out(tmp_path):
    short = 'title = "A"\nsummary = "B"\nchecked = 2026-11-23\n'

    assert told(tmp_path, chapter_md(front=short)) == []


def test_a_chapter_that_is_not_utf_8_is_told(tmp_path):
    sjis = chapter_md(body=BODY).encode() + "日本".encode("shift_jis")

    (problem,) = told(tmp_path, sjis)

    assert "the file is not UTF-8 text: byte " in problem
    assert problem.endswith(" — save the file as UTF-8")


def test_a_chapter_over_2_mb_is_refused(tmp_path):
    (problem,) = told(tmp_path, chapter_md() + "x" * (2 * 1024 * 1024))

    assert (
        problem
        == f"demo/{FIRST}: the file is too large (2.0 MB) — make it smaller: 2 MB is the most"
    )


def test_a_large_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    folder = write_course(tmp_path / "demo", files={"course.toml": b"#" * (2 * 1024 * 1024 + 1)})
    monkeypatch.setattr("pathlib.Path.read_bytes", lambda path: pytest.fail("it was read"))

    (problem,) = problems_of(folder)

    assert problem.startswith("demo/course.toml: the file is too large")


def test_what_the_renderer_says_is_told_at_the_line_of_the_file(tmp_path):
    folder = write_course(tmp_path / "demo")

    with pytest.raises(CourseError) as caught:
        load_course(folder, render=complaining)

    first = chapter_md().split("\n")
    line = first.index("An introduction.") + 1
    assert f"demo/{FIRST}:{line}: a joke — drop it" in str(caught.value)


def complaining(source: str, *, language: str, prefix: str = "d") -> Page:
    line = source.split("\n").index("An introduction.") + 1
    problem = Problem(line, "a joke", "drop it")
    return Page(Html(), "", (), (), (), (problem,), 0)


def test_a_diagram_that_does_not_draw_is_told(tmp_path):
    words = '```diagram {title="A box" desc="A box."}\nno box at all\n```\n'

    (problem,) = told(tmp_path, chapter_md(body=BODY + "\n" + words))

    line = chapter_md().count("\n") + 2
    assert problem.startswith(f"demo/{FIRST}:{line}: this diagram cannot be drawn")
