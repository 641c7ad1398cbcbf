"""What a person may do in a classroom. Of other people's classrooms nothing is known: 404."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from classes.models import Classroom, Membership
from content import library
from content.catalog.model import Course

Role = Membership.Role


@dataclass(frozen=True, slots=True)
class Seat:
    """A person's place in a classroom. The site's owner teaches everywhere, without a row."""

    classroom: Classroom
    membership: Membership | None
    role: Role

    @property
    def can_read(self) -> bool:
        return self.role in (Role.ASSISTANT, Role.INSTRUCTOR)

    @property
    def can_teach(self) -> bool:
        return self.role == Role.INSTRUCTOR


def may_create(user: User) -> bool:
    """Return whether a person may make classrooms: those whom the owner made instructors."""
    return user.is_staff


def get_seat(user: User, classroom_id: int) -> Seat:
    """Return the person's seat, or raise Http404: the classroom is not theirs to know of."""
    found = Membership.objects.present().filter(classroom=classroom_id, user=user)
    membership = found.select_related("classroom").first()
    if user.is_owner:
        classroom = membership.classroom if membership else _any_classroom(classroom_id)
        return Seat(classroom, membership, Role.INSTRUCTOR)
    if membership is None:
        raise Http404(_("You are in no class of that number."))
    return Seat(membership.classroom, membership, Role(membership.role))


def _any_classroom(classroom_id: int) -> Classroom:
    try:
        return Classroom.objects.get(pk=classroom_id)
    except Classroom.DoesNotExist as error:
        raise Http404(_("You are in no class of that number.")) from error


def get_reading_seat(user: User, classroom_id: int) -> Seat:
    """Return the seat of somebody who sees everybody's work; PermissionDenied for learners."""
    seat = get_seat(user, classroom_id)
    if not seat.can_read:
        raise PermissionDenied(_("Only those who teach this class see everybody's work."))
    return seat


def get_teaching_seat(user: User, classroom_id: int) -> Seat:
    """Return the seat of somebody who runs the classroom; PermissionDenied for all others."""
    seat = get_seat(user, classroom_id)
    if not seat.can_teach:
        raise PermissionDenied(_("Only an instructor of this class can change that."))
    return seat


def get_member(seat: Seat, membership_id: int) -> Membership:
    """Return a member of the seat's classroom, also one who left."""
    try:
        return Membership.objects.select_related("user").get(
            pk=membership_id, classroom=seat.classroom
        )
    except Membership.DoesNotExist as error:
        raise Http404(_("This class has no such member.")) from error


def get_course(seat: Seat) -> Course:
    """Return the classroom's course, or raise Http404 with what to do when it is gone."""
    try:
        return library.course(seat.classroom.course)
    except library.UnknownCourse as error:
        words = _(
            "The course “%(course)s” of this class is not installed here any more. "
            "Whoever runs the site can put its folder back; everybody's work is kept."
        )
        raise Http404(words % {"course": seat.classroom.course}) from error
