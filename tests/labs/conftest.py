"""The course demo with the lab push-image, and no AWS but the one a test gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from content import library
from content.catalog.model import Course
from labs import runs
from labs.aws import session
from tests.content.course_builder import write_course
from tests.content.lab_builder import lab_toml
from tests.labs.practice import CHECKS, Aws, verdict


@pytest.fixture
def lab_course(courses_dir: Path, settings) -> Course:
    """The course demo: push-image (one check required, one recommended), on a learner's machine."""
    first, second = lab_toml(*CHECKS, name="push-image").rsplit('level = "required"', 1)
    text = f'{first}level = "recommended"{second}'
    write_course(courses_dir / "demo", files={"labs/01-push-image.toml": text})
    library.load()
    settings.PORTAL_LABS_MACHINE = True
    return library.course("demo")


@pytest.fixture
def aws(monkeypatch) -> Aws:
    """An account in which everything holds, until the test says otherwise."""
    stand_in = Aws(*(verdict(one) for one in CHECKS))
    monkeypatch.setattr(runs, "look", stand_in)
    return stand_in


@pytest.fixture
def no_machine(monkeypatch, tmp_path) -> Iterator[None]:
    """Keep the credentials and settings of the machine out."""
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
    session._session.cache_clear()  # it remembers the credentials of another test
    yield
    session._session.cache_clear()
