"""Pasted keys: after any run no part of them is anywhere but in AWS's answer to a request."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError
from django.apps import apps
from django.core import mail
from django.core.serializers import serialize
from django.db import connection
from django.test import Client
from django.utils.log import AdminEmailHandler
from django.views.debug import ExceptionReporter
from moto import mock_aws

from labs import runs, views
from labs.aws import session
from labs.aws.session import Access, Keys
from labs.models import Connection, Run
from labs.sandbox_client import Keys as SandboxKeys
from tests.labs.practice import ENGLISH, PASTED, REGION, URL

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("lab_course", "no_machine", "_everything_logs"),
]
KEYS = f"{URL}keys/"
SECRET = tuple(PASTED[one] for one in ("access_key", "secret_key", "session_token"))
# Every part: whole, and eight characters at a time, in case something shows a piece.
PARTS = frozenset(one[n : n + 8] for one in SECRET for n in range(0, len(one) - 7, 4))
LONG_TERM = PASTED | {"access_key": "AKIAQ3EGXMPLKEYPARTA"}


def found_in(text: str, parts: frozenset[str] = PARTS) -> list[str]:
    return sorted(one for one in parts if one in text)


@pytest.fixture
def _everything_logs(caplog: Any) -> Iterator[None]:
    """Set all loggers to DEBUG, the SDK's own too, down to the ones that sign requests."""
    session._session.cache_clear()
    named = {*logging.root.manager.loggerDict, "botocore.auth", "botocore.endpoint"}
    before = {one: one.level for one in (logging.root, *map(logging.getLogger, named))}
    for one in before:
        one.setLevel(logging.DEBUG)
    caplog.handler.setLevel(logging.DEBUG)
    yield
    for one, level in before.items():
        one.setLevel(level)


def logged(caplog: Any) -> str:
    """Return all that was logged, with its arguments and tracebacks."""
    formatter = logging.Formatter("%(name)s %(message)s")
    return "\n".join(f"{formatter.format(one)} {one.__dict__}" for one in caplog.records)


def database() -> str:
    """Return every row of every table, also those that no model has."""
    text = [serialize("json", model._default_manager.all()) for model in apps.get_models()]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            text.append(repr(cursor.fetchall()))
    return "\n".join(text)


def shown(answered: Any) -> str:
    return f"{answered.content.decode()} {answered.headers} {answered.cookies}"


def refused_by_aws(*_: object, **__: object) -> None:
    """Refuse as AWS does: its message quotes the request, with the token in it."""
    said = f"The canonical string should have been host;x-amz-security-token:{' '.join(SECRET)}"
    answer = {
        "Error": {"Code": "SignatureDoesNotMatch", "Message": said},
        "ResponseMetadata": {"HTTPStatusCode": 403},
    }
    raise ClientError(answer, "DescribeRepositories")


def test_no_column_could_hold_a_key():
    names = {field.name for model in (Connection, Run) for field in model._meta.get_fields()}

    for word in ("key", "secret", "token", "password", "credential"):
        assert not [one for one in names if word in one]


def test_after_a_run_with_valid_keys_nothing_of_them_is_left(aiko_client, caplog):
    with mock_aws():
        answered = aiko_client.post(KEYS, PASTED, follow=True)

    assert Run.objects.get().way == "keys"
    assert answered.context["run"].account_tail == "9012"
    for text in (shown(answered), database(), logged(caplog)):
        assert found_in(text) == []


def test_after_aws_refused_the_keys_nothing_of_them_is_left(aiko_client, caplog, monkeypatch):
    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", refused_by_aws)

    answered = aiko_client.post(KEYS, PASTED, headers=ENGLISH, follow=True)

    assert "AWS does not know these keys." in shown(answered)
    assert Run.objects.get().status == "unknown"
    for text in (shown(answered), database(), logged(caplog)):
        assert found_in(text) == []


