"""Deleting an account: what goes with it, what stands in the way, and the act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from classes import roster
from classes.models import Mark, Membership
from content.models import Place, SectionRead
from labs.models import Connection, Run
from quizzes.models import Answer, Attempt, Card, Override, Recall


class AccountNeededError(Exception):
    """Others depend on the account; `reasons` say on what, and what to do first."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Loss:
    title: str
    count: int


def losses(user: User) -> Sequence[Loss]:
    """Return what is gone once the account is deleted."""
    found = (
        (_("E-mail addresses"), EmailAddress.objects.filter(user=user)),
        (_("Second factors"), Authenticator.objects.filter(user=user)),
        (_("Connections to your organisation's sign-in"), SocialAccount.objects.filter(user=user)),
        (_("Sections you marked read"), SectionRead.objects.filter(user=user)),
        (_("Places in courses"), Place.objects.filter(user=user)),
        (_("Attempts at quizzes"), Attempt.objects.filter(user=user)),
        (_("Answers in them"), Answer.objects.filter(attempt__user=user)),
        (_("Marks for your answers"), Override.objects.filter(answer__attempt__user=user)),
        (_("Marks for your work in classes"), Mark.objects.filter(membership__user=user)),
        (_("Cards to review"), Card.objects.filter(user=user)),
        (_("Answers your cards learned from"), Recall.objects.filter(card__user=user)),
        (_("Connections to an AWS account"), Connection.objects.filter(user=user)),
        (_("Runs of labs"), Run.objects.filter(user=user)),
        (_("Memberships of classes"), Membership.objects.filter(user=user)),
    )
    return [Loss(title, rows.count()) for title, rows in found]


def obstacles(user: User) -> Sequence[str]:
    """Return why the account cannot be deleted now, in words. Needs a transaction."""
    or_archive = _("Or archive the class.")
    alone = roster.taught_alone(user)
    found = [f"{roster.last_instructor(one)} {or_archive}" for one in alone]
    if user.is_owner:
        owns = _(
            "You own this site, and it needs an owner. Hand it over first, on the page “Users”."
        )
        return [owns, *found]
    return found


def delete(user_id: int) -> None:
    """Delete an account and everything of it, or nothing. Raises AccountNeededError.

    Marks that the person gave, and what the site recorded of acts of its staff, lose the name.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user_id)
        reasons = obstacles(user)
        if reasons:
            raise AccountNeededError(reasons)
        user.delete()
