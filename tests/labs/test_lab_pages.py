"""The pages of labs: who sees them, the button, and what is never there."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.test import Client

from labs.models import Run
from tests.content.course_builder import write_course
from tests.content.lab_builder import lab_toml
from tests.labs.practice import CHECKS, ENGLISH, HTMX, REGION, URL, connect, make_run
from tests.site import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lab_course")]
VERIFY, KEYS = f"{URL}verify/", f"{URL}keys/"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_guests_see_labs_and_are_asked_to_sign_in_before_they_verify(client, language):
    headers = {"Accept-Language": language}
    title = {"en": "The lab push-image", "ja": "push-imageの演習"}[language]

    index = client.get("/labs/", headers=headers).content.decode()
    page = client.get(URL, headers=headers).content.decode()

    assert title in index and title in page
    assert f'href="{URL}"' in index
    assert "next=/labs/demo/push-image/" in page.replace("%2F", "/")
    assert VERIFY not in page and KEYS not in page
    assert "create-repository" in page


@pytest.mark.parametrize("path", [VERIFY, KEYS])
def test_a_guest_who_verifies_is_sent_to_sign_in(client, path):
    answered = client.post(path)

    assert answered.status_code == 302 and answered.url.startswith("/accounts/login/")


def test_a_closed_site_shows_guests_no_lab(client, settings):
    settings.PORTAL_REQUIRE_LOGIN = True

    assert [client.get(one).status_code for one in ("/labs/", URL)] == [302, 302]


@pytest.mark.parametrize("path", [VERIFY, KEYS])
def test_looking_is_posted(aiko_client, path):
    assert aiko_client.get(path).status_code == 405


@pytest.mark.parametrize("path", ["/labs/", URL])
def test_pages_are_not_posted(aiko_client, path):
    assert aiko_client.post(path).status_code == 405


@pytest.mark.parametrize("path", ["/labs/demo/none/", "/labs/none/push-image/"])
@pytest.mark.parametrize("verb", ["", "verify/", "keys/"])
def test_a_course_or_lab_that_is_not_there_is_not_found(aiko_client, path, verb):
    ask = aiko_client.post if verb else aiko_client.get

    assert ask(f"{path}{verb}").status_code == 404


@pytest.mark.parametrize("path", [VERIFY, KEYS, "/labs/connection/forget/"])
def test_without_a_token_nothing_is_done(aiko, aws, path):
    connect(aiko)
    client = Client(enforce_csrf_checks=True)
    client.force_login(aiko)

    answered = client.post(path)

    assert answered.status_code == 403
    assert aws.looks == [] and hasattr(aiko, "connection")


def test_the_button_works_without_javascript(aiko, aiko_client, aws):
    connect(aiko)
    page = aiko_client.get(URL).content.decode()

    answered = aiko_client.post(VERIFY)
    report = aiko_client.get(answered.url, headers=ENGLISH).content.decode()

    assert f'action="{VERIFY}" method="post"' in page
    assert (answered.status_code, answered.url) == (302, f"{URL}#report")
    assert "Everything required holds" in report
    assert 'id="report"' in report


def test_htmx_answers_the_report_alone(aiko, aiko_client, aws):
    connect(aiko)

    answered = aiko_client.post(VERIFY, headers=ENGLISH | HTMX)

    text = answered.content.decode().strip()
    assert answered.status_code == 200
    assert text.startswith('<section class="report') and 'id="report"' in text
    assert text.endswith("</section>") and "<html" not in text
    assert "no-store" in answered["Cache-Control"]


@pytest.mark.parametrize("headers", [ENGLISH, ENGLISH | HTMX], ids=["plain", "htmx"])
def test_who_has_no_connection_is_told_to_choose_one(aiko_client, aws, headers):
    answered = aiko_client.post(VERIFY, headers=headers, follow=True)

    assert "First choose how this site reaches your account." in answered.content.decode()
    assert aws.looks == []


@pytest.mark.parametrize("headers", [ENGLISH, ENGLISH | HTMX], ids=["plain", "htmx"])
def test_a_way_that_is_no_longer_offered_is_told(aiko, aiko_client, aws, settings, headers):
    connect(aiko)
    settings.PORTAL_LABS_MACHINE = False

    answered = aiko_client.post(VERIFY, headers=headers, follow=True)

    assert "This way is no longer offered here." in answered.content.decode()


def test_pasted_keys_look_once_and_connect_nothing(aiko, aiko_client, aws):
    fields = {"access_key": "ASIA" + "A" * 16, "secret_key": "s", "session_token": "t"}

    answered = aiko_client.post(KEYS, fields | {"region": REGION})

    assert answered.url == f"{URL}#report"
    assert Run.objects.get().way == "keys"
    assert not hasattr(aiko, "connection")


def test_nobody_sees_the_runs_of_somebody_else(aiko, aiko_client, ben, aws):
    make_run(ben, status="pass")

    index, page = (aiko_client.get(one, headers=ENGLISH) for one in ("/labs/", URL))

    assert index.context["courses"][0].done_count == 0
    assert page.context["run"] is None and page.context["history"] == []


def test_a_lab_that_passed_is_done_on_the_list(aiko, aiko_client):
    make_run(aiko, status="pass")
    make_run(aiko, status="fail")

    page = aiko_client.get("/labs/", headers=ENGLISH).content.decode()

    assert "1 of 1 lab done" in page


def test_a_course_without_labs_says_how_they_come(client, courses_dir):
    from content import library  # noqa: PLC0415 - the one test without labs

    (courses_dir / "demo/labs/01-push-image.toml").unlink()
    library.load()

    page = client.get("/labs/", headers=ENGLISH).content.decode()

    assert "No course here has labs yet." in page


@pytest.mark.parametrize(("path", "most"), [("/labs/", 0), (URL, 0)])
def test_a_page_costs_a_guest_no_query(client, django_assert_num_queries, path, most):
    with django_assert_num_queries(most):
        client.get(path)


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/labs/", 5),  # session, user, labs done, connection, lost labs
        (URL, 5),  # session, user, latest run, connection, history
    ],
)
def test_a_page_costs_the_same_however_much_was_done(
    aiko, aiko_client, django_assert_num_queries, path, queries
):
    connect(aiko)
    for _ in range(30):
        make_run(aiko, verdicts=[])

    with django_assert_num_queries(queries):
        aiko_client.get(path)


def test_a_look_costs_few_queries(aiko, aiko_client, aws, django_assert_num_queries):
    connect(aiko)

    with django_assert_num_queries(5):  # session, user, connection, how many of late, the run
        aiko_client.post(VERIFY, headers=HTMX)


def test_more_labs_cost_the_list_no_more(aiko, aiko_client, courses_dir, django_assert_num_queries):
    from content import library  # noqa: PLC0415 - as above

    files = {f"labs/0{n}-lab{n}.toml": lab_toml(f"check{n}", name=f"l{n}") for n in range(2, 8)}
    write_course(courses_dir / "demo", files=files)
    library.load()

    with django_assert_num_queries(5):
        aiko_client.get("/labs/")


OPENS_PAGES = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()
from django.core.management import call_command
from django.test import Client
from content import library
from tests.factories import make_user
call_command("migrate", verbosity=0)
library.load()
client = Client(SERVER_NAME='localhost')
client.force_login(make_user("aiko"))
for path in ("/labs/", "/labs/connection/", "/labs/aws-ecs-ecr/push-image/"):
    assert client.get(path).status_code == 200, path
print(sorted({"boto3", "botocore", "moto"} & set(sys.modules)))
"""


