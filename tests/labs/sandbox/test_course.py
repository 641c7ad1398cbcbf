"""What the course prints is what the practice account takes."""

from __future__ import annotations

import json

import pytest

from tests.course.blocks import chapters


def task_definitions():
    for file in chapters():
        for block in file.blocks:
            if block.language != "json" or block.is_wrong or file.path.startswith("ja/"):
                continue
            if '"requiresCompatibilities"' in block.text and '"family"' in block.text:
                yield pytest.param(block.text, id=block.id)


@pytest.mark.parametrize("text", list(task_definitions()))
def test_every_task_definition_of_the_course_is_taken(mei, text):
    made = mei.ecs.register_task_definition(**json.loads(text))["taskDefinition"]

    assert made["status"] == "ACTIVE"
