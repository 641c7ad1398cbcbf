"""The loaded courses: found by slug, loaded once, kept when a new version is broken."""

from __future__ import annotations

import threading

import pytest

from content import library
from content.catalog.load import load_course
from tests.content.course_builder import break_course, chapter_md, course_toml, write_course


@pytest.fixture
def loads(monkeypatch):
    """The names of the course folders in the order they were read."""
    names: list[str] = []

    def counted(folder, *, render):
        names.append(folder.name)
        return load_course(folder, render=render)

    monkeypatch.setattr("content.library.load_course", counted)
    return names


def test_courses_are_found_by_slug_in_order(home):
    for slug in ("b-course", "a-course", "c-course"):
        write_course(home / slug)

    found = library.courses()

    assert list(found) == ["a-course", "b-course", "c-course"]
    assert library.course("b-course") is found["b-course"]


def test_a_course_that_does_not_exist_is_not_found(home):
    write_course(home / "demo")

    with pytest.raises(library.UnknownCourse, match="There is no course 'other'"):
        library.course("other")


def test_courses_cannot_be_added_from_outside(home):
    write_course(home / "demo")

    with pytest.raises(TypeError):
        library.courses()["other"] = library.course("demo")  # type: ignore[index]


def test_courses_are_read_once(home, loads):
    write_course(home / "demo")

    library.courses()
    library.courses()
    library.course("demo")

    assert loads == ["demo"]


def test_courses_are_read_once_even_by_many_at_the_same_time(home, loads):
    write_course(home / "demo")
    start = threading.Barrier(8)

    def read():
        start.wait()
        library.courses()

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert loads == ["demo"]


def test_a_second_start_renders_no_markdown(home, monkeypatch):
    write_course(home / "demo")
    before = library.load()["demo"]

    def refuse(source, *, language):
        raise AssertionError("rendered again")

    monkeypatch.setattr("content.rendering.render", refuse)

    again = library.load()["demo"]
    assert again.digest == before.digest
    assert again.chapter("first").texts == before.chapter("first").texts


def test_pages_of_older_texts_do_not_pile_up(home, settings):
    folder = write_course(home / "demo", languages=("ja",), chapters=("01-only",))
    library.load()
    (folder / "chapters/ja/01-only.md").write_text(chapter_md(body="## New {#new}\n\nWords.\n"))

    library.load()

    assert len(list((settings.PORTAL_DATA_DIR / "rendered").iterdir())) == 1


def test_a_broken_course_is_told_with_all_the_others(home):
    break_course(write_course(home / "one"))
    break_course(write_course(home / "two"))
    write_course(home / "sound")

    with pytest.raises(library.LibraryError) as caught:
        library.load()

    assert [problem.path for problem in caught.value.problems] == [
        "one/course.toml",
        "two/course.toml",
    ]
    assert f"The courses in {home}:\none/course.toml:1: " in str(caught.value)
    assert " — " in str(caught.value)


def test_an_empty_folder_of_courses_is_told(home):
    with pytest.raises(library.LibraryError, match=r"PORTAL_COURSES_DIR is .* holds no course"):
        library.load()


def test_a_missing_folder_of_courses_is_told(home):
    home.rmdir()

    with pytest.raises(library.LibraryError, match=r"PORTAL_COURSES_DIR is .* cannot be read"):
        library.load()


def test_what_is_no_course_folder_is_passed_over(home):
    write_course(home / "demo")
    (home / ".git").mkdir()
    (home / "lost+found").mkdir()
    (home / "README.md").write_text("x")

    assert list(library.load()) == ["demo"]


def test_a_link_that_leads_nowhere_is_told(home):
    write_course(home / "demo")
    (home / "gone").symlink_to(home / "nothing")

    with pytest.raises(library.LibraryError, match="gone: there is no such folder"):
        library.load()


def test_a_folder_without_course_toml_is_told(home):
    (home / "empty").mkdir()

    with pytest.raises(library.LibraryError, match=r"empty/course.toml: the file is missing"):
        library.load()


def test_nothing_is_reloaded_in_production(home, loads, settings):
    folder = write_course(home / "demo")
    library.courses()
    break_course(folder)
    settings.DEBUG = False

    library.reload_if_changed()

    assert loads == ["demo"]
    assert library.last_error() is None


def test_in_development_a_changed_file_is_read_anew(home, settings):
    folder = write_course(home / "demo")
    settings.DEBUG = True
    library.courses()
    changed = course_toml().replace("A title in en", "Another title")
    (folder / "course.toml").write_text(changed)

    library.reload_if_changed()

    assert library.course("demo").title("en") == "Another title"


def test_in_development_a_new_and_a_removed_course_are_seen(home, settings):
    write_course(home / "one")
    settings.DEBUG = True
    library.courses()
    (home / "one").rename(home / "two")

    library.reload_if_changed()

    assert list(library.courses()) == ["two"]


def test_in_development_nothing_is_read_when_nothing_changed(home, loads, settings):
    write_course(home / "demo")
    settings.DEBUG = True
    library.courses()

    library.reload_if_changed()
    library.reload_if_changed()

    assert loads == ["demo"]


def test_in_development_the_last_good_version_stays_when_the_new_one_is_broken(
    home, loads, settings
):
    folder = write_course(home / "demo")
    settings.DEBUG = True
    before = library.course("demo")
    break_course(folder)

    library.reload_if_changed()
    library.reload_if_changed()

    assert library.course("demo") is before
    assert "demo/course.toml:1: " in str(library.last_error())
    assert loads == ["demo", "demo"]


def test_in_development_links_and_vanished_files_do_no_harm(home, loads, settings):
    folder = write_course(home / "demo")
    (folder / "images").mkdir()
    (folder / "images" / "gone.png").symlink_to(folder / "nothing.png")
    (folder / "images" / "round").symlink_to(folder)
    settings.DEBUG = True
    library.courses()

    library.reload_if_changed()

    assert loads == ["demo"]


def test_the_error_is_forgotten_when_the_course_is_mended(home, settings):
    folder = write_course(home / "demo")
    settings.DEBUG = True
    library.courses()
    break_course(folder)
    library.reload_if_changed()
    write_course(folder)

    library.reload_if_changed()

    assert library.last_error() is None


def test_a_load_that_fails_keeps_what_was_loaded(home):
    folder = write_course(home / "demo")
    before = library.course("demo")
    break_course(folder)

    with pytest.raises(library.LibraryError):
        library.load()

    assert library.course("demo") is before


def test_other_settings_mean_other_courses(home, tmp_path, settings):
    write_course(home / "demo")
    library.courses()
    write_course(tmp_path / "elsewhere" / "other")

    settings.PORTAL_COURSES_DIR = tmp_path / "elsewhere"

    assert list(library.courses()) == ["other"]
