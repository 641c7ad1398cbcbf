"""What is understood of other tools' questions, and what is told of the rest."""

from __future__ import annotations

from decimal import Decimal

import pytest

from quizzes.importing import formats
from quizzes.importing.model import Question, Reading
from tests.quizzes.importing.samples import (
    CHOICES,
    json_of,
    json_question,
    moodle_answers,
    moodle_of,
    moodle_question,
    qti_item,
    qti_package,
)


def read(name: str, data: bytes) -> Reading:
    return formats.read(name, data, "en")[1]


def only(reading: Reading) -> Question:
    assert not reading.refused
    assert len(reading.questions) == 1
    return reading.questions[0]


def gift(text: str) -> Question:
    return only(read("a.gift", text.encode()))


def texts(question: Question) -> list[str]:
    return [one.text["en"] for one in question.choices]


def right(question: Question) -> list[bool]:
    return [one.is_right for one in question.choices]


def test_gift_with_one_right_choice():
    question = gift(
        "// a comment\n$CATEGORY: top/x\n::the-title::[markdown]Which *one*?\n"
        "{\n=right#good\n~wrong\\=1#bad\n// inside\n~worse\n####All of it.\n}"
    )

    assert (question.id, question.kind) == ("the-title", "single")
    assert question.prompt == {"en": "Which *one*?"}
    assert texts(question) == ["right", "wrong=1", "worse"]
    assert right(question) == [True, False, False]
    assert [one.reason.get("en", "") for one in question.choices] == ["good", "bad", ""]
    assert question.explanation == {"en": "All of it."}
    assert question.place == "line 3 (the-title)"


def test_gift_with_weights_has_several_right_choices():
    question = gift("Which? {~%50%a ~%50%b ~%-100%c ~%-100%d}")

    assert question.kind == "multiple"
    assert right(question) == [True, True, False, False]


def test_gift_true_or_false_is_single_and_says_that_a_choice_is_needed():
    reading = read("a.gift", b"It runs. {FALSE#no, it stops#yes}")

    question = only(reading)
    assert (question.kind, texts(question)) == ("single", ["True", "False"])
    assert right(question) == [False, True]
    assert [one.reason["en"] for one in question.choices] == ["no, it stops", "yes"]
    assert "needs three" in reading.notes[0].why


def test_gift_short_answers_pairs_and_gaps():
    short = gift(r"The key? {=valueFrom =value\#From =%0%value#no}")
    pairs = gift("Match. {=a -> 1 =b -> 2 =c -> 3}")
    gap = gift("A task runs on {=Fargate ~Lambda ~S3} without servers.")

    assert [(one.forms, one.is_right) for one in short.choices] == [
        (("valueFrom", "value#From"), True),
        (("value",), False),
    ]
    assert [(one.text["en"], one.match["en"]) for one in pairs.choices] == [
        ("a", "1"),
        ("b", "2"),
        ("c", "3"),
    ]
    assert gap.prompt == {"en": r"A task runs on \_\_\_\_\_ without servers."}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Why? {}", "an essay"),
        ("How many? {#3:1}", "a numerical range"),
        ("A text alone.\n\nWhat? {=a ~b}", "no answers in braces"),
        ("What? {a b}", "no answer begins with"),
        ("What? {~a ~b}", "no choice is right"),
        ("What? {=a ~b", "never closed"),
        ("What? {=a*}", "for anything"),
        ("What? {=%50%a =b}", "part of the credit"),
        ("{=a ~b}", "has no text"),
        ("What {=a} is {=b}?", "braces after"),
    ],
)
def test_gift_that_is_not_understood_is_told_with_its_line(text, told):
    reading = read("a.gift", text.encode())

    assert told in reading.refused[0].why
    assert reading.refused[0].place.startswith("line 1")
    assert reading.refused[0].mend


@pytest.mark.parametrize("kind", ["essay", "numerical", "cloze", "calculated", "description", "x"])
def test_kinds_of_moodle_that_there_are_not_here_are_told(kind):
    reading = read("a.xml", moodle_of(moodle_question(kind), moodle_question()))

    assert len(reading.questions) == 1
    assert str(reading.refused[0]) == (
        f"question 1 (Q): a question of type {kind} has no kind here — "
        "ask it as one of single, multiple, ordering, matching, short"
    )


def test_html_becomes_markdown():
    text = (
        "<p>Use <b>one</b> &amp; <i>two</i>, <code>a_b</code>:<br>1 * 2 &lt;b&gt; my_var _x_</p>"
        "<ul><li>first</li><li>second<ol><li>deep</li></ol></li></ul>"
        "<pre><code>docker run\n  --rm x</code></pre>"
        '<p># no heading, <a href="https://example.com/a">a page</a></p>'
    )

    question = only(read("a.xml", moodle_of(moodle_question(text=text))))

    assert question.prompt["en"] == (
        "Use **one** & *two*, `a_b`:<br>1 \\* 2 &lt;b> my_var \\_x\\_\n\n"
        "- first\n\n- second\n\n    1. deep\n\n"
        "```text\ndocker run\n  --rm x\n```\n\n"
        "\\# no heading, [a page](https://example.com/a)"
    )


