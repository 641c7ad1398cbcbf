"""Files of questions: sound ones are read, and every fault is told where it is."""

from __future__ import annotations

import pytest

from content.catalog.load import load_course
from tests.content.course_builder import course_toml, problems_of, write_course
from tests.content.quiz_builder import CHOICES, choice_toml, question_toml

FILE = "quizzes/01-first.toml"
SMALL_EXAM = (
    course_toml().replace("questions = 75", "questions = 5").replace("scored = 65", "scored = 4")
)
TITLES = 'title.ja = "題"\ntitle.en = "Title"\nsummary.ja = "要約"\nsummary.en = "Summary"\n'


def problems(tmp_path, text: str, name: str = FILE, **files: str) -> list[str]:
    return problems_of(write_course(tmp_path / "demo", files={name: text, **files}))


def test_the_questions_of_a_chapter_are_its_quiz(tmp_path):
    text = "\n".join(question_toml(f"a-{kind}", kind) for kind in CHOICES)

    course = load_course(write_course(tmp_path / "demo", files={FILE: text}))

    (quiz,) = course.quizzes
    assert (quiz.slug, quiz.chapter, quiz.title("en")) == ("first", "first", "First")
    assert [one.kind for one in quiz.questions] == list(CHOICES)
    assert list(course.questions) == [f"a-{kind}" for kind in CHOICES]


def test_a_question_knows_the_section_around_its_heading(tmp_path):
    text = question_toml("deep", section="01-first.md#closer")

    course = load_course(write_course(tmp_path / "demo", files={FILE: text}))

    question = course.questions["deep"]
    assert (question.chapter, question.section, question.part) == ("first", "closer", "what")


def test_texts_are_markdown_in_each_language(tmp_path):
    fence = '```json\n{"a": 1}\n```'
    text = question_toml("code").replace(
        'prompt.en = "What about code?"', f'prompt.en = """\nUse `this`:\n\n{fence}\n"""'
    )

    question = load_course(write_course(tmp_path / "demo", files={FILE: text})).questions["code"]

    assert "<code>this</code>" in question.prompts["en"]
    assert "<figure" in question.prompts["en"] and "<figure" not in question.prompts["ja"]
    assert question.choices[0].texts["en"] == "alpha"


def test_the_digest_changes_with_any_word_and_with_nothing_else(tmp_path):
    def digest(text: str) -> str:
        course = load_course(write_course(tmp_path / "demo", files={FILE: text}))
        return course.questions["one"].digest

    plain = question_toml("one")

    assert digest(plain) == digest("# a comment\n" + plain)
    assert digest(plain) != digest(plain.replace("because delta", "because Delta"))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('kind = "single"', 'kind = "guess"', ":3: question › entry 1 › kind is the text 'guess'"),
        ("difficulty = 2", "difficulty = 4", ":5: question › entry 1 › difficulty is the number 4"),
        ('prompt.en = "What about one?"\n', "", "prompt is missing in en"),
        ('prompt.en = "', 'prompt.fr = "Quoi?"\nprompt.en = "', "prompt is in fr"),
        ("#what", "#gone", ":6: the link 01-first.md#gone leads to no heading"),
        ("01-first.md", "09-nine.md", ":6: the link 09-nine.md#what leads to no chapter"),
        ('task = "1.1"', 'task = "9.1"', ":4: task 9.1 belongs to no domain"),
        ("right = true\n", "", "0 choices of a single question are right"),
        ('text.en = "bravo"', 'text.en = "ALPHA"', "says the same as another"),
        ('text.en = "bravo"\n', "", "text is missing in en"),
        ('text.en = "bravo"', "text.en = 'one\n'", ": this is not TOML"),
        ('text.en = "bravo"', 'text.en = "one\\n\\ntwo"', "more than one line of text"),
        ('trap.en = "This', 'trap.en = "# No\\n\\nThis', "a # heading stands in the text"),
        ('trap.en = "This', 'trap.en = "```\\nThis', ":13: this fence is never closed"),
        ('trap.en = "This', 'trap.en = "[a](02-second.md) This', "cannot show 02-second.md"),
        ('text.en = "alpha"', f'text.en = "{"a" * 90}"', "the length of the right choice"),
        ('id = "one"', 'id = "One"', ":2: question › entry 1 › id is the text 'One'"),
        ("difficulty = 2", "difficulty = 2\nlevel = 2", "the key question"),
        ('text.en = "alpha"', 'text.en = "alpha"\nforms = ["a"]', "a single choice has forms"),
    ],
)
def test_what_is_wrong_in_a_question_is_told_with_its_place(tmp_path, before, after, told):
    text = question_toml("one")
    assert before in text

    found = problems(tmp_path, text.replace(before, after, 1))

    assert any(told in one for one in found), found
    assert all(one.startswith("demo/quizzes/01-first.toml:") for one in found)


