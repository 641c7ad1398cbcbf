"""The built image, and a browser for what it serves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import chrome, context, page, practice, practice_bind  # noqa: F401
from tests.image.container import Container
from tests.labs.sandbox.process import TOKEN
from tests.site import empty_database


@pytest.fixture(scope="session")
def container(tmp_path_factory, practice_bind: str) -> Iterator[Container]:  # noqa: F811
    """One that serves, on the PostgreSQL of the environment or else with nothing but a volume."""
    folder: Path = tmp_path_factory.mktemp("container")
    practice_account = {
        "PORTAL_SANDBOX_URL": f"http://{practice_bind}",
        "PORTAL_SANDBOX_TOKEN": TOKEN,
    }
    with empty_database() as settings:
        container = Container(folder, **practice_account, **settings)
        with container.serving():
            yield container


@pytest.fixture
def site(container: Container) -> str:
    return container.address