def test_what_cannot_be_said_in_markdown_is_told_and_never_kept():
    text = (
        '<p onclick="x()">Look <img src="a.png" alt="a chart"></p><script>alert(1)</script>'
        '<a href="javascript:alert(1)">go</a><video src="x"></video><h2>Title</h2>'
    )

    reading = read("a.xml", moodle_of(moodle_question(text=text)))

    question = only(reading)
    assert question.prompt == {"en": "Look a chart\n\ngoTitle"}
    told = " ".join(one.why for one in reading.notes)
    assert "the picture a.png is not taken over" in told
    assert "<h2>, <script>, <video> cannot be said in Markdown" in told


def test_moodle_keys():
    single = moodle_question(inner=moodle_answers(0, 100, 50))
    multiple = moodle_question(inner="<single>false</single>" + moodle_answers(50, 50, -100, 0))
    none = moodle_question(inner=moodle_answers(0, 0))
    odd = moodle_question(inner=moodle_answers(100, 0).replace('"0"', '"x"'))

    reading = read("a.xml", moodle_of(single, multiple, none, odd))

    assert [one.kind for one in reading.questions] == ["single", "multiple"]
    assert right(reading.questions[0]) == [False, True, False]
    assert right(reading.questions[1]) == [True, True, False, False]
    assert [one.why for one in reading.notes] == ["part of the credit for a choice becomes none"]
    assert [one.why for one in reading.refused] == [
        "no choice is right",
        "the fraction 'x' is no number",
    ]


def test_an_item_of_qti_alone():
    reading = read("a.xml", qti_item(CHOICES))

    question = only(reading)
    assert question.prompt == {"en": "Which?\n\nPick one."}
    assert texts(question) == ["a", "b"]
    assert right(question) == [True, False]
    assert question.choices[0].reason == {"en": "why a"}


@pytest.mark.parametrize(
    ("item", "told"),
    [
        (qti_item("<extendedTextInteraction/>"), "extendedTextInteraction has no kind"),
        (qti_item(CHOICES * 2), "2 interactions"),
        (qti_item(""), "0 interactions"),
        (qti_item(CHOICES, keys=()), "does not say what is right"),
        (qti_item(CHOICES, keys=("Z",)), "choices that are not there"),
        (b"<html/>", "no item of QTI 2"),
        (b"<broken", "not well-formed"),
    ],
)
def test_items_of_qti_that_are_not_understood_are_told_by_file(item, told):
    package = qti_package({"good.xml": qti_item(CHOICES), "bad.xml": item})

    reading = read("a.zip", package)

    assert len(reading.questions) == 1
    assert told in reading.refused[0].why
    assert reading.refused[0].place.startswith("bad.xml")


def test_csv_gives_back_what_its_guard_against_formulas_changed():
    table = (
        "prompt,correct,choice_a,choice_b,choice_c,reason_a,language\n"
        "'=1+1?,A,'+2,''=x,plain 'word',\"'-because, so\",en\n"
    )

    question = only(read("a.csv", table.encode()))

    assert question.prompt == {"en": "=1+1?"}
    assert texts(question) == ["+2", "'=x", "plain 'word'"]
    assert question.choices[0].reason == {"en": "-because, so"}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("What?,,a,b,,", "no choice is correct"),
        ("What?,E,a,b,,", "E is correct but no choice"),
        ("What?,A,a,b,essay,", "the kind is 'essay'"),
        ("What?,A,a,b,,9", "the difficulty is '9'"),
        ("What?,A,a,b,,1,more", "more cells than"),
    ],
)
def test_rows_that_are_not_understood_are_told_by_line(row, told):
    table = f"prompt,correct,choice_a,choice_b,kind,difficulty\n{row}\nWhat?,A,a,b,,\n"

    reading = read("a.csv", table.encode())

    assert len(reading.questions) == 1
    assert told in reading.refused[0].why
    assert reading.refused[0].place == "row ending on line 2"


def test_a_question_of_json_that_is_wrong_leaves_the_others():
    number = {"number": "90", "unit": "s", "right": True, "reason": "so"}
    short = json_question(2, kind="short", choices=[number])
    endless = json_question(3, kind="short", choices=[number | {"number": "Infinity"}])

    reading = read(
        "a.json", json_of(json_question(1, kind="essay"), short, endless, json_question(4))
    )

    assert [one.id for one in reading.questions] == ["question-2", "question-4"]
    assert reading.questions[0].choices[0].number == Decimal(90)
    assert [one.place for one in reading.refused] == ["question 1", "question 3"]
    assert "Invalid enum value 'essay'" in reading.refused[0].why
