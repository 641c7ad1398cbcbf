"""A folder of courses of a test's own."""

from __future__ import annotations

import pytest


@pytest.fixture
def home(tmp_path, settings):
    """The folder of courses; empty."""
    settings.PORTAL_COURSES_DIR = tmp_path / "courses"
    settings.PORTAL_DATA_DIR = tmp_path / "data"
    settings.PORTAL_COURSES_DIR.mkdir()
    return settings.PORTAL_COURSES_DIR
