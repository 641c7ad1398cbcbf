from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from portal.middleware import CourseReloadMiddleware, back_to_page
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("courses_dir")]
CHAPTER = "/learn/demo/first/"


def test_the_policy_allows_nothing_but_ourselves(client):
    policy = client.get("/").headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_safety_headers_are_set(client):
    headers = client.get("/").headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize(
    ("asked", "cookie", "accepts", "expected"),
    [
        ("", "", "en-GB,en;q=0.9", "en"),
        ("", "", "ja", "ja"),
        ("", "", "fr", "ja"),
        ("", "ja", "en", "ja"),
        ("en", "ja", "ja", "en"),
        ("tlh", "", "en", "en"),
        ("", "tlh", "en", "en"),
    ],
)
def test_the_language_is_asked_kept_or_accepted(client, asked, cookie, accepts, expected):
    client.cookies["django_language"] = cookie

    answer = client.get("/", {"lang": asked}, headers={"Accept-Language": accepts})

    assert answer.headers["Content-Language"] == expected
    assert f'<html lang="{expected}"' in answer.content.decode()


def test_the_profiles_language_goes_before_the_browsers():
    client = Client()
    client.force_login(make_user("aiko", language="en"))

    answer = client.get("/", headers={"Accept-Language": "ja"})

    assert answer.headers["Content-Language"] == "en"


def test_every_page_names_itself_in_both_languages(client):
    text = client.get(CHAPTER).content.decode()

    assert f'hreflang="ja" href="http://testserver{CHAPTER}?lang=ja"' in text
    assert f'hreflang="en" href="http://testserver{CHAPTER}?lang=en"' in text
    assert 'hreflang="x-default"' in text


def test_switching_the_language_keeps_the_page(client):
    answer = client.post(reverse("preferences"), {"language": "en", "next": CHAPTER})

    assert answer.url == CHAPTER
    assert client.get(CHAPTER).headers["Content-Language"] == "en"


def test_switching_the_language_changes_the_profile(aiko_client, aiko):
    aiko_client.post(reverse("preferences"), {"language": "en", "next": "/"})

    aiko.refresh_from_db()
    assert aiko.language == "en"


def test_the_theme_is_kept(client):
    client.post(reverse("preferences"), {"theme": "dark", "next": "/"})

    assert 'data-theme="dark"' in client.get("/").content.decode()


def test_a_theme_nobody_offered_is_the_systems(client):
    client.cookies["theme"] = '"><script>'

    assert 'data-theme="system"' in client.get("/").content.decode()


@pytest.mark.parametrize(
    "form", [{}, {"language": "tlh"}, {"theme": "pink"}, {"language": "en", "next": "x" * 2001}]
)
def test_preferences_that_cannot_be_are_refused(client, form):
    assert client.post(reverse("preferences"), form).status_code == 422


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_preferences_lead_nowhere_else(client, url):
    assert client.post(reverse("preferences"), {"theme": "dark", "next": url}).url == "/"


def test_preferences_are_posted(client):
    assert client.get(reverse("preferences")).status_code == 405


def test_the_site_is_alive_and_ready(client):
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").json() == {"database": "ok", "courses": "ok"}


def test_a_closed_site_asks_guests_to_sign_in(client, settings):
    settings.PORTAL_REQUIRE_LOGIN = True

    assert client.get(CHAPTER).url == f"/accounts/login/?next={CHAPTER}"
    assert client.get("/").status_code == 302
    assert client.get("/search/?q=a").status_code == 302
    assert client.get("/accounts/login/").status_code == 200
    assert client.get("/healthz").status_code == 200


def test_a_closed_site_is_open_to_its_people(aiko_client, settings):
    settings.PORTAL_REQUIRE_LOGIN = True

    assert aiko_client.get(CHAPTER).status_code == 200


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("path", ["/nothing/", "/learn/none/", "/learn/demo/none/"])
def test_what_is_not_here_is_said_with_a_way_on(client, path, language):
    answer = client.get(path, {"lang": language})

    assert answer.status_code == 404
    assert 'href="/"' in answer.content.decode()
    assert f'<html lang="{language}"' in answer.content.decode()


