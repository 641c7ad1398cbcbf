from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from content import library
from content.models import Place, SectionRead
from tests.content.course_builder import BODY, chapter_md, write_course
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("courses_dir")]
COURSE = "/learn/demo/"
CHAPTER = "/learn/demo/first/"
MARK = f"{CHAPTER}read/"
PLACE = f"{CHAPTER}place/"
ENGLISH = {"Accept-Language": "en"}
HTMX = {"HX-Request": "true"}


def mark(client: Client, section: str, read: str = "read", **more):
    return client.post(MARK, {read: section}, **more)


def test_guests_read_a_course_and_its_chapters(client):
    course, chapter = client.get(COURSE), client.get(CHAPTER)

    assert course.status_code == chapter.status_code == 200
    assert [row.url for row in course.context["chapters"]] == [CHAPTER, "/learn/demo/second/"]
    assert [part.id for part in chapter.context["sections"]] == ["what", "how"]
    assert 'id="what"' in chapter.content.decode()


def test_a_chapter_is_read_in_the_readers_language(client):
    japanese = client.get(CHAPTER, headers={"Accept-Language": "ja"}).context["text"].summary
    english = client.get(CHAPTER, headers={"Accept-Language": "en"}).context["text"].summary

    assert japanese != english


def test_a_chapter_leads_to_its_neighbours(client):
    first = client.get(CHAPTER).context["around"]
    second = client.get(first.next.url).context["around"]

    assert first.previous is None
    assert second.previous.url == CHAPTER
    assert second.next is None


def test_guests_see_no_marks_and_are_told_why(client):
    text = client.get(CHAPTER).content.decode()

    assert MARK not in text
    assert reverse("account_login") in text


def test_marking_a_section_read_works_without_a_script(aiko_client, aiko):
    answer = mark(aiko_client, "what")

    row = SectionRead.objects.get()
    assert answer.url == f"{CHAPTER}#what"
    assert (row.user, row.course, row.chapter, row.section) == (aiko, "demo", "first", "what")
    assert len(row.text_hash) == 16
    assert aiko_client.get(CHAPTER).context["sections"][0].is_read


def test_marking_with_htmx_answers_the_mark_and_the_progress(aiko_client):
    answer = mark(aiko_client, "what", headers=HTMX)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.lstrip().startswith("<") and 'id="mark-what"' in text
    assert 'id="progress"' in text and "hx-swap-oob=" in text
    assert 'id="mark-how"' not in text and "<html" not in text


def test_a_mark_is_taken_back(aiko_client):
    mark(aiko_client, "what")

    mark(aiko_client, "what", read="unread")

    assert not SectionRead.objects.exists()


def test_marking_twice_is_marking_once(aiko_client):
    mark(aiko_client, "what")
    first = SectionRead.objects.get().read_at

    mark(aiko_client, "what")

    assert SectionRead.objects.get().read_at == first


def test_a_section_that_has_gone_is_said_and_nothing_breaks(aiko_client):
    answer = aiko_client.post(MARK, {"read": "gone"}, follow=True, headers=ENGLISH)

    assert answer.redirect_chain == [(CHAPTER, 302)]
    assert "not in this chapter any more" in str(next(iter(answer.context["messages"])))
    assert not SectionRead.objects.exists()


@pytest.mark.parametrize("form", [{}, {"section": "what"}, {"read": "what", "unread": "what"}])
def test_a_mark_that_says_nothing_changes_nothing(aiko_client, form):
    assert aiko_client.post(MARK, form).status_code == 302
    assert not SectionRead.objects.exists()


@pytest.mark.parametrize("url", [MARK, PLACE])
def test_guests_are_asked_to_sign_in_before_anything_is_kept(client, url):
    answer = client.post(url, {"section": "what", "read": "what"})

    assert answer.url.startswith(reverse("account_login"))
    assert not SectionRead.objects.exists() and not Place.objects.exists()


@pytest.mark.parametrize("url", [MARK, PLACE])
def test_what_is_kept_is_posted(aiko_client, url):
    assert aiko_client.get(url).status_code == 405


@pytest.mark.parametrize("url", ["/learn/demo/none/read/", "/learn/none/first/place/"])
def test_nothing_is_kept_for_what_is_not_here(aiko_client, url):
    assert aiko_client.post(url, {"section": "what", "read": "what"}).status_code == 404


def test_a_mark_without_a_token_is_refused(aiko):
    client = Client(enforce_csrf_checks=True)
    client.force_login(aiko)

    assert mark(client, "what").status_code == 403
    assert not SectionRead.objects.exists()


def test_readers_do_not_see_each_others_marks(aiko_client, ben):
    ben_client = Client()
    ben_client.force_login(ben)

    mark(aiko_client, "what")

    assert ben_client.get(CHAPTER).context["progress"].read == 0


