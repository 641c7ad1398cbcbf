"""The cast and the course every test can use."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import hypothesis
import pytest
from django.test import Client

import portal.urls  # noqa: F401 - now: it asks settings that some tests change
from content import library, rendering
from quizzes import shared_clock
from tests.content.course_builder import write_course
from tests.factories import make_user

# At a desk every run tries other examples; what lands must not depend on luck.
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")


def pytest_collection_modifyitems(config, items) -> None:
    """Leave out what is about the other database: it runs where that one is."""
    other = "sqlite" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "postgresql"
    left_out = [one for one in items if one.get_closest_marker(f"only_{other}")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [one for one in items if one not in left_out]


@pytest.fixture(scope="session", autouse=True)
def one_clock() -> None:
    """Tests count queries: nobody looks at the database's clock unless it is what is tested."""
    shared_clock.known.stale_at = math.inf


@pytest.fixture(scope="session", autouse=True)
def rendered_once() -> Iterator[None]:
    """Rendering is pure: what many tests write again and again is rendered once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "render", lru_cache(maxsize=2000)(rendering.render))
        yield


@pytest.fixture
def courses_dir(tmp_path: Path, settings):
    """A folder with one small course in two languages, and the library reading it."""
    folder = tmp_path / "courses"
    folder.mkdir()
    write_course(folder / "demo")
    settings.PORTAL_COURSES_DIR = folder
    settings.PORTAL_DATA_DIR = tmp_path / "data"
    library.load()
    return folder


@pytest.fixture
def aiko(db):
    """Aiko learns."""
    return make_user("aiko")


@pytest.fixture
def ben(db):
    """Ben learns elsewhere."""
    return make_user("ben")


@pytest.fixture
def aiko_client(aiko) -> Client:
    client = Client()
    client.force_login(aiko)
    return client
