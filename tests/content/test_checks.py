"""The system check of courses: silent about sound ones, telling of each problem."""

from __future__ import annotations

from django.core.checks import run_checks

from content.checks import MOST
from tests.content.course_builder import break_course, write_course


def test_the_check_is_silent_about_sound_courses(home):
    write_course(home / "demo")

    assert run_checks(tags=["courses"]) == []


def test_the_check_tells_each_problem_with_its_mend(home):
    write_course(home / "demo", files={"chapters/ja/01-first.md": None})

    (message,) = run_checks(tags=["courses"])

    assert message.is_serious()
    assert message.id == "content.E002"
    assert message.msg == "demo/chapters/ja/01-first.md: the file is missing"
    assert message.hint == "add the file"


def test_the_check_tells_the_line(home):
    break_course(write_course(home / "demo"))

    (message,) = run_checks(tags=["courses"])

    assert message.msg.startswith("demo/course.toml:1: this is not TOML")


def test_the_check_tells_a_missing_folder(home):
    (message,) = run_checks(tags=["courses"])

    assert message.id == "content.E001"
    assert "PORTAL_COURSES_DIR" in message.msg


def test_the_check_stops_after_enough_problems(home):
    stems = [f"{number:02}-c{number}" for number in range(1, 32)]
    (write_course(home / "demo", chapters=stems) / "chapters").rename(home / ".aside")

    messages = run_checks(tags=["courses"])

    assert len(messages) == MOST + 1
    assert messages[-1].msg == "and 12 more"
    assert messages[-1].id == "content.E003"
