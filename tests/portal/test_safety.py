from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.logs import RouteFilter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("courses_dir")]
ROOT = Path(__file__).resolve().parent.parent.parent
TOO_MUCH = 10 * 1024 * 1024 + 1
STYLES = "/static/css/site.css"


@pytest.mark.parametrize("path", ["/", STYLES, "/nothing/", "/healthz"])
def test_every_answer_keeps_other_sites_out(client, path):
    with closing(client.get(path)) as answer:
        headers = answer.headers

    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in headers


def test_limits_of_a_thousand_accounts_are_remembered():
    for number in range(1000):
        cache.set(f"sign-ins:{number}", 1, timeout=300)

    assert len(cache.get_many([f"sign-ins:{number}" for number in range(1000)])) == 1000


@pytest.mark.parametrize("path", ["/preferences/", "/accounts/login/"])
def test_a_body_that_is_too_large_is_refused_unread(path):
    client = Client(headers={"Accept-Language": "en"})
    file = SimpleUploadedFile("x", b"x" * TOO_MUCH)

    answer = client.post(path, {"file": file, "theme": "dark"})

    assert answer.status_code == 413
    assert "too large" in answer.content.decode()
    assert "theme" not in answer.cookies


@pytest.mark.parametrize("length", ["-1", "x", "1e9"])
def test_a_length_that_is_none_is_refused(client, length):
    assert client.get("/", CONTENT_LENGTH=length).status_code == 413


def test_a_form_with_too_many_fields_is_refused(client):
    fields = {f"f{n}": "1" for n in range(501)}

    assert client.post("/preferences/", fields).status_code == 400


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "a b", "x" * 300])
def test_other_names_for_the_site_are_refused_in_one_line(client, settings, caplog, host):
    settings.ALLOWED_HOSTS = ["study.example.com"]

    answer = client.get("/", headers={"Host": host, "Accept-Language": "en"})

    assert answer.status_code == 400
    assert answer.content.startswith(b"This site does not answer to that name.")
    assert host not in answer.content.decode()
    [record] = caplog.records
    assert RouteFilter().filter(record)
    assert record.exc_info is None


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_are_answered_by_whatever_name_they_use(client, path):
    assert client.get(path, headers={"Host": "10.0.3.17:8000"}).status_code == 200


def test_cookies_of_a_production_site_are_bound_to_it(tmp_path):
    code = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
        " s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE,"
        " s.SESSION_COOKIE_PATH, s.SESSION_COOKIE_DOMAIN, s.SECURE_HSTS_SECONDS)"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_PRODUCTION": "true",
        "PORTAL_SECRET_KEY": "k" * 50,
        "PORTAL_HOSTS": "study.example.com",
    }

    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, capture_output=True
    ).stdout.decode()

    assert said.split() == [
        *("__Host-sessionid", "__Host-csrftoken", "True", "True", "True", "Lax", "/", "None"),
        "31536000",
    ]


def test_the_policy_names_no_foreign_source():
    policy = site_settings.CONTENT_SECURITY_POLICY

    for word in ("unsafe", "http", "*", "data:", "blob:"):
        assert word not in policy


def test_a_text_that_is_too_long_is_told_as_such(client):
    answer = client.post(
        "/accounts/login/", {"login": "x" * (site_settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}
    )

    assert answer.status_code == 413
    assert "413" in answer.text
