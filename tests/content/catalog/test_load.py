"""What a sound course becomes."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from content.catalog.load import load_course, reading_minutes
from content.catalog.model import UnknownChapter
from tests.content.course_builder import (
    BODY,
    chapter_md,
    problems_of,
    write_course,
)


def test_a_sound_course_has_no_problem(tmp_path):
    assert problems_of(write_course(tmp_path / "demo")) == []


def test_a_course_carries_what_course_toml_says(tmp_path):
    course = load_course(write_course(tmp_path / "demo"))

    assert course.slug == "demo"
    assert course.languages == ("ja", "en")
    assert course.title("en") == "A title in en"
    assert course.summary("en") == "A summary in en"
    assert course.licence == "CC BY-SA 4.0"
    assert course.checked == date(2026, 11, 23)
    assert course.folder == tmp_path / "demo"


def test_an_exam_carries_its_domains(tmp_path):
    exam = load_course(write_course(tmp_path / "demo")).exam

    assert exam is not None
    assert (exam.code, exam.questions, exam.scored) == ("DOP-C02", 75, 65)
    assert (exam.minutes, exam.pass_score) == (180, 750)
    assert exam.title("en") == "A title in en"
    assert [(one.number, one.weight) for one in exam.domains] == [(1, 60), (2, 40)]
    assert exam.domains[0].title("fr") == "A title in ja"


def test_a_course_needs_no_exam(tmp_path):
    assert load_course(write_course(tmp_path / "demo", exam=False)).exam is None


def test_a_chapter_carries_its_texts_and_sections(tmp_path):
    chapter = load_course(write_course(tmp_path / "demo")).chapter("first")

    assert chapter.label == "1"
    assert chapter.section_ids == ("what", "how")
    assert tuple(chapter.texts) == ("ja", "en")
    text = chapter.text("en")
    assert (text.language, text.title) == ("en", "First")
    assert text.summary == "What 01-first gives, in en."
    assert (text.tasks, text.sources) == (("1.1",), ("https://docs.aws.amazon.com/ecs/",))
    assert text.page.sections[0].headings[0].id == "closer"


def test_a_language_the_course_lacks_falls_back_to_its_first(tmp_path):
    course = load_course(write_course(tmp_path / "demo"))

    assert course.title("fr") == "A title in ja"
    assert course.chapter("first").text("fr").language == "ja"


def test_an_appendix_is_labelled_with_its_letter(tmp_path):
    course = load_course(write_course(tmp_path / "demo", chapters=("10-one", "b-words")))

    assert [(one.label, one.slug) for one in course.chapters] == [("10", "one"), ("B", "words")]


def test_chapters_stand_in_the_order_of_course_toml(tmp_path):
    course = load_course(write_course(tmp_path / "demo", chapters=("02-b", "01-a", "03-c")))

    b, a, c = course.chapters
    assert [one.slug for one in (b, a, c)] == ["b", "a", "c"]
    assert course.neighbours(b) == (None, a)
    assert course.neighbours(a) == (b, c)
    assert course.neighbours(c) == (a, None)


def test_a_chapter_that_does_not_exist_is_not_found(tmp_path):
    course = load_course(write_course(tmp_path / "demo"))
    other = load_course(write_course(tmp_path / "other", chapters=("01-else",)))

    with pytest.raises(UnknownChapter, match="demo has no chapter 'none'"):
        course.chapter("none")
    with pytest.raises(UnknownChapter):
        course.neighbours(other.chapters[0])


def test_a_course_cannot_be_changed(tmp_path):
    course = load_course(write_course(tmp_path / "demo"))

    with pytest.raises(FrozenInstanceError):
        course.slug = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        course.titles["ja"] = "other"  # type: ignore[index]


@pytest.mark.parametrize(
    ("characters", "language", "minutes"),
    [
        (0, "ja", 1),
        (500, "ja", 1),
        (501, "ja", 2),
        (1000, "en", 1),
        (1001, "en", 2),
        (2000, "pt-BR", 2),
        (1500, "ja-JP", 3),
    ],
)
def test_reading_takes_as_long_as_the_language_asks(characters, language, minutes):
    assert reading_minutes(characters, language) == minutes


def test_the_digest_is_the_same_wherever_the_course_lies(tmp_path):
    here = load_course(write_course(tmp_path / "here" / "demo"))
    there = load_course(write_course(tmp_path / "there" / "demo"))

    assert here.digest == there.digest


def test_digests_do_not_depend_on_line_ends_or_byte_order_marks(tmp_path):
    plain = load_course(write_course(tmp_path / "plain"))
    dos = chapter_md().replace("\n", "\r\n").encode("utf-8-sig")

    windows = load_course(write_course(tmp_path / "dos", files={"chapters/ja/01-first.md": dos}))

    assert windows.digest == plain.digest


@pytest.mark.parametrize(
    "name", ["course.toml", "chapters/ja/01-first.md", "chapters/en/02-second.md", "images/a.png"]
)
def test_the_digest_changes_with_all_that_is_shown(tmp_path, name):
    shown = {"chapters/ja/02-second.md": chapter_md(body=BODY + "\n![A](images/a.png)\n")}
    folder = write_course(tmp_path / "demo", files={**shown, "images/a.png": b"a"})
    before = load_course(folder).digest

    with (folder / name).open("ab") as file:
        file.write(b"\n")

    assert load_course(folder).digest != before


def test_the_digest_passes_over_what_is_not_shown(tmp_path):
    before = load_course(write_course(tmp_path / "one")).digest

    after = load_course(write_course(tmp_path / "two", files={"images/unused.png": b"x"})).digest

    assert after == before


def test_a_chapters_digest_follows_its_own_text_only(tmp_path):
    one = load_course(write_course(tmp_path / "one"))
    changed = {"chapters/en/01-first.md": chapter_md(language="en", body=BODY + "\nMore.\n")}
    two = load_course(write_course(tmp_path / "two", files=changed))

    before, after = one.chapter("first"), two.chapter("first")

    assert before.text("en").digest != after.text("en").digest
    assert before.text("ja").digest == after.text("ja").digest


def test_a_course_names_the_pictures_it_shows(tmp_path):
    shown = {"chapters/ja/01-first.md": chapter_md(body=BODY + "\n![A](images/a.png)\n")}
    pictures = {"images/a.png": b"a", "images/unused.png": b"b"}

    course = load_course(write_course(tmp_path / "demo", files={**shown, **pictures}))

    assert course.images == ("images/a.png",)