def test_a_page_that_is_not_here_says_what_is_missing(client):
    text = client.get("/learn/demo/none/", {"lang": "en"}).content.decode()

    assert "This course has no chapter of that name." in text


def test_a_page_that_is_not_for_this_reader_says_whose_it_is(client):
    client.force_login(make_user("aiko"))

    text = client.get("/audit-log/", {"lang": "en"}).content.decode()

    assert "Only the owner of this site reads its audit log." in text
    assert "Another account may be allowed to." in text


def test_a_post_without_a_token_gets_its_own_words():
    answer = Client(enforce_csrf_checks=True).post(reverse("preferences"), {"theme": "dark"})

    assert answer.status_code == 403
    assert answer.templates[0].name == "403_csrf.html"


@pytest.mark.parametrize(
    ("language", "words"), [("ja", "再読み込み"), ("en", "Something broke on our side")]
)
def test_a_view_that_breaks_answers_500_without_a_traceback(client, monkeypatch, language, words):
    monkeypatch.setattr("portal.home.card", None)
    client.raise_request_exception = False

    answer = client.get("/", {"lang": language})

    assert answer.status_code == 500
    assert "Traceback" not in answer.content.decode()
    assert words in answer.content.decode()


def test_the_styleguide_is_for_development(client, settings):
    assert client.get(reverse("styleguide")).status_code == 404

    settings.DEBUG = True
    assert client.get(reverse("styleguide")).status_code == 200


def test_a_redirect_of_a_fragment_reloads_the_page_and_keeps_its_cookies(client):
    answer = client.post(
        reverse("preferences"), {"theme": "dark", "next": "/"}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"] == "/"
    assert answer.cookies["theme"].value == "dark"


def test_a_fragment_that_needs_a_sign_in_comes_back_to_its_page(client):
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{CHAPTER}"}

    answer = client.post(f"{CHAPTER}read/", {"read": "x"}, headers=headers)

    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=%2Flearn%2Fdemo%2Ffirst%2F"


def test_a_redirect_elsewhere_is_left_as_it_is():
    assert back_to_page("/somewhere/?next=/a", "/page/") == "/somewhere/?next=/a"
    assert back_to_page("/accounts/login/?next=/a", None) == "/accounts/login/?next=/a"


def test_times_are_shown_in_the_readers_zone(settings):
    client = Client()
    client.force_login(make_user("aiko", time_zone="No/Where"))

    assert client.get("/").status_code == 200


def test_an_author_sees_what_is_wrong_with_the_course_and_then_the_course(courses_dir, settings):
    settings.DEBUG = True
    answer = CourseReloadMiddleware(lambda request: HttpResponse("fine"))
    path = courses_dir / "demo/chapters/ja/01-first.md"
    sound = path.read_text()

    path.write_text("+++ broken")
    broken = answer(RequestFactory().get("/"))
    path.write_text(sound)
    mended = answer(RequestFactory().get("/"))

    assert isinstance(broken, HttpResponse) and isinstance(mended, HttpResponse)
    assert broken.status_code == 500
    assert "demo/chapters/ja/01-first.md" in broken.content.decode()
    assert mended.content == b"fine"


def test_a_page_that_did_not_change_is_not_sent_again(aiko_client):
    first = aiko_client.get(CHAPTER)

    again = aiko_client.get(CHAPTER, headers={"If-None-Match": first.headers["ETag"]})
    aiko_client.post(f"{CHAPTER}read/", {"read": "what"})
    changed = aiko_client.get(CHAPTER, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


def test_a_page_for_another_reader_is_another_page(client, aiko_client):
    page = aiko_client.get(CHAPTER)

    answer = client.get(CHAPTER, headers={"If-None-Match": page.headers["ETag"]})

    assert answer.status_code == 200
    assert "private" in page.headers["Cache-Control"]


def test_a_page_whose_token_would_be_refused_is_sent_again(client):
    page = client.get(CHAPTER)
    del client.cookies["csrftoken"]

    answer = client.get(CHAPTER, headers={"If-None-Match": page.headers["ETag"]})

    assert answer.status_code == 200
