"""A site to be killed, on a database of its own."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest

from tests.faults import course
from tests.site import Site, empty_database


@pytest.fixture(scope="session")
def prepared_site(tmp_path_factory) -> Iterator[Site]:
    data = tmp_path_factory.mktemp("site")
    courses = course.write(data / "courses")
    with empty_database() as settings:
        site = Site(data, PORTAL_COURSES_DIR=str(courses), **settings)
        site.prepare()
        yield site


@pytest.fixture
def site(prepared_site: Site) -> Iterator[Site]:
    """A site that serves; whatever the test did to it, nothing of it runs afterwards."""
    try:
        prepared_site.start()
        yield prepared_site
    finally:
        prepared_site.kill()


@pytest.fixture
def fresh(tmp_path) -> Iterator[Site]:
    """A site of its own, not yet prepared."""
    courses = course.write(tmp_path / "courses")
    with empty_database() as settings:
        site = Site(tmp_path, PORTAL_COURSES_DIR=str(courses), **settings)
        try:
            yield site
        finally:
            site.kill()


@pytest.fixture
def replicas(tmp_path) -> Iterator[tuple[Site, Site]]:
    """Two that serve one database; else they share nothing but the key."""
    courses = course.write(tmp_path / "courses")
    key = secrets.token_urlsafe(50)
    with empty_database() as settings:
        folders = [tmp_path / name for name in ("first", "second")]
        for folder in folders:
            folder.mkdir()
        settings |= {"PORTAL_COURSES_DIR": str(courses), "PORTAL_SECRET_KEY": key}
        first, second = (Site(folder, **settings) for folder in folders)
        first.prepare()
        try:
            yield first, second
        finally:
            first.kill()
            second.kill()
