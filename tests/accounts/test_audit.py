from __future__ import annotations

import logging

import pytest

from accounts.audit import Act, audit
from accounts.models import AuditEntry
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_what_staff_do_is_kept_and_logged_without_names(caplog):
    chie = make_user("chie", is_staff=True)

    with caplog.at_level(logging.INFO, logger="gantry.audit"):
        audit(Act.REGRADE, by=chie, about="demo/q-1", attempts=3)

    [entry] = AuditEntry.objects.all()
    assert (entry.action, entry.by, entry.about) == ("regrade", chie, "demo/q-1")
    assert entry.details == {"attempts": 3}
    assert caplog.messages == [f"regrade by user {chie.pk} about demo/q-1"]


def test_an_entry_outlives_the_account():
    chie = make_user("chie", is_staff=True)
    audit(Act.REGRADE, by=chie, about="demo/q-1")

    chie.delete()

    assert AuditEntry.objects.get().by is None


def test_the_command_line_has_no_account():
    audit(Act.RESTORED, about="x" * 300)

    entry = AuditEntry.objects.get()
    assert (entry.by, len(entry.about)) == (None, 200)
