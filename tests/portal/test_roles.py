"""Who may open what: every URL of the site, for everybody there is.

A URL without a row in the table fails; so does a row of a URL that is gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from classes.models import Invitation, Kind, Membership
from quizzes.models import Attempt, Card
from tests.classes.conftest import (  # noqa: F401 - fixtures
    chie,
    class_course,
    client_of,
    dan,
    other_room,
    owner,
    room,
)
from tests.classes.rows import make_assignment, make_attempt
from tests.portal.roles_table import ARGUMENTS, ROLES, TABLE
from tests.quizzes.sitting import start, submit

pytestmark = pytest.mark.django_db


def part_of(row: str) -> str:
    """Return the part of the site that a URL belongs to."""
    return row.partition(":")[0] if ":" in row else "portal"


PARTS = sorted(set(map(part_of, TABLE)))


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield f"{prefix}{one.name}"
        else:
            yield from names(one, f"{prefix}{one.namespace}:" if one.namespace else prefix)


def test_every_url_has_a_row_and_every_row_a_url():
    assert {one.split()[0] for one in TABLE} == set(names(get_resolver()))


@pytest.fixture
def objects(room, other_room, aiko, ben, owner) -> dict[str, Any]:  # noqa: F811
    """What the arguments of URLs name: Aiko's work, and what the Friday group has."""
    attempt = start(client_of(aiko))
    submit(client_of(aiko), start(client_of(aiko), "extra"))
    now = timezone.now()
    Invitation.objects.create(classroom=room, email=ben.email, created_at=now)
    return {
        "attempt": attempt.pk,
        "closed": make_attempt(aiko, "extra", now).pk,
        "card": Card.objects.create(user=aiko, course="demo", question="b-1", state={}, due=now).pk,
        "room": room.pk,
        "code": room.join_code,
        "member": Membership.objects.get(user=aiko).pk,
        "assignment": make_assignment(room, Kind.LAB, "build").pk,
        "invitation": Invitation.objects.get().pk,
        "ben": ben.pk,
        "learner": aiko.pk,
    }


@pytest.fixture
def clients(objects, room, other_room, aiko, ben, owner) -> dict[str, Client]:  # noqa: F811
    people = {one.user.username: one.user for one in Membership.objects.select_related("user")}
    who = (None, aiko, ben, people["dan"], people["chie"], people["emi"], owner)
    return {role: client_of(one) if one else Client() for role, one in zip(ROLES, who, strict=True)}


def answers(row: str, clients: dict[str, Client], objects: dict[str, Any]) -> dict[str, int]:
    """Return the status everybody gets; whatever they did is undone."""
    name, method = row.split()
    wanted: tuple[Any, ...] = ARGUMENTS.get(name, ())  # Any: the name of an object, or a value
    url = reverse(name, args=[objects.get(one, one) for one in wanted])
    came = {}
    for role, client in clients.items():
        cookies = deepcopy(client.cookies)
        with transaction.atomic():
            came[role] = client.generic(method, url).status_code
            transaction.set_rollback(True)
        client.cookies = cookies
    return came


@pytest.mark.parametrize("part", PARTS)
def test_everybody_gets_what_the_table_says(part, clients, objects):
    rows = {row: came for row, came in TABLE.items() if part_of(row) == part}

    came = {row: answers(row, clients, objects) for row in rows}

    assert came == {
        row: dict(zip(ROLES, map(int, told.split()), strict=True)) for row, told in rows.items()
    }


def test_rows_of_attempts_are_about_an_attempt(objects):
    assert Attempt.objects.get(pk=objects["attempt"]).user_id == objects["learner"]
