"""What staff do, kept: one call for each act on other people's things, or that takes them away."""

from __future__ import annotations

import logging

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry, User

log = logging.getLogger("gantry.audit")

Detail = str | int | float | bool | None


class Act(TextChoices):
    """Every act that is kept. Entries hold the value: once released it stays as it is."""

    CLASS_MADE = "class made", _("Made a class")
    CLASS_CHANGED = "class changed", _("Changed the name or time zone of a class")
    CLASS_CODE = "class code replaced", _("Replaced the link of a class")
    CLASS_OPENED = "class opened", _("Let people join by link")
    CLASS_CLOSED = "class closed", _("Let nobody join by link")
    CLASS_ARCHIVED = "class archived", _("Archived a class")
    CLASS_RESTORED = "class restored", _("Took a class back from the archive")
    INVITED = "invitation", _("Added or invited people")
    INVITATION_WITHDRAWN = "invitation withdrawn", _("Took an invitation back")
    ROLE = "class role", _("Changed a member’s role or time")
    REMOVAL = "class removal", _("Took a member out")
    WORK_SET = "work set", _("Set a piece of work")
    WORK_CHANGED = "work changed", _("Changed set work")
    WORK_TAKEN_BACK = "work taken back", _("Took set work back")
    MARK = "mark", _("Set a mark")
    ANSWER_MARK = "answer mark", _("Set the mark of an answer")
    REGRADE = "regrade", _("Marked answers anew")
    RESULTS_TAKEN = "results taken", _("Took a class’s results out")
    QUESTIONS_TAKEN = "questions taken", _("Took questions out with their keys")
    ACCOUNT_MADE = "account made", _("Made an account for somebody")
    ACCOUNT_CLOSED = "account closed", _("Closed an account")
    ACCOUNT_REOPENED = "account reopened", _("Opened a closed account again")
    ACCOUNT_DELETED = "account deleted", _("Deleted an account for good")
    HANDED_OVER = "site handed over", _("Handed the site over")
    PASSWORD_LINK = "password link", _("Made a link that sets a password")
    FACTOR_REMOVED = "second factor removed", _("Took a second factor away")
    INSTRUCTOR_MADE = "instructor made", _("Made an instructor")
    INSTRUCTOR_DISMISSED = "instructor dismissed", _("Took the right to make classes away")
    PROVIDER_ROLE = "role", _("Followed what the provider says about a role")
    SIGN_IN_REFUSED = "sign-in refused", _("Refused an address outside PORTAL_OIDC_DOMAINS")
    MOVED = "move", _("Moved another database in")
    RESTORED = "restore", _("Restored a backup")


def audit(act: Act, *, by: User | None = None, about: str = "", **details: Detail) -> None:
    """Keep that somebody did something: `audit(Act.MARK, by=user, about="class 3", member=5)`.

    `by` is None for the command line and for the site itself. Name things by slug or
    number, never by a person's name or address: an entry outlives the account. `about` is
    a list such as "class 3, quiz first"; `portal.audit_log` says it in words.
    """
    AuditEntry.objects.create(
        at=timezone.now(), by=by, action=act.value, about=about[:200], details=details
    )
    who = f"user {by.pk}" if by else "nobody signed in"
    log.info("%s by %s about %s", act.value, who, about, extra={"details": details})
