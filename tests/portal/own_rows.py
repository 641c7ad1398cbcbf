"""Makes something of everything the site can hold about one person."""

from __future__ import annotations

from datetime import UTC, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from accounts.models import User
from classes import marks
from classes.models import Classroom, Invitation, Kind, Membership
from content import library
from content.models import Place
from labs.models import Connection
from quizzes.models import Answer, Override
from tests.classes.conftest import client_of
from tests.classes.rows import make_run, read_chapter
from tests.quizzes.sitting import answer, kind_of, rows, start, submit

AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
TOTP_KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
EXTERNAL_ID = "external-id-nobody-may-see"


def make_everything(user: User, marker: User, room: Classroom) -> None:
    """Give a member of a class work of every kind; `marker` marks some of it."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Authenticator.objects.create(user=user, type="totp", data={"secret": TOTP_KEY})
    SocialAccount.objects.create(
        user=user, provider="team", uid=f"{user}-at-team", extra_data={"nonce": "said by team"}
    )
    course = library.course("demo")
    read_chapter(user, course, "first", AT)
    Place.objects.create(user=user, course="demo", chapter="first", section="what", seen_at=AT)
    make_attempts(user)
    Override.objects.create(
        answer=Answer.objects.filter(attempt__user=user).earliest("pk"),
        credit=0.5,
        by=marker,
        reason="=HALF(right)",
        at=AT,
    )
    Connection.objects.create(
        user=user,
        way="role",
        role_arn=f"arn:aws:iam::123456789012:role/{user}",
        external_id=f"{EXTERNAL_ID}-{user}",
        region="ap-northeast-1",
        account_tail="9012",
        proved_at=AT,
    )
    make_run(user, "build", AT, verdicts=[{"check": "build-done", "status": "pass"}])
    member = Membership.objects.get(classroom=room, user=user)
    marks.give(member, (Kind.LAB, "build"), percent=80, reason="+well built", by=marker, at=AT)
    Invitation.objects.create(classroom=room, email=user.email, created_at=AT)


def make_attempts(user: User, count: int = 1) -> None:
    """Sit the quiz with every kind of question: one is right, one wrong, the rest are blank."""
    client = client_of(user)
    for _ in range(count):
        attempt = start(client)
        asked = {kind_of(one): one for one in rows(attempt)}
        answer(client, asked["single"])
        answer(client, asked["multiple"], right=False)
        submit(client, attempt)
