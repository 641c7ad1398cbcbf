"""The built images, and a browser for what they serve."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from labs.sandbox_client import Sandbox
from tests.e2e.conftest import chrome, context, page, practice_bind  # noqa: F401
from tests.image.container import Container, PracticeContainer
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


@pytest.fixture(scope="session")
def practice_container(
    tmp_path_factory,
    practice_bind: str,  # noqa: F811
) -> Iterator[PracticeContainer]:
    """The practice account in a container of its own, where the site looks for it."""
    folder: Path = tmp_path_factory.mktemp("practice")
    settings = {"PORTAL_SANDBOX_BIND": practice_bind, "PORTAL_SANDBOX_TOKEN": TOKEN}
    container = PracticeContainer(folder, **settings)
    with container.serving():
        yield container


@pytest.fixture
def practice(practice_container: PracticeContainer) -> Sandbox:
    return Sandbox(practice_container.address, TOKEN, timeout=30)


@pytest.fixture
def site(container: Container) -> str:
    return container.address
