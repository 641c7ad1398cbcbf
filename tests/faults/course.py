"""A small course whose one quiz is long and takes any text for an answer."""

from __future__ import annotations

from pathlib import Path

from tests.content.course_builder import write_course
from tests.content.quiz_builder import question_toml

QUESTIONS = 50
HEAD = '[quiz]\ntitle.ja = "題"\ntitle.en = "Long"\nsummary.ja = "要約"\nsummary.en = "Summary"\n'


def write(folder: Path) -> Path:
    """Write the course demo into a folder of courses, and return that folder."""
    asked = [question_toml(f"q-{n}", "short") for n in range(QUESTIONS)]
    write_course(folder / "demo", files={"quizzes/long.toml": "\n".join([HEAD, *asked])})
    return folder
