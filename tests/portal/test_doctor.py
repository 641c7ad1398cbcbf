from __future__ import annotations

import json
import shutil
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from smtplib import SMTPAuthenticationError

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from portal.doctor import inside, outside
from portal.doctor.finding import Level
from portal.schema import Schema
from tests.portal.databases import make_attempt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("courses_dir")]
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def run(settings, tmp_path):
    """Run the doctor on a site whose files are collected; give its exit code and its words."""
    settings.SILENCED_SYSTEM_CHECKS = ["templates.E002"]  # pytest-django's own doing
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "staticfiles.json").write_text("{}")

    def doctor() -> tuple[int, str]:
        said = StringIO()
        try:
            call_command("doctor", stdout=said)
        except SystemExit as end:
            return int(end.code or 0), said.getvalue()
        return 0, said.getvalue()

    return doctor


def only(findings) -> tuple[Level, str, str]:
    [found] = findings
    return found.level, found.says, found.do


def test_a_site_that_has_what_it_needs_is_fine(run):
    code, said = run()

    assert code == 0, said
    assert "0 broken" in said
    for subject in ("settings", "database", "courses", "disk", "clock", "mail", "credentials"):
        assert subject in said


def test_something_broken_ends_with_one_and_says_what_to_do(run, courses_dir):
    (courses_dir / "demo/course.toml").write_text("broken")

    code, said = run()

    assert code == 1
    assert "broken courses" in said
    assert "→ Run manage.py validate_courses" in said


def test_a_database_that_is_away_is_told_wherever_it_is_missed(run, monkeypatch):
    def away(*_: object) -> None:
        raise DatabaseError("connection refused\nIs the server running?")

    monkeypatch.setattr(connection, "cursor", away)
    monkeypatch.setattr("portal.schema.of", away)
    monkeypatch.setattr(inside, "database_time", away)

    code, said = run()

    assert code == 1
    assert "The database cannot be used: connection refused" in said
    assert "DATABASE_URL" in said
    assert "Is the server running?" not in said


def test_a_damaged_file_is_told():
    found = inside.look_at_sqlite("row 3 missing from index")

    assert found.level is Level.BROKEN
    assert "manage.py restore" in found.do


@pytest.mark.parametrize(
    ("found", "level", "do"),
    [
        (Schema((), (("a", "1"),), ()), Level.BROKEN, "Run manage.py migrate."),
        (Schema((("a", "1"),), (), (("a", "9"),)), Level.BETTER, "Run that release"),
    ],
)
def test_migrations_that_differ_are_told(monkeypatch, found, level, do):
    monkeypatch.setattr("portal.schema.of", lambda using: found)

    seen = only(inside.look_at_migrations())

    assert seen[0] is level
    assert do in seen[2]


def test_a_missing_table_of_rate_limits_is_told(monkeypatch):
    monkeypatch.setattr(inside, "CACHE_TABLE", "nowhere")

    assert only(inside.look_at_migrations())[2] == "Run manage.py createcachetable."


def test_a_site_without_courses_is_told(courses_dir):
    shutil.rmtree(courses_dir / "demo")

    level, _, do = only(inside.look_at_courses())

    assert level is Level.BROKEN
    assert "validate_courses" in do


def test_uncollected_files_are_told(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path

    assert only(inside.look_at_files())[2] == "Run manage.py collectstatic."


@pytest.mark.parametrize(
    ("free", "level"), [(50, Level.BROKEN), (500, Level.BETTER), (5000, Level.FINE)]
)
def test_the_room_on_the_disk_is_told(settings, monkeypatch, free, level):
    usage = Usage(0, 0, free * inside.MEGABYTE)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)

    assert only(inside.look_at_disk())[0] is level


