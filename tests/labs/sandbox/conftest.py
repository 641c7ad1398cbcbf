"""The practice account inside this process, and two learners in it."""

from __future__ import annotations

from collections.abc import Iterator
from threading import RLock

import pytest

from labs.sandbox import practice, settings
from labs.sandbox.accounts import Accounts
from labs.sandbox.guard import Guard
from labs.sandbox.management import Management
from tests.labs.sandbox.process import TOKEN
from tests.labs.sandbox.world import World


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Management]:
    """The practice account, installed while the tests of one module run, and no longer."""
    with pytest.MonkeyPatch.context() as patch, practice.installed():
        for name, value in settings.MOTO.items():
            patch.setenv(name, value)
        lock = RLock()
        accounts = Accounts(TOKEN, 50)
        yield Management(accounts, TOKEN, lock, Guard(accounts, lock))


@pytest.fixture
def mei(sandbox) -> Iterator[World]:
    """Mei's account, empty."""
    yield World(sandbox, sandbox.accounts.open("mei"))
    sandbox.accounts.reset("mei")


@pytest.fixture
def ken(sandbox) -> Iterator[World]:
    """Ken's account, empty."""
    yield World(sandbox, sandbox.accounts.open("ken"))
    sandbox.accounts.reset("ken")


@pytest.fixture
def ready(mei: World) -> World:
    """Mei's account with everything a task needs."""
    mei.prepare()
    return mei
