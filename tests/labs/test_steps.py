"""The steps of a lab stand on its page, and their links lead where they lead in the chapter."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from content import library
from labs import reporting
from tests.content.course_builder import chapter_md, write_course
from tests.content.lab_builder import lab_toml
from tests.labs.practice import ENGLISH

BODY = """\
## The work {#work}

Do [this](#part) after [that](#other) and [more](02-second.md#what).

### A part {#part}

Words.

## Another {#other}

Words.
"""


@pytest.fixture
def page(courses_dir, client: Client) -> str:
    lab = lab_toml().replace("01-first.md#what", "01-first.md#part")
    files = {
        f"chapters/{language}/01-first.md": chapter_md("01-first", language, body=BODY)
        for language in ("ja", "en")
    }
    lab = lab.replace("01-first.md#closer", "01-first.md#part")
    write_course(courses_dir / "demo", files=files | {"labs/01-work.toml": lab})
    library.load()
    return client.get("/labs/demo/work/", headers=ENGLISH).content.decode()


@pytest.mark.django_db
def test_the_section_around_the_steps_is_shown(page):
    assert 'id="work"' in page and 'id="part"' in page
    assert 'id="other"' not in page


@pytest.mark.django_db
def test_links_lead_within_the_section_or_to_the_course(page):
    steps = page.partition('class="steps"')[2].partition("</details>")[0]

    assert re.findall(r'<a href="([^"]+)">(?:this|that|more)', steps) == [
        "#part",
        "/learn/demo/first/#other",
        "/learn/demo/second/#what",
    ]


def test_every_lab_of_the_course_has_steps_that_lead_somewhere():
    course = library.course("aws-ecs-ecr")

    for lab in course.labs:
        for language in course.languages:
            html = reporting.steps(lab, course, language)
            assert html and "../" not in re.sub(r"<pre.*?</pre>", "", html, flags=re.DOTALL)
