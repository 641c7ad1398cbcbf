"""What the archive of a person's data is made of: one function a table."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from classes.models import Invitation, Mark, Membership
from content.models import Place, SectionRead
from labs.models import Connection, Run
from portal import own_answers
from portal.own_table import Part, Table, plain, taken
from quizzes.models import Answer, Attempt, Card, Override, Recall

PROFILE = (
    "username", "email", "display_name", "first_name", "last_name", "language", "time_zone",
    "review_retention", "review_limit", "is_owner", "is_staff", "is_superuser", "is_active",
    "is_simulated", "date_joined", "last_login",
)  # fmt: skip


def profile(user: User) -> Table:
    return Table(PROFILE, [[plain(getattr(user, name)) for name in PROFILE]])


def addresses(user: User) -> Table:
    rows = EmailAddress.objects.filter(user=user)
    return taken(rows, "email", is_confirmed="verified", is_main="primary")


def factors(user: User) -> Table:
    """Say which there are and since when; their keys and codes stay here."""
    return taken(Authenticator.objects.filter(user=user), "created_at", "last_used_at", kind="type")


def links(user: User) -> Table:
    rows = SocialAccount.objects.filter(user=user)
    return taken(rows, "provider", "uid", linked_at="date_joined", last_used_at="last_login")


def sections(user: User) -> Table:
    rows = SectionRead.objects.filter(user=user)
    return taken(rows, "course", "chapter", "section", "text_hash", "read_at", "again_since")


def places(user: User) -> Table:
    return taken(Place.objects.filter(user=user), "course", "chapter", "section", "seen_at")


def attempts(user: User) -> Table:
    return taken(
        Attempt.objects.filter(user=user), "id", "course", "quiz", "mode", "number", "feedback",
        "language", "started_at", "deadline", "closed_at", "closed_by", "out_of", "points",
    )  # fmt: skip


def corrections(user: User) -> Table:
    """Return the marks people gave for single answers; not who gave them."""
    rows = Override.objects.filter(answer__attempt__user=user)
    return taken(
        rows, "credit", "reason", "at", attempt="answer__attempt_id", position="answer__position"
    )


def marks(user: User) -> Table:
    """Return the marks people gave for work in classes; not who gave them."""
    rows = Mark.objects.filter(membership__user=user)
    where = {"class": "membership__classroom__name", "course": "membership__classroom__course"}
    return taken(rows, "kind", "slug", "percent", "reason", "at", **where)


def marks_given(user: User) -> Table:
    """Return where and when a person marked work; whose it was and the mark are other people's."""
    where = {"class": "membership__classroom__name", "course": "membership__classroom__course"}
    return taken(Mark.objects.filter(by=user), "kind", "slug", "at", **where)


def corrections_given(user: User) -> Table:
    rows = Override.objects.filter(by=user)
    return taken(rows, "at", course="answer__version__course", question="answer__version__question")


def cards(user: User) -> Table:
    rows = Card.objects.filter(user=user)
    return taken(rows, "id", "course", "question", "state", "due", "is_suspended")


def recalls(user: User) -> Table:
    return taken(Recall.objects.filter(card__user=user), "rating", "seconds", "at", card="card_id")


def connection(user: User) -> Table:
    """Say how the person's AWS account is reached, without what the site proves itself with."""
    rows = Connection.objects.filter(user=user)
    return taken(rows, "way", "role_arn", "region", "account_tail", "proved_at")


def runs(user: User) -> Table:
    return taken(
        Run.objects.filter(user=user), "course", "lab", "way", "region", "account_tail", "status",
        "verdicts", "started_at", "finished_at",
    )  # fmt: skip


def memberships(user: User) -> Table:
    rows = Membership.objects.filter(user=user)
    where = {"class": "classroom__name", "course": "classroom__course"}
    return taken(rows, "role", "time_factor", "joined_at", "left_at", **where)


def invitations(user: User) -> Table:
    """Return the invitations that wait for the person's address; without one there are none."""
    rows = Invitation.objects.filter(email=user.email.lower()).exclude(email="")
    where = {"class": "classroom__name", "course": "classroom__course"}
    return taken(rows, "email", "created_at", **where)


PARTS = (
    Part("profile", _("Your profile and settings"), profile, (User,)),
    Part("emails", _("Your e-mail addresses"), addresses, (EmailAddress,)),
    Part("second_factors", _("Your second factors: kind and dates"), factors, (Authenticator,)),
    Part("sign_ins", _("Your organisation's sign-in"), links, (SocialAccount,)),
    Part("sections_read", _("Sections you marked read"), sections, (SectionRead,)),
    Part("places", _("Where you are in each course"), places, (Place,)),
    Part("attempts", _("Your attempts at quizzes"), attempts, (Attempt,)),
    Part(
        "answers",
        _("Your answers, with the questions as you were asked them"),
        own_answers.answers,
        (Answer,),
    ),
    Part("answer_marks", _("Marks people gave for your answers"), corrections, (Override,)),
    Part("work_marks", _("Marks people gave for your work in classes"), marks, (Mark,)),
    Part("answer_marks_given", _("Answers you marked"), corrections_given, (Override,)),
    Part("work_marks_given", _("Work in classes you marked"), marks_given, (Mark,)),
    Part("cards", _("Your cards to review"), cards, (Card,)),
    Part("recalls", _("How well you remembered each card"), recalls, (Recall,)),
    Part("lab_connection", _("How labs reach your AWS account"), connection, (Connection,)),
    Part("lab_runs", _("What labs found"), runs, (Run,)),
    Part("classes", _("Your classes"), memberships, (Membership,)),
    Part("invitations", _("Invitations waiting for your address"), invitations, (Invitation,)),
)
