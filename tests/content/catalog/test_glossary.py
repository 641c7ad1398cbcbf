"""What a glossary becomes, and what can be wrong in it."""

from __future__ import annotations

import pytest

from content.catalog.load import load_course
from tests.content.course_builder import BODY, chapter_md, problems_of, term_toml, write_course

TASK = term_toml("task", "タスク", "task", 'also = ["ecs task"]\nsection = "02-second.md#closer"')
ROLE = term_toml("role", "ロール", "role")


def write(tmp_path, glossary: str | bytes | None = TASK + ROLE, **files: str):
    return write_course(tmp_path / "demo", files={"glossary.toml": glossary, **files})


def told(tmp_path, old: str, new: str, glossary: str = TASK + ROLE) -> list[str]:
    """Return what is told about a glossary in which one thing was replaced."""
    assert old in glossary
    return problems_of(write(tmp_path, glossary.replace(old, new, 1)))


def line_of(text: str) -> int:
    return (TASK + ROLE).split("\n").index(text) + 1


def test_a_course_needs_no_glossary(tmp_path):
    assert load_course(write(tmp_path, None)).terms == ()


def test_terms_carry_what_the_glossary_says(tmp_path):
    task, role = load_course(write(tmp_path)).terms

    assert (task.id, task.also) == ("task", ("ecs task",))
    assert (task.name("ja"), task.name("en")) == ("タスク", "task")
    assert task.meaning("en") == "The meaning of task."
    assert (task.chapter, task.section) == ("second", "closer")
    assert (role.also, role.chapter, role.section) == ((), None, None)
    assert role.name("fr") == "ロール"


def test_a_term_may_be_explained_by_a_whole_chapter(tmp_path):
    glossary = term_toml("task", "タスク", "task", 'section = "01-first.md"')

    (task,) = load_course(write(tmp_path, glossary)).terms

    assert (task.chapter, task.section) == ("first", None)


def test_the_glossary_is_part_of_the_digest(tmp_path):
    bare = load_course(write(tmp_path, None)).digest
    one = load_course(write(tmp_path, TASK)).digest
    two = load_course(write(tmp_path, TASK + ROLE)).digest

    assert len({bare, one, two}) == 3


def test_terms_are_linked_in_every_language_and_the_words_for_search_stay(tmp_path):
    body = BODY.replace("Some words.", "A task: タスク。")
    files = {
        f"chapters/{one}/01-first.md": chapter_md(language=one, body=body) for one in ("ja", "en")
    }
    bare = load_course(write(tmp_path / "bare", None, **files)).chapter("first")
    chapter = load_course(write(tmp_path, TASK, **files)).chapter("first")

    for language, name in (("ja", "タスク"), ("en", "task")):
        page, plain = chapter.text(language).page, bare.text(language).page
        assert 'href="../glossary/#task" title="' in page.sections[0].html
        assert f">{name}</a>" in page.sections[0].html
        assert page.sections[0].text == plain.sections[0].text
        assert page.characters == plain.characters


def test_broken_toml_is_told_with_its_line(tmp_path):
    (problem,) = told(tmp_path, "id = ", "id ")

    assert problem.startswith("demo/glossary.toml:2: this is not TOML: ")


def test_a_glossary_without_terms_is_told(tmp_path):
    assert problems_of(write(tmp_path, "")) == [
        "demo/glossary.toml: the key term is missing — add it: one table [[term]] for each term"
    ]
    assert problems_of(write(tmp_path, "term = []")) == [
        "demo/glossary.toml:1: term is an empty list — write one table [[term]] for each term"
    ]


def test_a_glossary_that_is_no_text_is_told(tmp_path):
    (problem,) = problems_of(write(tmp_path, b"# \xe9"))

    assert problem.startswith("demo/glossary.toml:1: the file is not UTF-8 text")


def test_a_link_that_leads_nowhere_is_told(tmp_path):
    folder = write(tmp_path, None)
    (folder / "glossary.toml").symlink_to("nowhere.toml")

    assert problems_of(folder) == ["demo/glossary.toml: the file is missing — add the file"]


def test_an_unknown_key_is_told_with_the_one_that_was_meant(tmp_path):
    assert told(tmp_path, "also = ", "allso = ") == [
        "demo/glossary.toml:3: the key term › entry 1 › allso is not known — write also"
    ]


