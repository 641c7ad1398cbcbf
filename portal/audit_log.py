"""The audit log in words: numbers become the names they have now, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import users
from accounts.audit import Act
from accounts.models import AuditEntry, User
from classes.models import Classroom, Membership

NUMBERED = re.compile(r"\b(user|class) (\d+)")
KINDS: Mapping[str, str | Promise] = {
    "user": gettext_lazy("account %(name)s"),
    "class": gettext_lazy("class %(name)s"),
    "attempt": gettext_lazy("attempt %(name)s"),
    "question": gettext_lazy("question %(name)s"),
    "course": gettext_lazy("course %(name)s"),
    "chapter": gettext_lazy("chapter %(name)s"),
    "domain": gettext_lazy("domain %(name)s"),
    "quiz": gettext_lazy("quiz %(name)s"),
    "lab": gettext_lazy("lab %(name)s"),
}
DETAILS: Mapping[str, str | Promise] = {
    "member": gettext_lazy("member: %(value)s"),
    "role": gettext_lazy("role: %(value)s"),
    "time": gettext_lazy("time × %(value)s"),
    "percent": gettext_lazy("mark in percent: %(value)s"),
    "joining": gettext_lazy("added: %(value)s"),
    "waiting": gettext_lazy("invited: %(value)s"),
    "attempts": gettext_lazy("attempts: %(value)s"),
    "questions": gettext_lazy("questions: %(value)s"),
    "format": gettext_lazy("format: %(value)s"),
    "staff": gettext_lazy("instructor: %(value)s"),
    "rows": gettext_lazy("rows: %(value)s"),
    "replaced": gettext_lazy("over what was there: %(value)s"),
}
VALUES: Mapping[object, str | Promise] = {
    True: gettext_lazy("yes"),
    False: gettext_lazy("no"),
    None: gettext_lazy("none"),
    "learner": gettext_lazy("Learner"),
    "assistant": gettext_lazy("Assistant"),
    "instructor": gettext_lazy("Instructor"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """What an act was about; `url` is empty where there is no page of it."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    at: datetime
    by: str
    act: str
    about: list[Piece]
    details: list[str]


@dataclass(frozen=True, slots=True)
class Names:
    """What is called how now; what is gone is missing."""

    users: dict[int, str]
    classes: dict[int, str]
    members: dict[int, str]


def entries(act: str, by: str) -> QuerySet[AuditEntry]:
    """Return the entries, the newest first: of one act, of people with the text in their name."""
    found = AuditEntry.objects.select_related("by").order_by("-at", "-pk")
    if act in Act.values:
        found = found.filter(action=act)
    if by:
        found = found.filter(users.named(by, "by__"))
    return found


def rows(found: Iterable[AuditEntry]) -> list[Row]:
    """Return the entries in words: three queries, however many there are."""
    listed = list(found)
    names = _names(listed)
    return [_row(entry, names) for entry in listed]


def _names(found: list[AuditEntry]) -> Names:
    numbers: dict[str, set[int]] = {"user": set(), "class": set()}
    for entry in found:
        for kind, number in NUMBERED.findall(entry.about):
            numbers[kind].add(int(number))
    kept = (entry.details.get("member") for entry in found)
    seats = {one for one in kept if isinstance(one, int)}
    people = User.objects.filter(pk__in=numbers["user"])
    rooms = Classroom.objects.filter(pk__in=numbers["class"])
    members = Membership.objects.filter(pk__in=seats).select_related("user")
    return Names(
        users={one.pk: one.get_short_name() for one in people},
        classes={one.pk: one.name for one in rooms},
        members={one.pk: one.user.get_short_name() for one in members},
    )


def _row(entry: AuditEntry, names: Names) -> Row:
    return Row(
        at=entry.at,
        by=entry.by.get_short_name() if entry.by else _("Command line, or an account that is gone"),
        act=str(Act(entry.action).label) if entry.action in Act.values else entry.action,
        about=[_piece(part, names) for part in entry.about.split(", ") if part],
        details=[_detail(name, entry.details[name], names) for name in _ordered(entry.details)],
    )


def _piece(part: str, names: Names) -> Piece:
    kind, _space, name = part.partition(" ")
    if kind not in KINDS or not name:
        return Piece(part)
    url = ""
    if kind == "user" and name.isdecimal() and int(name) in names.users:
        url = reverse("accounts:user", args=[name])
        name = names.users[int(name)]
    elif kind == "class" and name.isdecimal() and int(name) in names.classes:
        url = reverse("classes:people", args=[name])
        name = _("“%(name)s”") % {"name": names.classes[int(name)]}
    return Piece(KINDS[kind] % {"name": name}, url)


def _ordered(details: Mapping[str, object]) -> list[str]:
    """Return the names in the order of DETAILS: PostgreSQL keeps none of its own."""
    known = [name for name in DETAILS if name in details]
    return known + sorted(set(details) - set(known))


def _detail(name: str, value: object, names: Names) -> str:
    if name == "member" and isinstance(value, int):
        value = names.members.get(value, value)
    if isinstance(value, str | bool | None):
        value = VALUES.get(value, value)
    if name not in DETAILS:
        return f"{name}: {value}"
    return DETAILS[name] % {"value": value}
