"""A course with questions of every kind and a small exam, and an attempt at them."""

from __future__ import annotations

from pathlib import Path

import pytest

from content import library
from tests.content.course_builder import course_toml, write_course
from tests.content.quiz_builder import CHOICES, question_toml

TITLES = 'title.ja = "題"\ntitle.en = "{}"\nsummary.ja = "要約"\nsummary.en = "Summary"\n'
COURSE = (
    course_toml()
    .replace("questions = 75", "questions = 5")
    .replace("scored = 65", "scored = 4")
    .replace("minutes = 180", "minutes = 10")
)
KINDS = "\n".join(question_toml(f"a-{kind}", kind) for kind in CHOICES)
SINGLES = "\n".join(
    question_toml(f"b-{n}", task=f"{1 + n % 2}.1", section="02-second.md#closer") for n in range(8)
)
FILES = {
    "course.toml": COURSE,
    "quizzes/01-first.toml": KINDS,
    "quizzes/extra.toml": f"[quiz]\nminutes = 6\nattempts = 2\n{TITLES.format('Extra')}\n{SINGLES}",
    "quizzes/mock.toml": f'[quiz]\ndraw = "exam"\n{TITLES.format("Mock")}',
}


@pytest.fixture
def quiz_course(courses_dir: Path):
    """The course demo: the quiz first (every kind), extra (8 single ones, 2 exams), mock."""
    write_course(courses_dir / "demo", files=FILES)
    library.load()
    return library.course("demo")