def test_a_missing_language_is_told(tmp_path):
    assert told(tmp_path, 'en = "role"\n', "") == [
        (
            f"demo/glossary.toml:{len(TASK.splitlines()) + 4}:"
            " term › entry 2 › name is missing in en — add en = '…'"
        )
    ]


def test_a_language_that_is_not_the_courses_is_told(tmp_path):
    (problem,) = told(tmp_path, 'en = "task"', 'en = "task"\nfr = "tâche"')

    assert problem == (
        "demo/glossary.toml:8: term › entry 1 › name is in fr, which is no language of the course"
        " — remove it or add it to languages"
    )


@pytest.mark.parametrize("term_id", ["Task", "1task", "task_role", "", "タスク", "x" * 61])
def test_an_id_that_cannot_stand_in_an_address_is_told(tmp_path, term_id):
    (problem,) = told(tmp_path, 'id = "task"', f'id = "{term_id}"')

    assert problem.startswith("demo/glossary.toml:2: term › entry 1 › id is ")
    assert " — write an id such as 'task-definition'" in problem


def test_an_id_of_the_page_itself_is_told(tmp_path):
    assert told(tmp_path, 'id = "task"', 'id = "main"') == [
        "demo/glossary.toml:2: the page itself uses the id main — choose another id"
    ]


def test_an_id_that_is_there_twice_is_told_at_its_second_place(tmp_path):
    (problem,) = told(tmp_path, 'id = "role"', 'id = "task"')

    line = line_of('id = "role"')
    assert problem == (
        f"demo/glossary.toml:{line}: another term has the id task too — rename one of the two"
    )


@pytest.mark.parametrize("name", ["task", "Task", "ＴＡＳＫ", " task "])
def test_a_name_that_is_there_twice_is_told_however_it_is_written(tmp_path, name):
    (problem,) = told(tmp_path, 'en = "role"', f'en = "{name}"')

    line = line_of('en = "role"')
    assert problem == (
        f"demo/glossary.toml:{line}: another term has the name {name} too — rename one of the two"
    )


def test_one_name_may_be_the_same_in_both_languages(tmp_path):
    assert problems_of(write(tmp_path, term_toml("exec", "ECS Exec", "ECS Exec"))) == []


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "two\\nlines", "a\\u2028b"])
def test_a_name_that_is_no_name_is_told(tmp_path, name):
    (problem,) = told(tmp_path, 'en = "task"', f'en = "{name}"')

    assert problem.startswith("demo/glossary.toml:7: term › entry 1 › name › en is ")
    assert problem.endswith(" — write a name on one line, of at most 60 characters")


@pytest.mark.parametrize("meaning", ["", "One line.\\nTwo lines.", "x" * 301])
def test_a_meaning_that_is_no_sentence_is_told(tmp_path, meaning):
    (problem,) = told(tmp_path, "The meaning of task.", meaning)

    assert problem.startswith("demo/glossary.toml:11: term › entry 1 › meaning › en is ")
    assert problem.endswith(" — write one sentence on one line, of at most 300 characters")


@pytest.mark.parametrize(
    ("link", "what", "mend"),
    [
        ("02-secnd.md", "leads to no chapter of the course", "write 02-second.md"),
        (
            "02-second.md#closr",
            "leads to no heading of demo/chapters/ja/02-second.md",
            "write #closer",
        ),
    ],
)
def test_a_section_that_is_not_there_is_told(tmp_path, link, what, mend):
    assert told(tmp_path, "02-second.md#closer", link) == [
        f"demo/glossary.toml:4: the link {link} {what} — {mend}"
    ]


@pytest.mark.parametrize("link", ["#closer", "02-second", "second.md", "https://x.example/", ""])
def test_a_link_that_names_no_chapter_is_told(tmp_path, link):
    (problem,) = told(tmp_path, "02-second.md#closer", link)

    assert problem.startswith("demo/glossary.toml:4: term › entry 1 › section is ")
    assert problem.endswith(" — write a chapter or section such as '02-ecr.md#push'")


def test_nothing_is_told_twice_when_course_toml_is_broken(tmp_path):
    folder = write(tmp_path, **{"course.toml": "languages = ['ja', 'EN']\nchapters = ['01-first']"})

    assert not [one for one in problems_of(folder) if "glossary.toml" in one]
