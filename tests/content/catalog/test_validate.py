"""What can be wrong between chapters and languages: sections, links, pictures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.catalog.load import CourseError, load_course
from content.rendering.page import Page, Reference, render
from tests.content.course_builder import BODY, chapter_md, problems_of, write_course

JA, EN = "chapters/ja/01-first.md", "chapters/en/01-first.md"


def told(tmp_path, body: str, name: str = EN, **files: str | bytes) -> list[str]:
    """Return what is told about a course in which one chapter has another body."""
    changed = {name: chapter_md(body=body), **files}
    return problems_of(write_course(tmp_path / "demo", files=changed))


def line_of(text: str, body: str = BODY) -> int:
    return chapter_md(body=body).split("\n").index(text) + 1


def test_a_chapter_without_sections_is_told(tmp_path):
    bare = chapter_md(body="Words.\n")
    folder = write_course(tmp_path / "demo", files={JA: bare, EN: bare})

    assert problems_of(folder) == [
        f"demo/{name}: the chapter has no section — add at least one heading ## Title {{#id}}"
        for name in (EN, JA)
    ]


def test_a_section_missing_in_one_language_is_told(tmp_path):
    problems = told(tmp_path, BODY.partition("## How")[0])

    assert problems == [
        (
            f"demo/{EN}: the heading ## {{#how}} of demo/{JA} is missing here"
            " — add it here, or remove it in ja"
        )
    ]


def test_a_section_that_only_a_translation_has_is_told_at_its_line(tmp_path):
    body = BODY + "\n## Extra {#extra}\n\nWords.\n"

    assert told(tmp_path, body) == [
        (
            f"demo/{EN}:{line_of('## Extra {#extra}', body)}: the heading ## {{#extra}}"
            f" is not in demo/{JA} — add it in ja, or remove it here"
        )
    ]


def test_sections_in_another_order_are_told(tmp_path):
    body = "## How it goes {#how}\n\nx\n\n## What it is {#what}\n\nx\n\n### Closer {#closer}\n\nx\n"

    assert told(tmp_path, body) == [
        (
            f"demo/{EN}:{line_of('## How it goes {#how}', body)}: the ## headings are in another"
            f" order than in demo/{JA} — put them in this order: what, how"
        )
    ]


def test_a_heading_without_id_is_told_beside_the_section_it_misses(tmp_path):
    problems = told(tmp_path, BODY.replace(" {#how}", ""))

    line = line_of("## How it goes", BODY.replace(" {#how}", ""))
    assert any(one.startswith(f"demo/{EN}:{line}: this heading has no id") for one in problems)
    assert any("{#how}" in one and "is missing here" in one for one in problems)


def test_a_sub_heading_missing_in_one_language_is_told(tmp_path):
    problems = told(tmp_path, BODY.replace("### A closer look {#closer}\n", ""))

    assert problems == [
        (
            f"demo/{EN}: the heading ### {{#closer}} of demo/{JA} is missing here"
            " — add it here, or remove it in ja"
        )
    ]


def test_a_sub_heading_in_another_section_is_told(tmp_path):
    moved = BODY.replace("### A closer look {#closer}\n", "") + "\n### Closer {#closer}\n\nx\n"

    problems = told(tmp_path, moved)

    assert any("### {#closer} of" in one and "is missing here" in one for one in problems)
    assert any("### {#closer} is not in" in one for one in problems)


@pytest.mark.parametrize("link", ["02-second.md", "02-second.md#how", "#closer", "https://a.test/"])
def test_a_link_that_leads_somewhere_is_fine(tmp_path, link):
    assert told(tmp_path, BODY + f"\n[there]({link})\n") == []


@pytest.mark.parametrize(
    ("link", "what", "mend"),
    [
        ("03-second.md", "leads to no chapter of the course", "write 02-second.md"),
        ("99-zzz.md#how", "leads to no chapter of the course", "link to a chapter of course.toml"),
        ("02-second.md#hov", "leads to no heading of demo/chapters/en/02-second.md", "write #how"),
        ("#zzz", f"leads to no heading of demo/{EN}", "use the id of a ## or ### heading"),
    ],
)
def test_a_link_that_leads_nowhere_is_told(tmp_path, link, what, mend):
    body = f"{BODY}\n[there]({link})\n"

    assert told(tmp_path, body) == [
        f"demo/{EN}:{line_of(f'[there]({link})', body)}: the link {link} {what} — {mend}"
    ]


@pytest.mark.parametrize(
    "link",
    ["../../../secret.md", "../ja/02-second.md", "/etc/passwd", "02-second.txt", "02-second"],
)
def test_a_link_that_leads_outside_is_told(tmp_path, link):
    problems = told(tmp_path, f"{BODY}\n[there]({link})\n")

    assert len(problems) == 1
    assert link in problems[0]


def test_a_link_into_a_chapter_that_cannot_be_read_is_not_told_twice(tmp_path):
    files = {
        "chapters/en/02-second.md": None,
        EN: chapter_md(body=f"{BODY}\n[there](02-second.md#gone)\n"),
    }

    problems = problems_of(write_course(tmp_path / "demo", files=files))

    assert problems == ["demo/chapters/en/02-second.md: the file is missing — add the file"]


PICTURE = BODY + "\n![A cat](images/cat.png)\n"


def pictured(tmp_path, picture: bytes | None):
    files = {JA: chapter_md(body=PICTURE), EN: chapter_md(body=PICTURE), "images/cat.png": picture}
    return write_course(tmp_path / "demo", files=files)


def test_a_picture_that_is_there_is_fine(tmp_path):
    assert problems_of(pictured(tmp_path, b"png")) == []


def test_a_picture_that_is_not_there_is_told_wherever_it_is_shown(tmp_path):
    line = line_of("![A cat](images/cat.png)", PICTURE)

    assert problems_of(pictured(tmp_path, None)) == [
        f"demo/{name}:{line}: the picture images/cat.png is not there"
        " — put the file into images, or correct its name"
        for name in (EN, JA)
    ]


def test_a_picture_that_is_too_large_is_told(tmp_path):
    problems = problems_of(pictured(tmp_path, b"x" * (2 * 1024 * 1024 + 1)))

    assert "the picture images/cat.png is too large (2.0 MB) — make it smaller" in problems[0]


def test_a_picture_that_leads_outside_is_refused(tmp_path):
    (tmp_path / "secret.png").write_bytes(b"x")
    folder = pictured(tmp_path, None)
    (folder / "images").mkdir()
    (folder / "images" / "cat.png").symlink_to(tmp_path / "secret.png")

    problems = problems_of(folder)

    assert "the picture images/cat.png leads outside the course folder" in problems[0]


@pytest.mark.parametrize(
    "target", ["../secret.png", "images/../../secret.png", "cat.png", "images/cat.html"]
)
def test_a_picture_that_is_not_in_images_is_told(tmp_path, target):
    (tmp_path / "secret.png").write_bytes(b"x")

    problems = told(tmp_path, f"{BODY}\n![A cat]({target})\n")

    assert len(problems) == 1
    assert target in problems[0]


def test_a_picture_outside_is_refused_even_when_the_renderer_lets_it_pass(tmp_path):
    (tmp_path / "secret.png").write_bytes(b"x")
    folder = write_course(tmp_path / "demo")

    with pytest.raises(CourseError) as caught:
        load_course(folder, render=careless)

    assert f"demo/{JA}:8: the picture ../secret.png leads outside the course" in str(caught.value)


def careless(source: str, *, language: str, prefix: str = "d") -> Page:
    return replace(render(source, language=language), images=(Reference(1, "../secret.png"),))


def test_a_picture_without_words_is_told(tmp_path):
    body = f"{BODY}\n![](images/cat.png)\n"
    folder = write_course(
        tmp_path / "demo", files={EN: chapter_md(body=body), "images/cat.png": b"png"}
    )

    (problem,) = problems_of(folder)

    line = line_of("![](images/cat.png)", body)
    assert problem.startswith(f"demo/{EN}:{line}: ")
