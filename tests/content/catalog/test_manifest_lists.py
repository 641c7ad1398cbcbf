"""What can be wrong in the lists of languages and chapters, and how it is told."""

from __future__ import annotations

import pytest

from tests.content.catalog.manifests import told
from tests.content.course_builder import course_toml, problems_of, write_course


@pytest.mark.parametrize("code", ["japanese", "JA", "en-us", "en_US", "e", "ja\\n"])
def test_a_language_that_is_no_code_is_told(tmp_path, code):
    problems = told(tmp_path, '"ja"', f'"{code}"')

    assert (
        f"demo/course.toml:1: languages › entry 1 is the text {code!r}".replace("\\\\", "\\")
        + " — write a language such as 'ja' or 'pt-BR'"
        in problems
    )


def test_a_language_with_a_region_is_fine(tmp_path):
    assert problems_of(write_course(tmp_path / "demo", languages=("ja", "pt-BR"))) == []


@pytest.mark.parametrize(("key", "noun"), [("languages", "languages"), ("chapters", "files")])
def test_an_empty_list_is_told(tmp_path, key, noun):
    listed = '["ja", "en"]' if key == "languages" else '["01-first", "02-second"]'

    (problem,) = [
        one for one in told(tmp_path, f"{key} = {listed}", f"{key} = []") if "empty list" in one
    ]

    assert f"{key} is an empty list — write a list of {noun}, such as" in problem


@pytest.mark.parametrize("key", ["languages", "chapters"])
def test_a_word_in_place_of_a_list_is_told(tmp_path, key):
    lines = course_toml().split("\n")
    toml = "\n".join(f'{key} = "ja"' if line.startswith(key) else line for line in lines)
    folder = write_course(tmp_path / "demo", files={"course.toml": toml})

    assert any(f"{key} is the text 'ja' — write a list of" in one for one in problems_of(folder))


def test_a_language_listed_twice_is_told(tmp_path):
    problems = told(tmp_path, '["ja", "en"]', '["ja", "en", "ja"]')

    assert problems == ["demo/course.toml:1: the language ja is listed twice — list it only once"]


@pytest.mark.parametrize("stem", ["1-first", "first", "01_first", "01-First", "ab-first", "01-"])
def test_a_malformed_chapter_is_told(tmp_path, stem):
    problems = told(tmp_path, '"01-first"', f'"{stem}"')

    assert problems == [
        (
            f"demo/course.toml:2: chapters › entry 1 is the text {stem!r}"
            " — write a chapter such as '02-ecr', or 'a-limits' for an appendix"
        )
    ]


def test_a_chapter_can_not_climb_out_of_the_folder(tmp_path):
    problems = told(tmp_path, '"01-first"', '"../../01-first"')

    assert len(problems) == 1
    assert "'../../01-first'" in problems[0]


@pytest.mark.parametrize("address", ["glossary", "media"])
def test_a_chapter_at_the_address_of_another_page_is_told(tmp_path, address):
    folder = write_course(tmp_path / "demo", chapters=("01-first", f"a-{address}"))

    assert problems_of(folder) == [
        (
            f"demo/course.toml:2: a-{address} has the address of another page of the course:"
            f" {address} — rename the chapter"
        )
    ]


def test_a_chapter_listed_twice_is_told_at_its_second_place(tmp_path):
    problems = told(tmp_path, '["01-first", "02-second"]', '["01-first", "02-second",\n"01-first"]')

    assert problems == [
        "demo/course.toml:3: the chapter 01-first is listed twice — list it only once"
    ]


def test_two_chapters_with_one_address_are_told(tmp_path):
    folder = write_course(tmp_path / "demo", chapters=("01-same", "02-same"))

    assert problems_of(folder) == [
        "demo/course.toml:2: 02-same has the same address as 01-same: same — rename one of the two"
    ]


def test_two_chapters_with_one_number_are_told(tmp_path):
    folder = write_course(tmp_path / "demo", chapters=("01-one", "01-other"))

    assert problems_of(folder) == [
        "demo/course.toml:2: 01-other has the same number as 01-one: 1 — rename one of the two"
    ]
