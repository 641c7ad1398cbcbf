"""manage.py import_questions: it tells everything first, and writes only when asked."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from content import library
from content.catalog.decode import decode
from content.catalog.load import CourseError, load_course
from content.catalog.quiz.schema import QuizFile
from tests.quizzes.importing.samples import (
    CHOICES,
    json_of,
    json_question,
    moodle_of,
    moodle_question,
    qti_item,
)

pytestmark = pytest.mark.usefixtures("quiz_course")
TARGET = "quizzes/new.toml"
DEFAULTS = ("--task", "1.1", "--section", "01-first.md#what", "--difficulty", "2")


@pytest.fixture
def folder(courses_dir: Path) -> Path:
    return courses_dir / "demo"


@pytest.fixture
def file(tmp_path: Path):
    """A function that writes a file to import."""

    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def run(path: Path, *arguments: str, to: str = TARGET) -> str:
    out = StringIO()
    call_command(
        "import_questions", str(path), "--course", "demo", "--to", to, *arguments, stdout=out
    )
    return out.getvalue()


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(one): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_without_write_everything_is_told_and_nothing_written(file, folder):
    before = files_of(folder)
    path = file(
        "a.json",
        json_of(
            json_question(1),
            json_question(2, kind="essay"),
            json_question(3, prompt="What  IS 1?"),
            json_question(4, prompt="What about a-single?"),
            json_question(5, id="b-1"),
        ),
    )

    told = run(path, "--language", "en")

    assert told.splitlines() == [
        f"{path}: JSON",
        "Understood: 4 (single 4)",
        "Not understood: 1",
        (
            "  question 2: Invalid enum value 'essay' - at `$.kind` — "
            "export it anew, or correct the file by questions.schema.json"
        ),
        "Understood in part: 0",
        "There already, left out: 3",
        "  question 3 (question-3): the same as question 1 (question-1), by prompt",
        "  question 4 (question-4): the course has a-single, by prompt",
        "  question 5 (b-1): the course has b-1, by id",
        "Still to add: 1",
        (
            "  question 1 (question-1): task, difficulty, section, sources, prompt.ja, "
            "explanation.ja, trap.ja, choice 1 text.ja, choice 1 reason.ja, choice 2 text.ja, "
            "choice 2 reason.ja, choice 3 text.ja, choice 3 reason.ja"
        ),
        "New: 1",
        "Nothing was written. Add --write to do it.",
    ]
    assert files_of(folder) == before


def test_every_mark_in_the_file_is_refused_with_its_line(file, folder):
    path = file("a.xml", moodle_of(moodle_question()))

    told = run(path, "--language", "en", "--write")

    text = (folder / TARGET).read_text(encoding="utf-8")
    assert f"Wrote 1 questions to {folder / TARGET}" in told
    assert text.count("TODO") == 14
    with pytest.raises(CourseError) as error:
        load_course(folder)
    refused = [(one.line, one.what) for one in error.value.problems]
    for line, mark in [(9, "task"), (10, "difficulty"), (11, "section")]:
        assert (line, f"question › entry 1 › {mark} is the text 'TODO'") in refused
    assert (12, "question › entry 1 › sources is an empty list") in refused
    for missing in ("explanation", "trap"):
        assert (6, f"the key question › entry 1 › {missing} is missing") in refused


def test_a_language_that_is_missing_is_refused_with_its_line(file, folder):
    path = file("a.json", json_of(json_question(1)))

    run(path, *DEFAULTS, "--source", "https://example.com", "--write", to="quizzes/02-second.toml")

    with pytest.raises(CourseError) as error:
        load_course(folder)
    told = str(error.value)
    for key in ("prompt", "explanation", "trap"):
        assert f"02-second.toml:3: {key} is missing in ja" in told
    for line in (19, 25, 32):
        for key in ("text", "reason"):
            assert re.search(rf"02-second.toml:{line}: choice › entry . › {key} is missing", told)


def test_both_languages_make_a_file_the_course_takes_as_it_is(file, folder):
    english = json_question(9, sources=["https://docs.aws.amazon.com/ecs/"])
    japanese = english | {
        "language": "ja",
        "prompt": "9 とは何ですか。",
        "choices": [
            {"text": f"選択肢 {n}", "right": n == 1, "reason": f"理由 {n}"} for n in range(3)
        ],
    }
    paths = file("en.json", json_of(english)), file("ja.json", json_of(japanese))

    told = run(
        paths[1], "--with", str(paths[0]), "--language", "ja", "--other-language", "en",
        *DEFAULTS, "--write", to="quizzes/02-second.toml",
    )  # fmt: skip

    assert "Still to add: 0" in told
    library.load()
    question = library.course("demo").questions["question-9"]
    assert list(question.prompts) == ["ja", "en"]
    assert question.choices[1].is_right


def test_languages_that_do_not_fit_are_told(file):
    first = json_of(json_question(1), json_question(2))
    other = [json_question(1, language="ja", kind="ordering"), json_question(3, language="ja")]

    told = run(file("en.json", first), "--with", str(file("ja.json", json_of(*other))))

    assert "question 1 (question-1): the two languages differ in kind, choices or key" in told
    assert "question 2 (question-3): only the other file has it: no question of that id" in told


def test_a_question_without_an_id_gets_one_of_its_words(file, folder):
    path = file("a.gift", b"What is Fargate? {=a ~b ~c}\n\nWhat is Fargate for? {=a ~b ~c}\n")

    run(path, "--language", "en", *DEFAULTS, "--source", "https://example.com", "--write")

    text = (folder / TARGET).read_text(encoding="utf-8")
    assert 'id = "what-is-fargate"' in text and 'id = "what-is-fargate-for"' in text
    assert decode(text, QuizFile).faults[0].what.startswith("the key")  # explanation is missing


def test_a_file_that_is_there_is_never_overwritten(file, folder):
    path = file("a.json", json_of(json_question(1)))
    before = files_of(folder)

    with pytest.raises(CommandError, match="is there already"):
        run(path, "--write", to="quizzes/extra.toml")

    assert files_of(folder) == before


@pytest.mark.parametrize(
    "to",
    ["new.toml", "quizzes/../course.toml", "/etc/x.toml", "quizzes/a/b.toml", "quizzes/A.toml"],
)
def test_only_a_file_of_quizzes_is_written(to, file):
    with pytest.raises(CommandError, match="no file of questions"):
        run(file("a.json", json_of(json_question(1))), to=to)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--language", "fr"), "The course has no fr; it has ja, en"),
        (("--task", "one"), "is no task"),
        (("--section", "here"), "is no heading"),
        (("--with", "/nowhere.json"), "cannot be read"),
    ],
)
def test_a_wish_that_makes_no_sense_says_what_there_is(arguments, told, file):
    with pytest.raises(CommandError, match=told):
        run(file("a.json", json_of(json_question(1))), *arguments)


def test_an_unknown_course_and_a_broken_file_are_told(file, tmp_path):
    with pytest.raises(CommandError, match="There is no course gone; there is demo"):
        call_command("import_questions", "x.json", "--course", "gone", "--to", TARGET)
    with pytest.raises(CommandError, match="is not JSON"):
        run(file("a.json", b"{"))
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path)


def test_more_than_a_file_holds_and_nothing_new_are_not_written(file, folder):
    many = file("many.json", json_of(*(json_question(n) for n in range(201))))
    none = file("none.json", json_of(json_question(1, id="b-1")))

    with pytest.raises(CommandError, match="201 questions are new, and a file holds 200"):
        run(many, "--write")
    with pytest.raises(CommandError, match="no question is new"):
        run(none, "--write")

    assert not (folder / TARGET).exists()


def test_signs_that_move_a_terminal_are_not_printed(file):
    path = file("a.xml", qti_item(CHOICES).replace(b"An item", "\u202eitem\u200b\x85".encode()))

    told = run(path, "--language", "en")

    assert "item" in told and not any(sign in told for sign in "\u202e\u200b\x85\x1b")
