"""Writes a course with quizzes: one to practise on, and an exam drawn from the whole bank."""

from __future__ import annotations

from pathlib import Path

from bench.courses import Shelf, prose, sentence, write_shelf

CHAPTERS = 15
PRACTICE, MOCK, MORE = "practice", "mock", "more"  # quizzes
QUESTIONS = 100  # of the practice quiz, and as many more of the bank
EXAM_QUESTIONS = 75
DOMAINS = {1: 22, 2: 17, 3: 15, 4: 15, 5: 14, 6: 17}  # weights, as in DOP-C02
EXAM = """
[exam]
code = "BENCH"
questions = {questions}
scored = 65
minutes = 180
pass_score = 750
title.ja = "測るための試験"
title.en = "An exam to measure with"
"""
DOMAIN = """
[[exam.domains]]
number = {number}
weight = {weight}
title.ja = "分野 {number}"
title.en = "Domain {number}"
"""
QUIZ = """\
[quiz]
title.ja = "{slug}"
title.en = "{slug}"
summary.ja = "速さを測るための問題です。"
summary.en = "Questions to measure speed with."
{more}
"""
QUESTION = """
[[question]]
id = "question-{number}"
kind = "{kind}"
task = "{domain}.1"
difficulty = 2
section = "{chapter:02}-chapter-{chapter}.md#part-1-a"
sources = ["https://docs.aws.amazon.com/ecs/"]
"""
CHOICE = """
[[question.choice]]
right = {right}
"""


def write_course(folder: Path) -> Shelf:
    """Write chapters, the exam's terms, a bank of questions in two files, and a drawn quiz."""
    shelf = write_shelf(folder, CHAPTERS)
    course = folder / shelf.course
    with (course / "course.toml").open("a", encoding="utf-8") as file:
        file.write(EXAM.format(questions=EXAM_QUESTIONS))
        file.writelines(
            DOMAIN.format(number=number, weight=weight) for number, weight in DOMAINS.items()
        )
    quizzes = course / "quizzes"
    quizzes.mkdir()
    for start, slug in ((0, PRACTICE), (QUESTIONS, MORE)):
        text = QUIZ.format(slug=slug, more="") + "".join(
            question(number) for number in range(start, start + QUESTIONS)
        )
        (quizzes / f"{slug}.toml").write_text(text, "utf-8")
    (quizzes / f"{MOCK}.toml").write_text(QUIZ.format(slug=MOCK, more='draw = "exam"'), "utf-8")
    return shelf


def question(number: int) -> str:
    """Return a question as long as a real one; every fourth has two right answers of five."""
    kind, choices, right = ("multiple", 5, 2) if number % 4 == 3 else ("single", 4, 1)
    head = QUESTION.format(
        number=number, kind=kind, domain=number % len(DOMAINS) + 1, chapter=number % CHAPTERS
    )
    start = number * 7
    texts = {"prompt": 6, "explanation": 3, "trap": 1}
    body = "".join(both(name, number, start, count) for name, count in texts.items())
    return (
        head + body + "".join(choice(start + nth, is_right=nth < right) for nth in range(choices))
    )


def both(name: str, number: int, start: int, count: int) -> str:
    """Return one text in both languages; the number makes it the only one of its kind."""
    return "".join(
        f'{name}.{language} = "({number}) {prose(language, start, count)}"\n'
        for language in ("ja", "en")
    )


def choice(nth: int, *, is_right: bool) -> str:
    lines = [
        f'{name}.{language} = "{sentence(language, nth + shift)}"\n'
        for name, shift in (("text", 0), ("reason", 100))
        for language in ("ja", "en")
    ]
    return CHOICE.format(right=str(is_right).lower()) + "".join(lines)
