"""Members of a classroom: who joins, who leaves, and what they are in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Case, QuerySet, Value, When
from django.db.models.functions import Coalesce, Lower, NullIf
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.users import named
from classes.classrooms import by_code, require_open
from classes.models import Classroom, Invitation, Membership

Role = Membership.Role
BATCH = 500


class LastInstructorError(Exception):
    """A classroom keeps one instructor at least: somebody else has to be made one first."""


def join(user: User, code: str, at: datetime) -> Membership:
    """Join by a code. Twice is the same as once. Raises UnknownCodeError, ClosedClassroomError."""
    room = by_code(code)
    require_open(room)
    return _let_in(room, user, at)


def accept(user: User, room: Classroom, at: datetime) -> Membership:
    """Join a classroom whose invitation waits for the person's address."""
    with transaction.atomic():
        Invitation.objects.filter(classroom=room, email=user.email.lower()).delete()
        return _let_in(room, user, at)


def _let_in(room: Classroom, user: User, at: datetime) -> Membership:
    """Make somebody a learner, unless they are a member already; who left comes back as learner."""
    member, is_new = Membership.objects.get_or_create(
        classroom=room, user=user, defaults={"role": Role.LEARNER, "joined_at": at}
    )
    if not is_new and member.left_at is not None:
        member.role, member.left_at = Role.LEARNER, None
        member.save(update_fields=["role", "left_at"])
    return member


def remove(member: Membership, at: datetime) -> None:
    """Take a member out, or let them leave. Work is kept. Raises LastInstructorError."""
    with transaction.atomic():
        _require_another_instructor(member)
        member.left_at = max(at, member.joined_at)
        member.save(update_fields=["left_at"])


def change(member: Membership, role: Membership.Role, time_factor: Decimal) -> None:
    """Make a member something else, or give them more time. Raises LastInstructorError."""
    with transaction.atomic():
        if role != Role.INSTRUCTOR:
            _require_another_instructor(member)
        member.role, member.time_factor = role, time_factor
        member.save(update_fields=["role", "time_factor"])


def _require_another_instructor(member: Membership) -> None:
    """Two instructors who go at once are told apart by the lock on their classroom."""
    Classroom.objects.select_for_update().get(pk=member.classroom_id)
    others = Membership.objects.instructors().filter(classroom=member.classroom_id)
    is_one = others.filter(pk=member.pk).exists()
    if is_one and not others.exclude(pk=member.pk).exists():
        raise LastInstructorError


def taught_alone(user: User) -> Sequence[Classroom]:
    """Return the classes that a person is the last instructor of; archived ones need none.

    Inside a transaction: two instructors who go at once are told apart by the lock.
    """
    taught = Membership.objects.instructors().filter(user=user).values("classroom")
    rooms = Classroom.objects.filter(pk__in=taught, archived_at=None)
    locked = list(rooms.select_for_update().order_by("pk"))
    others = Membership.objects.instructors().filter(classroom__in=locked).exclude(user=user)
    kept = set(others.values_list("classroom", flat=True))
    return [one for one in locked if one.pk not in kept]


def last_instructor(room: Classroom) -> str:
    """Return what to say of LastInstructorError."""
    return _(
        "“%(name)s” would have no instructor left. Make somebody else an instructor first."
    ) % {"name": room.name}


@dataclass(frozen=True, slots=True)
class Plan:
    """What inviting addresses would do: who joins at once, whose invitation waits, who is here."""

    joining: Sequence[User]
    waiting: Sequence[str]
    present: Sequence[User]


def plan(room: Classroom, emails: Sequence[str]) -> Plan:
    """Return what `invite` would do with these addresses, in lower case, each once."""
    people = {one.email.lower(): one for one in _people(emails)}
    here = set(
        Membership.objects.present().filter(classroom=room).values_list("user_id", flat=True)
    )
    known = [people[one] for one in emails if one in people]
    return Plan(
        [one for one in known if one.pk not in here],
        [one for one in emails if one not in people],
        [one for one in known if one.pk in here],
    )


def _people(emails: Sequence[str]) -> Iterable[User]:
    for start in range(0, len(emails), BATCH):
        some = emails[start : start + BATCH]
        yield from User.objects.annotate(address=Lower("email")).filter(address__in=some)


def invite(room: Classroom, wanted: Plan, at: datetime) -> None:
    """Let in who has an account, keep an invitation for everybody else. Twice is once."""
    with transaction.atomic():
        Membership.objects.bulk_create(
            [
                Membership(classroom=room, user=one, role=Role.LEARNER, joined_at=at, left_at=None)
                for one in wanted.joining
            ],
            update_conflicts=True,
            unique_fields=["classroom", "user"],
            update_fields=["role", "left_at"],
            batch_size=BATCH,
        )
        Invitation.objects.bulk_create(
            [Invitation(classroom=room, email=one, created_at=at) for one in wanted.waiting],
            ignore_conflicts=True,
            batch_size=BATCH,
        )


def invitations_of(user: User) -> Sequence[Invitation]:
    """Return the invitations that wait for a person's address."""
    if not user.email:
        return []
    found = Invitation.objects.filter(email=user.email.lower(), classroom__archived_at=None)
    return list(found.select_related("classroom").order_by("pk"))


def withdraw(room: Classroom, invitation_id: int) -> None:
    Invitation.objects.filter(classroom=room, pk=invitation_id).delete()


def waiting(room: Classroom) -> QuerySet[Invitation]:
    """Return the invitations nobody has taken up yet."""
    return Invitation.objects.filter(classroom=room).order_by("email")


def members(room: Classroom, text: str = "", *, has_left: bool = False) -> QuerySet[Membership]:
    """Return the members whose name or address has the text in it: who teaches first, by name."""
    found = Membership.objects.filter(classroom=room, left_at__isnull=not has_left)
    if text:
        found = found.filter(named(text, "user__"))
    rank = Case(When(role=Role.INSTRUCTOR, then=0), When(role=Role.ASSISTANT, then=1), default=2)
    name = Coalesce(NullIf("user__display_name", Value("")), "user__username")
    return found.select_related("user").order_by(rank, Lower(name), "pk")
