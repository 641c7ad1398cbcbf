"""What can be wrong in course.toml, and how it is told."""

from __future__ import annotations

import pytest

from tests.content.catalog.manifests import told
from tests.content.course_builder import course_toml, problems_of, write_course


def test_a_missing_course_toml_is_told(tmp_path):
    folder = write_course(tmp_path / "demo", files={"course.toml": None})

    assert problems_of(folder) == ["demo/course.toml: the file is missing — add the file"]


def test_broken_toml_is_told_with_its_line_and_nothing_else(tmp_path):
    problems = told(tmp_path, "licence = ", "licence ")

    assert problems == [
        (
            "demo/course.toml:4: this is not TOML: expected '=' after a key in a key/value pair"
            " — mend this line near column 9"
        )
    ]


def test_toml_that_ends_too_soon_is_told_at_its_last_line(tmp_path):
    folder = write_course(tmp_path / "demo", files={"course.toml": "languages = [\n'ja',\n"})

    (problem,) = problems_of(folder)

    assert problem.startswith("demo/course.toml:3: this is not TOML: ")
    assert problem.endswith(" — close what is still open at the end")


@pytest.mark.parametrize("value", ["[" * 5000, "9" * 5000])
def test_toml_that_no_reader_can_hold_is_told(tmp_path, value):
    folder = write_course(tmp_path / "demo", files={"course.toml": f"languages = {value}"})

    (problem,) = problems_of(folder)

    assert problem.startswith("demo/course.toml: ")


def test_broken_utf_8_is_told_with_its_byte_and_line(tmp_path):
    broken = course_toml().encode().replace(b"A title", b"\xe9", 1)
    folder = write_course(tmp_path / "demo", files={"course.toml": broken})

    (problem,) = problems_of(folder)

    place = broken.index(b"\xe9")
    line = broken[:place].count(b"\n") + 1
    assert problem == (
        f"demo/course.toml:{line}: the file is not UTF-8 text: byte {place + 1} is 0xE9"
        " — save the file as UTF-8"
    )


def test_an_unknown_key_is_told_with_the_one_that_was_meant(tmp_path):
    assert told(tmp_path, "licence = ", "license = ") == [
        "demo/course.toml: the key licence is missing — add it: a text in quotes that is not empty",
        "demo/course.toml:4: the key license is not known — write licence",
    ]


def test_an_unknown_key_that_resembles_nothing_is_told_with_those_known(tmp_path):
    (problem,) = told(tmp_path, "licence = ", "zzz = 1\nlicence = ")

    assert problem.startswith("demo/course.toml:4: the key zzz is not known — remove it; known are")


def test_a_missing_key_of_a_table_is_told_at_the_table(tmp_path):
    (problem,) = told(tmp_path, "minutes = 180\n", "")

    assert problem == (
        "demo/course.toml:14: the key exam › minutes is missing"
        " — add it: a whole number from 1 to 100000"
    )


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("weight = 60", 'weight = "sixty"', "entry 1 › weight is the text 'sixty'"),
        ("weight = 40", "weight = 40.0", "entry 2 › weight is the number 40.0"),
        ("weight = 60", "weight = true", "entry 1 › weight is true"),
        ("weight = 60", "weight = []", "entry 1 › weight is an empty list"),
        ("weight = 60", "weight = {}", "entry 1 › weight is a table"),
        ("weight = 60", "weight = 101", "entry 1 › weight is the number 101"),
    ],
)
def test_a_wrong_type_is_told_by_key_value_and_mend(tmp_path, old, new, what):
    (problem,) = told(tmp_path, old, new)

    assert f"exam › domains › {what} — write a whole number from 1 to 100" in problem


