"""Writes tiny courses to disk: sound by default, with one thing changed when a test asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from content.catalog.load import CourseError, load_course

LANGUAGES = ("ja", "en")
CHAPTERS = ("01-first", "02-second")
FIRST = "chapters/ja/01-first.md"

FRONT = """\
title = "{title}"
summary = "What {stem} gives, in {language}."
checked = 2026-11-23
tasks = ["1.1"]
sources = ["https://docs.aws.amazon.com/ecs/"]
"""

BODY = """\
An introduction.

## What it is {#what}

Some words.

### A closer look {#closer}

More words.

## How it goes {#how}

See [what it is](#what).
"""

COURSE = """\
languages = [{languages}]
chapters = [{chapters}]
checked = 2026-11-23
licence = "CC BY-SA 4.0"

[title]
{titles}

[summary]
{summaries}
"""

EXAM = """
[exam]
code = "DOP-C02"
questions = 75
scored = 65
minutes = 180
pass_score = 750

[exam.title]
{titles}

[[exam.domains]]
number = 1
weight = 60

[exam.domains.title]
{titles}

[[exam.domains]]
number = 2
weight = 40

[exam.domains.title]
{titles}
"""

TERM = """\
[[term]]
id = "{term_id}"
{more}
[term.name]
ja = "{ja}"
en = "{en}"

[term.meaning]
ja = "{ja}の意味。"
en = "The meaning of {en}."
"""


def term_toml(term_id: str, ja: str, en: str, more: str = "") -> str:
    """Return a sound [[term]] of glossary.toml; `more` are further lines such as `also = […]`."""
    return TERM.format(term_id=term_id, ja=ja, en=en, more=more)


def course_toml(
    *,
    languages: Sequence[str] = LANGUAGES,
    chapters: Sequence[str] = CHAPTERS,
    exam: bool = True,
) -> str:
    """Return a sound course.toml."""
    titles = "\n".join(f'{language} = "A title in {language}"' for language in languages)
    return (COURSE + (EXAM if exam else "")).format(
        languages=", ".join(f'"{language}"' for language in languages),
        chapters=", ".join(f'"{stem}"' for stem in chapters),
        titles=titles,
        summaries=titles.replace("A title", "A summary"),
    )


def chapter_md(
    stem: str = CHAPTERS[0], language: str = LANGUAGES[0], *, front: str = FRONT, body: str = BODY
) -> str:
    """Return a sound chapter; `front` and `body` replace its two parts."""
    title = stem.partition("-")[2].title()
    filled = front.replace("{title}", title).replace("{stem}", stem)
    return f"+++\n{filled.replace('{language}', language)}+++\n\n{body}"


def write_course(
    folder: Path,
    *,
    languages: Sequence[str] = LANGUAGES,
    chapters: Sequence[str] = CHAPTERS,
    exam: bool = True,
    files: Mapping[str, str | bytes | None] | None = None,
) -> Path:
    """Write a course into `folder` (its name is the slug) and return the folder.

    `files` maps paths inside the folder to other contents; None leaves a file out.
    """
    contents: dict[str, str | bytes | None] = {
        "course.toml": course_toml(languages=languages, chapters=chapters, exam=exam)
    }
    for stem in chapters:
        for language in languages:
            contents[f"chapters/{language}/{stem}.md"] = chapter_md(stem, language)
    for name, content in (contents | dict(files or {})).items():
        if content is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def problems_of(folder: Path) -> list[str]:
    """Return the problems of a course, each as its author sees it; none for a sound one."""
    try:
        load_course(folder)
    except CourseError as error:
        return str(error).split("\n")
    return []


def break_course(folder: Path) -> None:
    (folder / "course.toml").write_text("languages = ")
