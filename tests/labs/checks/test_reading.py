from __future__ import annotations

import pytest

from labs.checks.reading import family_of, image_parts


@pytest.mark.parametrize(
    ("image", "parts"),
    [
        ("nginx", ("nginx", "latest")),
        ("nginx:1.27", ("nginx", "1.27")),
        ("localhost:5000/nginx", ("localhost:5000/nginx", "latest")),
        ("localhost:5000/a/nginx:v1", ("localhost:5000/a/nginx", "v1")),
        ("r.example/app@sha256:01", ("r.example/app", "sha256:01")),
        ("r.example/app:v1@sha256:01", ("r.example/app", "sha256:01")),
    ],
)
def test_an_image_is_a_place_and_a_version(image, parts):
    assert image_parts(image) == parts


@pytest.mark.parametrize(
    "definition",
    ["arn:aws:ecs:r:1:task-definition/handson-task:3", "handson-task:3", "handson-task"],
)
def test_a_family_is_read_from_every_form(definition):
    assert family_of(definition) == "handson-task"
