"""An empty database beside the one under test, and a backup of a site with a row of everything."""

from __future__ import annotations

import shutil

import pytest
from django.core.management import call_command

from tests.portal import databases
from tests.portal.databases import OTHER, added


@pytest.fixture(scope="session")
def migrated(tmp_path_factory, django_db_setup, django_db_blocker):
    """An empty SQLite file, migrated."""
    path = tmp_path_factory.mktemp("other") / "empty.sqlite3"
    with django_db_blocker.unblock(), added(path):
        call_command("migrate", database=OTHER, verbosity=0)
    return path


@pytest.fixture
def other(migrated, tmp_path):
    """A database of its own beside the one under test: SQLite, whatever that is."""
    path = tmp_path / "other.sqlite3"
    shutil.copy(migrated, path)
    with added(path):
        yield path


@pytest.fixture
def backup(tmp_path):
    databases.fill()
    path = tmp_path / "gantry.backup"
    call_command("backup", str(path))
    return path
