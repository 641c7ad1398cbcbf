"""A classroom: Chie teaches it, Dan assists, Aiko learns in it; Ben learns elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from classes import classrooms
from classes.models import Membership
from content import library
from tests.classes.rows import make_member
from tests.content.course_builder import write_course
from tests.content.lab_builder import lab_toml
from tests.factories import make_user
from tests.quizzes.conftest import FILES

CREATED = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)


def client_of(user) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def class_course(courses_dir: Path):
    """The course demo with its quizzes (first, extra, mock) and two labs."""
    labs = {f"labs/{one}.toml": lab_toml(f"{one}-done", name=one) for one in ("build", "ship")}
    write_course(courses_dir / "demo", files=FILES | labs)
    library.load()
    return library.course("demo")


@pytest.fixture
def owner(db):
    return make_user("owner", is_owner=True, is_staff=True)


@pytest.fixture
def chie(db):
    """Chie teaches."""
    return make_user("chie", is_staff=True, display_name="Chie")


@pytest.fixture
def dan(db):
    """Dan assists: he reads everything and changes nothing."""
    return make_user("dan")


@pytest.fixture
def room(class_course, chie, dan, aiko):
    found = classrooms.create(chie, "Friday group", "demo", "Asia/Tokyo", CREATED)
    make_member(found, dan, Membership.Role.ASSISTANT)
    make_member(found, aiko)
    return found


@pytest.fixture
def other_room(class_course, ben):
    """A class elsewhere, that Emi teaches and Ben learns in."""
    found = classrooms.create(
        make_user("emi", is_staff=True), "Elsewhere", "demo", "Europe/Berlin", CREATED
    )
    make_member(found, ben)
    return found


@pytest.fixture
def chie_client(chie) -> Client:
    return client_of(chie)


@pytest.fixture
def dan_client(dan) -> Client:
    return client_of(dan)


@pytest.fixture
def owner_client(owner) -> Client:
    return client_of(owner)


@pytest.fixture
def now() -> datetime:
    return CREATED + timedelta(days=30)
