"""How a class stands: its learners, when each was last there, and their cells in all work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from classes import activity
from classes.activity import Activities
from classes.models import Assignment, Classroom, Membership
from classes.work import Cells, Column, cells, columns
from content.catalog.model import Course


@dataclass(frozen=True, slots=True)
class Standing:
    """What the overview and the list of those who need help are both made from."""

    members: Sequence[Membership]
    activities: Activities
    columns: Sequence[Column]
    cells: Cells


def standing(room: Classroom, course: Course, now: datetime) -> Standing:
    """Return how a class stands. Ten queries, however many learners."""
    wanted = columns(course, Assignment.objects.filter(classroom=room))
    members = list(activity.learners(room))
    people = {one.user_id: one.pk for one in members}
    found: Cells = cells(course, wanted, people, now) if people else {}
    return Standing(members, activity.of_learners(room, course), wanted, found)