@pytest.mark.parametrize(
    ("domains", "what"),
    [
        ("3", "exam is the number 3 — write a table [exam]"),
        ("{domains = 3}", "domains is the number 3 — write one table [[exam.domains]] for each"),
        ("{domains = [3]}", "domains › entry 1 is the number 3 — write a table"),
        ("{domains = [{title = 3}]}", "entry 1 › title is the number 3 — write a table with one"),
    ],
)
def test_a_value_in_place_of_a_table_is_told(tmp_path, domains, what):
    toml = course_toml(exam=False).replace("[title]", f"exam = {domains}\n\n[title]")
    folder = write_course(tmp_path / "demo", files={"course.toml": toml})

    assert any(what in problem for problem in problems_of(folder))


def test_a_wrong_value_in_a_list_of_tables_is_told_at_its_own_line(tmp_path):
    (problem,) = told(tmp_path, "weight = 40", "weight = 'x'")

    assert problem.startswith(f"demo/course.toml:{line_of('weight = 40')}: ")


def line_of(text: str) -> int:
    return course_toml().split("\n").index(text) + 1


@pytest.mark.parametrize("value", ['"2026-11-23"', "2026-11-23T10:00:00", "2026", "10:00:00"])
def test_a_check_day_that_is_no_date_is_told(tmp_path, value):
    (problem,) = told(tmp_path, "checked = 2026-11-23", f"checked = {value}")

    assert problem.startswith("demo/course.toml:3: checked is the ")
    assert problem.endswith(" — write a date without quotes, such as 2026-11-23")


@pytest.mark.parametrize(
    ("key", "old"),
    [
        ("title", '[title]\nja = "A title in ja"\n'),
        ("summary", '[summary]\nja = "A summary in ja"\n'),
        ("exam › title", '[exam.title]\nja = "A title in ja"\n'),
        ("exam › domains › entry 1 › title", '[exam.domains.title]\nja = "A title in ja"\n'),
    ],
)
def test_a_text_missing_in_a_language_is_told(tmp_path, key, old):
    (problem,) = told(tmp_path, old, old.split("\n")[0] + "\n")

    assert problem.endswith(f": {key} is missing in ja — add ja = '…'")
    assert problem.startswith("demo/course.toml:")


def test_a_text_in_a_language_the_course_lacks_is_told(tmp_path):
    (problem,) = told(tmp_path, "[title]\n", '[title]\nfr = "Un titre"\n')

    assert problem == (
        "demo/course.toml:7: title is in fr, which is no language of the course"
        " — remove it or add it to languages"
    )


def test_an_empty_title_is_told(tmp_path):
    (problem,) = told(tmp_path, '"A title in en"', '" "')

    assert "title › en is the text ' ' — write a text in quotes that is not empty" in problem


def test_weights_that_do_not_add_up_are_told(tmp_path):
    assert told(tmp_path, "weight = 40", "weight = 39") == [
        (
            f"demo/course.toml:{line_of('[[exam.domains]]')}: the weights of the exam's domains"
            " add up to 99 — make them add up to 100"
        )
    ]


def test_more_scored_questions_than_there_are_is_told(tmp_path):
    (problem,) = told(tmp_path, "scored = 65", "scored = 76")

    assert "76 questions are scored, but the exam has 75" in problem


def test_a_domain_that_is_there_twice_is_told(tmp_path):
    problems = told(tmp_path, "number = 2", "number = 1")

    assert any("domain 1 is there twice — renumber one of them" in one for one in problems)


def test_all_problems_are_told_at_once_by_file_and_line(tmp_path):
    toml = course_toml().replace("weight = 60", "weight = 61").replace('fr = ""', "")
    folder = write_course(
        tmp_path / "demo",
        files={
            "course.toml": toml.replace("licence", "lizenz"),
            "chapters/ja/02-second.md": None,
            "chapters/en/01-first.md": "## No front matter {#what}\n",
        },
    )

    problems = problems_of(folder)

    places = [problem.split(": ")[0] for problem in problems]
    files = [place.split(":")[0] for place in places]
    assert files == sorted(files)
    assert set(files) == {
        "demo/course.toml",
        "demo/chapters/en/01-first.md",
        "demo/chapters/ja/02-second.md",
    }
    assert any("add up to 101" in problem for problem in problems)
    assert any("the key licence is missing" in problem for problem in problems)