def test_opening_pages_does_not_load_the_sdk():
    done = subprocess.run(
        [sys.executable, "-c", OPENS_PAGES], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.stdout.strip() == "[]", done.stderr


def test_the_labs_of_the_course_all_have_a_page(client, settings):
    from content import library  # noqa: PLC0415 - as above

    settings.PORTAL_COURSES_DIR = ROOT / "content/courses"
    library.load()
    labs = [(one.slug, lab.slug) for one in library.courses().values() for lab in one.labs]

    for course, lab in labs:
        for language in ("en", "ja"):
            page = client.get(f"/labs/{course}/{lab}/", headers={"Accept-Language": language})
            assert page.status_code == 200, lab
    assert len(labs) == 12


@pytest.mark.parametrize("check", CHECKS)
def test_every_check_says_before_the_first_look_what_it_looks_at(client, check):
    page = client.get(URL, headers=ENGLISH).content.decode()

    assert f"<code>{check}</code> is there" in page
    assert "What is looked at" in page


def test_a_crash_of_the_engine_is_not_kept_as_a_run(aiko, aiko_client, monkeypatch):
    connect(aiko)
    aiko_client.raise_request_exception = False

    def crash(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("labs.runs.look", crash)

    assert aiko_client.post(VERIFY).status_code == 500
    assert not Run.objects.exists()