@pytest.mark.parametrize("bad", ["to\nken", "tok\x7fen", "鍵"])
def test_keys_that_no_request_can_carry_are_no_reason_to_show_them(
    aiko_client, caplog, monkeypatch, bad
):
    fields = PASTED | {"session_token": PASTED["session_token"] + bad + PASTED["session_token"]}

    def answer_nothing(*_: object, **__: object) -> AWSResponse:
        raise ValueError(f"Invalid header value {fields['session_token']!r}")

    monkeypatch.setattr("botocore.httpsession.URLLib3Session.send", answer_nothing)
    answered = aiko_client.post(KEYS, fields, follow=True)

    assert answered.status_code == 200
    for text in (shown(answered), database(), logged(caplog)):
        assert found_in(text) == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"access_key": "AKIAQ3EGXMPLKEYPARTA"}, "That is a long-term key. Never give one"),
        ({"access_key": "QQQ3EGXMPLKEYPARTA"}, "A temporary access key begins with ASIA."),
        ({"access_key": PASTED["secret_key"]}, "A temporary access key begins with ASIA."),
        ({"session_token": ""}, "This field is required."),
        ({"secret_key": " "}, "This field is required."),
        ({"region": PASTED["secret_key"]}, "Choose a Region from the list."),
        ({"session_token": PASTED["session_token"] * 200}, "at most 4096 characters"),
        ({"secret_key": PASTED["secret_key"] + "\x00"}, "Null characters are not allowed."),
    ],
)
def test_a_refused_form_says_why_and_shows_no_key_again(aiko_client, aws, caplog, changed, told):
    answered = aiko_client.post(KEYS, PASTED | changed, headers=ENGLISH)

    assert answered.status_code == 422
    assert told in answered.content.decode()
    assert "no-store" in answered["Cache-Control"]
    assert aws.looks == [] and not Run.objects.exists()
    for text in (shown(answered), database(), logged(caplog)):
        assert found_in(text) == []


def test_long_term_keys_are_refused_in_japanese_too(aiko_client, aws):
    answered = aiko_client.post(KEYS, LONG_TERM, headers={"Accept-Language": "ja"})

    errors = answered.context["keys_form"].errors["access_key"]
    assert answered.status_code == 422 and "長期" in errors[0]


def test_keys_are_forgotten_by_the_clients_after_the_run(aiko_client, aws):
    aiko_client.post(KEYS, PASTED)

    assert aws.looks[0]._made == {}


@pytest.fixture
def crash(monkeypatch, settings) -> Iterator[pytest.LogCaptureFixture | None]:
    """The engine crashes with the keys in its hands; the site mails whoever runs it."""
    settings.DEBUG = False
    settings.ADMINS = [("Owner", "owner@example.com")]

    def broken(checks: object, clients: Any) -> None:
        keys = clients._access.keys
        in_hand = {"secret": keys.secret_key, "all": [keys.access_key, keys.token]}
        raise RuntimeError(f"crashed with {len(in_hand)} things in hand")

    monkeypatch.setattr(runs, "look", broken)
    handler = AdminEmailHandler(include_html=True)
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    yield None
    logger.removeHandler(handler)


@pytest.mark.usefixtures("crash")
def test_an_error_report_mailed_to_the_owner_holds_no_key(aiko_client, caplog):
    aiko_client.raise_request_exception = False

    answered = aiko_client.post(KEYS, PASTED)

    (sent,) = mail.outbox
    assert isinstance(sent, mail.EmailMultiAlternatives)
    text, html = str(sent.body), str(sent.alternatives[0][0])
    assert answered.status_code == 500
    assert "crashed with 2 things in hand" in text and "in_hand" in html
    for one in (text, html, shown(answered), database(), logged(caplog)):
        assert found_in(one) == []


@pytest.mark.usefixtures("crash")
@pytest.mark.parametrize("place", ["look", "access", "verified", "page_context"])
def test_the_technical_report_of_a_crash_anywhere_holds_no_key(aiko, rf, monkeypatch, place):
    request = rf.post(KEYS, PASTED | ({"region": "none"} if place == "page_context" else {}))
    request.user, request.LANGUAGE_CODE, request.htmx = aiko, "en", False

    def broken(*given: object, **_: object) -> None:
        raise RuntimeError(f"{len(given)}")

    if place == "access":
        monkeypatch.setattr("labs.forms.Access", broken)
    elif place != "look":
        monkeypatch.setattr(views, place, broken)

    try:
        views.verify_with_keys(request, "demo", "push-image")
    except RuntimeError:
        reporter = ExceptionReporter(request, *sys.exc_info())
        html, text = reporter.get_traceback_html(), reporter.get_traceback_text()

    assert "RuntimeError" in html and "secret_key" in html
    assert found_in(html) == found_in(text) == []


def test_keys_show_themselves_to_nobody():
    keys = Keys(access_key=SECRET[0], secret_key=SECRET[1], token=SECRET[2])
    practice = SandboxKeys("100000000042", "AKIASANDBOX", SECRET[1])

    text = f"{keys!r} {keys} {Access(region=REGION, keys=keys)!r} {practice!r}"

    assert found_in(text) == []


def test_a_post_without_a_token_is_refused_without_a_word_of_the_keys(aiko, caplog):
    client = Client(enforce_csrf_checks=True)
    client.force_login(aiko)

    answered = client.post(KEYS, PASTED)

    assert answered.status_code == 403
    for text in (shown(answered), logged(caplog)):
        assert found_in(text) == []