def test_the_place_is_kept_and_moves(aiko_client, aiko):
    for section in ("what", "how"):
        assert aiko_client.post(PLACE, {"section": section}).status_code == 204

    kept = Place.objects.get()
    assert (kept.user, kept.chapter, kept.section) == (aiko, "first", "how")


@pytest.mark.parametrize("form", [{}, {"section": "gone"}, {"section": "x" * 5000}])
def test_a_place_that_is_none_is_refused(aiko_client, form):
    assert aiko_client.post(PLACE, form).status_code == 422
    assert not Place.objects.exists()


def test_home_resumes_the_section_last_seen(aiko_client):
    aiko_client.post(PLACE, {"section": "how"})

    resume = aiko_client.get("/").context["resume"]

    assert (resume.kind, resume.url) == ("resume", f"{CHAPTER}#how")


def test_home_goes_on_when_the_last_section_is_read(aiko_client):
    aiko_client.post(PLACE, {"section": "what"})
    mark(aiko_client, "what")

    resume = aiko_client.get("/").context["resume"]

    assert (resume.kind, resume.url) == ("next", f"{CHAPTER}#how")


def test_visiting_is_not_beginning(aiko_client):
    aiko_client.get(CHAPTER)

    assert aiko_client.get("/").context["resume"] is None


def test_nothing_is_next_when_everything_is_read(aiko_client):
    for chapter in ("first", "second"):
        for section in aiko_client.get(f"/learn/demo/{chapter}/").context["sections"]:
            form = {"read": section.id}
            aiko_client.post(f"/learn/demo/{chapter}/read/", form)

    assert aiko_client.get("/").context["resume"] is None
    assert aiko_client.get(COURSE).context["progress"].percent == 100
    assert {row.state for row in aiko_client.get(COURSE).context["chapters"]} == {"done"}


def test_a_place_in_a_section_that_has_gone_falls_back(aiko_client, aiko):
    aiko_client.post(PLACE, {"section": "how"})
    Place.objects.update(section="gone")
    mark(aiko_client, "what")

    resume = aiko_client.get("/").context["resume"]

    assert (resume.kind, resume.url) == ("next", f"{CHAPTER}#how")


def test_work_on_a_course_that_has_gone_is_kept_and_breaks_nothing(aiko_client):
    aiko_client.post(PLACE, {"section": "how"})
    Place.objects.update(course="gone")

    assert aiko_client.get("/").context["resume"] is None
    assert Place.objects.count() == 1


def test_a_chapter_page_costs_three_queries_however_long_the_history(
    aiko_client, aiko, django_assert_num_queries
):
    aiko_client.get(CHAPTER)
    for course in ("demo", "other"):
        SectionRead.objects.bulk_create(
            SectionRead(
                user=aiko,
                course=course,
                chapter=f"chapter-{n}",
                section=f"s{n}",
                text_hash="",
                read_at="2026-11-23T00:00:00Z",
            )
            for n in range(200)
        )

    with django_assert_num_queries(3):
        aiko_client.get(CHAPTER)


def test_a_chapter_page_costs_a_guest_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(CHAPTER)


@pytest.mark.parametrize(("url", "count"), [("/", 9), (COURSE, 4)])
def test_overviews_cost_a_fixed_number_of_queries(
    aiko_client, url, count, django_assert_num_queries
):
    with django_assert_num_queries(count):
        aiko_client.get(url)


def test_a_page_changes_nothing_when_it_is_read(aiko_client):
    for url in ("/", COURSE, CHAPTER, "/search/?q=words"):
        aiko_client.get(url)

    assert not SectionRead.objects.exists() and not Place.objects.exists()


@pytest.mark.parametrize(
    "name", ["none.png", "../course.toml", "..%2fcourse.toml", "/etc/passwd", ""]
)
def test_only_the_courses_own_pictures_are_sent(client, name):
    assert client.get(f"/learn/demo/media/{name}").status_code == 404


def test_a_stranger_has_a_place_of_their_own():
    aiko, ben = Client(), Client()
    aiko.force_login(make_user("aiko"))
    ben.force_login(make_user("ben"))

    aiko.post(PLACE, {"section": "what"})
    ben.post(PLACE, {"section": "how"})

    assert aiko.get("/").context["resume"].url.endswith("#what")
    assert ben.get("/").context["resume"].url.endswith("#how")


def test_a_picture_of_the_course_is_sent_and_may_do_nothing(client, courses_dir):
    body = BODY.replace("Some words.", "![a dot](images/dot.svg)")
    write_course(
        courses_dir / "drawn",
        files={
            "images/dot.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
            "images/other.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
            "chapters/ja/01-first.md": chapter_md(body=body),
            "chapters/en/01-first.md": chapter_md(language="en", body=body),
        },
    )
    library.load()

    answer = client.get("/learn/drawn/media/dot.svg")

    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"svg" in b"".join(answer)
    assert client.get("/learn/drawn/media/other.svg").status_code == 404