def test_a_folder_that_cannot_be_written_to_is_told(settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path / "nowhere"

    assert only(inside.look_at_disk())[0] is Level.BROKEN


def test_a_clock_that_differs_from_the_databases_is_told(monkeypatch):
    monkeypatch.setattr(inside, "database_time", lambda: datetime.now(UTC) + timedelta(minutes=2))

    level, says, do = only(inside.look_at_clock())

    assert level is Level.BROKEN
    assert "120 s" in says
    assert "NTP" in do


def test_an_attempt_from_the_future_betrays_a_clock(aiko):
    attempt = make_attempt(aiko.pk)
    attempt.started_at = datetime.now(UTC) + timedelta(hours=1)
    attempt.save()

    assert only(inside.look_at_clock())[0] is Level.BROKEN


def test_a_production_site_is_looked_at_as_one(settings):
    settings.PRODUCTION = True
    settings.SECURE_SSL_REDIRECT = False

    found = list(inside.look_at_settings())

    assert any("security.W008" in one.says for one in found)


def test_mail_that_is_refused_is_told(settings, monkeypatch):
    settings.EMAIL_HOST = "smtp.example.com"

    class Refusing:
        def __enter__(self) -> None:
            raise SMTPAuthenticationError(535, b"no")

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(outside, "get_connection", Refusing)

    level, says, _ = only(outside.look_at_mail())
    assert level is Level.BROKEN
    assert "535" in says


def test_mail_that_is_taken_is_fine(settings):
    settings.EMAIL_HOST = "smtp.example.com"

    assert only(outside.look_at_mail())[0] is Level.FINE


@pytest.mark.parametrize(("is_up", "level"), [(True, Level.FINE), (False, Level.BROKEN)])
def test_the_practice_account_is_asked(settings, monkeypatch, is_up, level):
    settings.PORTAL_SANDBOX_URL = "http://127.0.0.1:1"
    monkeypatch.setattr("labs.sandbox_client.Sandbox.is_up", lambda self: is_up)

    assert only(outside.look_at_sandbox())[0] is level


@pytest.mark.parametrize(
    ("account", "level"), [("111122223333", Level.FINE), ("999988887777", Level.BROKEN)]
)
def test_aws_is_asked_who_the_site_is(settings, monkeypatch, account, level):
    settings.PORTAL_LABS_PRINCIPAL = "arn:aws:iam::111122223333:role/gantry"

    class Sts:
        def get_caller_identity(self):
            return {"Account": account}

    monkeypatch.setattr("labs.aws.session.Clients.__call__", lambda self, service: Sts())

    found, says, _ = only(outside.look_at_credentials())
    assert found is level
    assert account not in says


def test_credentials_aws_does_not_know_are_told(settings, monkeypatch):
    settings.PORTAL_LABS_MACHINE = True

    def refuse(self, service):
        raise RuntimeError("Unable to locate credentials")

    monkeypatch.setattr("labs.aws.session.Clients.__call__", refuse)

    level, says, _ = only(outside.look_at_credentials())
    assert level is Level.BROKEN
    assert "Unable to locate credentials" in says


@pytest.mark.only_postgresql
def test_postgresql_tells_its_time_and_version(monkeypatch):
    assert only(inside.look_at_database())[0] is Level.FINE
    assert only(inside.look_at_clock())[0] is Level.FINE

    monkeypatch.setattr(inside, "LEAST_POSTGRESQL", 99)
    assert only(inside.look_at_database())[0] is Level.BROKEN


@pytest.mark.parametrize(
    ("answer", "level", "says"),
    [
        (dict.fromkeys(outside.ENDPOINTS, "x") | {"issuer": "i"}, Level.FINE, "answers: i"),
        ({"issuer": "i"}, Level.BROKEN, "names no authorization_endpoint"),
        ("<html>", Level.BROKEN, "does not answer"),
        (None, Level.BROKEN, "does not answer"),
    ],
)
def test_the_teams_provider_is_asked(settings, monkeypatch, answer, level, says):
    settings.PORTAL_OIDC_URL = "https://login.example.com/team"
    settings.PORTAL_OPEN_SIGNUP = False
    asked = []

    def urlopen(url: str, timeout: float) -> BytesIO:
        asked.append(url)
        if answer is None:
            raise OSError("no route to host")
        return BytesIO((answer if isinstance(answer, str) else json.dumps(answer)).encode())

    monkeypatch.setattr(outside, "urlopen", urlopen)

    found = only(outside.look_at_sign_in())

    assert asked == ["https://login.example.com/team/.well-known/openid-configuration"]
    assert found[0] is level
    assert says in found[1]


def test_open_sign_up_beside_a_provider_is_told(settings, monkeypatch):
    settings.PORTAL_OIDC_URL = "https://login.example.com"
    whole = json.dumps(dict.fromkeys(outside.ENDPOINTS, "x")).encode()
    monkeypatch.setattr(outside, "urlopen", lambda url, timeout: BytesIO(whole))

    assert only(outside.look_at_sign_in())[0] is Level.BETTER
