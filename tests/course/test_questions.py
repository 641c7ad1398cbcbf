"""Every question keeps to our own words, to made-up accounts, to code that runs and to models."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from content import library
from content.catalog.questions import Question
from tests.course.blocks import COURSE
from tests.course.models import service
from tests.course.prose import GUIDE, foreign_numbers, prices, repeated

FILES = sorted(path.name for path in (COURSE / "quizzes").glob("*.toml"))
GUIDE_HASHES = frozenset(GUIDE.read_text().split())
FENCE = re.compile(r"```(\w+)[^\n]*\n(.*?)```", re.DOTALL)
MODEL = re.compile(r"botocore [\d.]+: (.+)")
MOST_LONGEST = 0.4  # by chance a quarter of the right choices are the longest of four


@cache
def questions(name: str) -> list[dict[str, Any]]:  # Any: what TOML holds
    table = tomllib.loads((COURSE / "quizzes" / name).read_text(encoding="utf-8"))
    return list(table.get("question", []))


def texts(value: object) -> Iterator[str]:
    """Yield every text of a question, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def blocks(name: str, *languages: str) -> Iterator[tuple[str, str]]:
    for question in questions(name):
        for text in texts(question):
            for language, body in FENCE.findall(text):
                if language in languages:
                    yield question["id"], body


def shape_faults(named: str) -> Iterator[str]:
    """Yield what "ecs CreateService, Secret.valueFrom; ecr PutImage" names and botocore has not."""
    for group in named.split(";"):
        name, _, names = group.strip().partition(" ")
        model = service(name)
        for path in filter(None, (one.strip() for one in names.split(","))):
            shape, *members = path.split(".")
            if shape in model.operation_names:
                found = model.operation_model(shape).input_shape
            elif shape in model.shape_names:
                found = model.shape_for(shape)
            else:
                yield f"{name} has no {shape}"
                continue
            for member in members:
                if member not in getattr(found, "members", {}):
                    yield f"{name} {shape} has no {member}"
                    break
                found = found.members[member]


@pytest.mark.parametrize("name", FILES)
def test_code_in_a_question_is_sound(name):
    for question, body in blocks(name, "json"):
        try:
            json.loads(body)
        except json.JSONDecodeError as error:
            pytest.fail(f"{name} {question}: {error}")
    for question, body in blocks(name, "bash", "console"):
        commands = re.sub(r"^\$ ", "", body, flags=re.MULTILINE)
        run = subprocess.run(
            ["bash", "-n"], input=commands, capture_output=True, text=True, check=False
        )
        assert run.stderr == "", f"{name} {question}"


@pytest.mark.parametrize("name", FILES)
def test_accounts_are_made_up_and_no_price_is_named(name):
    for question in questions(name):
        for text in texts(question):
            assert [*foreign_numbers(text), *prices(text)] == [], question["id"]


@pytest.mark.parametrize("name", FILES)
def test_no_sentence_of_the_guide_is_asked(name):
    for question in questions(name):
        assert repeated("\n".join(texts(question)), GUIDE_HASHES) == [], question["id"]


@pytest.mark.parametrize("name", FILES)
def test_a_source_is_an_address_or_something_botocore_has(name):
    for question in questions(name):
        for source in question["sources"]:
            model = MODEL.fullmatch(source)
            assert model or source.startswith("https://"), f"{question['id']}: {source}"
            if model:
                assert list(shape_faults(model[1])) == [], question["id"]


def test_a_source_that_botocore_does_not_have_is_found():
    assert list(shape_faults("ecs CreateService, Secret.valueFrom")) == []
    assert list(shape_faults("ecs MakeService")) == ["ecs has no MakeService"]
    assert list(shape_faults("ecs Secret.arn")) == ["ecs Secret has no arn"]


def bank() -> list[Question]:
    return list(library.course("aws-ecs-ecr").questions.values())


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_right_choice_is_not_given_away_by_its_length(language):
    single = [one for one in bank() if one.kind == "single"]
    longest = 0
    for question in single:
        sizes = [len(choice.labels[language]) for choice in question.choices]
        right = next(len(one.labels[language]) for one in question.choices if one.is_right)
        longest += right == max(sizes)

    assert longest <= MOST_LONGEST * len(single)


def test_every_chapter_but_the_appendices_has_questions():
    course = library.course("aws-ecs-ecr")
    asked = {quiz.chapter for quiz in course.quizzes}

    chapters = {chapter.slug for chapter in course.chapters if chapter.label.isdigit()}
    assert chapters <= asked


def test_the_bank_varies_two_mock_exams_in_every_domain():
    course = library.course("aws-ecs-ecr")
    assert course.exam is not None
    there = Counter(one.domain for one in bank() if one.kind in ("single", "multiple"))

    for domain, count in course.exam.question_counts().items():
        assert there[domain] > count
