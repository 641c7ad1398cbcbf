"""What is done each time a replica starts."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone


@pytest.mark.django_db
def test_sessions_that_have_expired_are_removed_and_others_stay():
    now = timezone.now()
    for key, expires in (("old", now - timedelta(days=1)), ("new", now + timedelta(days=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=expires)

    call_command("prepare", stdout=io.StringIO())

    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