def test_two_right_choices_of_a_single_question_are_told(tmp_path):
    choices = [choice_toml(word, right=word < "c") for word in ("alpha", "bravo", "charlie", "d")]

    found = problems(tmp_path, question_toml("one", choices=choices))

    assert "2 choices of a single question are right" in found[0]


def test_an_id_or_a_prompt_that_is_there_twice_is_told(tmp_path):
    other = question_toml("two").replace("two", "one")

    found = problems(tmp_path, question_toml("one"), **{"quizzes/02-second.toml": other})

    assert any("another question has the id one" in one for one in found)


def test_forms_that_fold_to_the_same_answer_are_told(tmp_path):
    choices = [
        choice_toml("alpha", right=True, text=False, more='forms = ["ECS-Tasks"]'),
        choice_toml("bravo", text=False, more='forms = ["ＥＣＳ－ＴＡＳＫＳ"]'),
    ]

    found = problems(tmp_path, question_toml("one", "short", choices=choices))

    assert "ecs-tasks is accepted twice" in found[0]


def test_a_file_of_no_chapter_needs_a_title(tmp_path):
    text = question_toml("one")

    without = problems(tmp_path, text, "quizzes/extra.toml")
    course = load_course(
        write_course(tmp_path / "other", files={"quizzes/extra.toml": f"[quiz]\n{TITLES}\n{text}"})
    )

    assert "belongs to no chapter and has no title" in without[0]
    assert course.quiz("extra").title("ja") == "題"


def test_an_exam_can_only_be_drawn_from_enough_questions(tmp_path):
    mock = f'[quiz]\ndraw = "exam"\n{TITLES}'
    few = "\n".join(question_toml(f"q-{n}", task="1.1") for n in range(3))
    more = "\n".join(question_toml(f"r-{n}", task="2.1") for n in range(2))
    files = {"course.toml": SMALL_EXAM, "quizzes/mock.toml": mock, FILE: few}

    short = problems_of(write_course(tmp_path / "demo", files=files))
    files["quizzes/02-second.toml"] = more
    course = load_course(write_course(tmp_path / "whole", files=files))

    assert "domain 2 has 0 questions, the exam draws 2" in short[0]
    assert course.quiz("mock").is_drawn


def test_a_file_without_questions_is_told(tmp_path):
    assert "has no question" in problems(tmp_path, "# nothing\n")[0]


def test_questions_with_drawings_share_a_page_without_sharing_ids(tmp_path):
    drawing = '```diagram {title="A" desc="B"}\n┌───┐\n│ a │\n└───┘\n```'
    both = "\n".join(
        question_toml(one).replace(
            f'prompt.en = "What about {one}?"', f'prompt.en = """\n{one}\n\n{drawing}\n"""'
        )
        for one in ("one", "two")
    )

    course = load_course(write_course(tmp_path / "demo", files={FILE: both}))

    one, two = (course.questions[name].prompts["en"] for name in ("one", "two"))
    ids = [part.split('"')[0] for page in (one, two) for part in page.split(' id="')[1:]]
    assert ids and len(ids) == len(set(ids))
