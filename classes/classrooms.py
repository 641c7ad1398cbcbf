"""Classrooms: made, renamed, opened, closed, archived. And which ones a person is in."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from accounts.models import User
from classes.models import Classroom, Membership
from content import library

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read for something else
CODE_LENGTH = 10
SAID = re.compile(r"[^0-9A-Za-z]")
TRIES = 5


class UnknownCodeError(LookupError):
    """No classroom has that code (any more)."""


class ClosedClassroomError(Exception):
    """Nobody can join: the classroom is closed or archived."""


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def create(by: User, name: str, course: str, time_zone: str, at: datetime) -> Classroom:
    """Make a classroom that whoever makes it teaches."""
    with transaction.atomic():
        room = _save_with_code(
            Classroom(name=name, course=course, time_zone=time_zone, created_at=at)
        )
        Membership.objects.create(
            classroom=room, user=by, role=Membership.Role.INSTRUCTOR, joined_at=at
        )
    return room


def change(room: Classroom, name: str, time_zone: str) -> None:
    """Rename a classroom and set its time zone. Due dates stay the moments they are."""
    room.name, room.time_zone = name, time_zone
    room.save(update_fields=["name", "time_zone"])


def rotate_code(room: Classroom) -> None:
    """Give a classroom another code: links and codes handed out before lead nowhere."""
    _save_with_code(room)


def set_open(room: Classroom, *, is_open: bool) -> None:
    room.is_open = is_open
    room.save(update_fields=["is_open"])


def archive(room: Classroom, at: datetime) -> None:
    """Put a classroom away: its work is kept, nothing in it is due, nobody joins."""
    room.archived_at = at
    room.save(update_fields=["archived_at"])


def restore(room: Classroom) -> None:
    room.archived_at = None
    room.save(update_fields=["archived_at"])


def _save_with_code(room: Classroom) -> Classroom:
    for _ in range(TRIES):
        room.join_code = new_code()
        try:
            with transaction.atomic():
                room.save()
        except IntegrityError:
            continue  # somebody has this code already
        return room
    raise AssertionError("codes of this length cannot collide so often")


def by_code(code: str) -> Classroom:
    """Return the classroom of a code as people type it. Raises UnknownCodeError."""
    try:
        return Classroom.objects.get(join_code=SAID.sub("", code).upper()[:CODE_LENGTH])
    except Classroom.DoesNotExist:
        raise UnknownCodeError(code) from None


def require_open(room: Classroom) -> None:
    """Raise ClosedClassroomError when nobody can join by the code."""
    if not room.is_open or room.archived_at is not None:
        raise ClosedClassroomError(room)


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A classroom in a list. `role` is what the person is in it."""

    room: Classroom
    course_title: str
    role: Membership.Role
    learner_count: int


def classrooms_of(user: User, language: str) -> Sequence[RoomRow]:
    """Return the classrooms a person is in, those in use first: two queries.

    The site's owner sees all.
    """
    present = Q(membership__left_at=None)
    rooms = Classroom.objects.annotate(
        learner_count=Count(
            "membership", filter=present & Q(membership__role=Membership.Role.LEARNER)
        )
    )
    mine = {
        one.classroom_id: Membership.Role(one.role)
        for one in Membership.objects.present().filter(user=user)
    }
    if not user.is_owner:
        rooms = rooms.filter(pk__in=list(mine))
    found = [
        RoomRow(
            one,
            course_title(one, language),
            mine.get(one.pk, Membership.Role.INSTRUCTOR),
            one.learner_count,
        )
        for one in rooms.order_by("name", "pk")
    ]
    return sorted(found, key=lambda one: one.room.archived_at is not None)


def course_title(room: Classroom, language: str) -> str:
    """Return the title of the classroom's course; its slug when the course is gone."""
    course = library.courses().get(room.course)
    return course.title(language) if course else room.course
