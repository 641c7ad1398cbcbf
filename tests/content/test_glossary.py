"""The page of a glossary, and the ways to it."""

from __future__ import annotations

import pytest

from content import library
from tests.content.course_builder import BODY, chapter_md, term_toml, write_course

PAGE = "/learn/explained/glossary/"
JAPANESE = {"Accept-Language": "ja"}
ENGLISH = {"Accept-Language": "en"}
TERMS = (
    term_toml("role", "ロール", "role", 'section = "02-second.md#closer"'),
    term_toml("digest", "ダイジェスト", "digest", 'section = "01-first.md"'),
    term_toml("exec", "ECS Exec", "ECS Exec"),
)


@pytest.fixture
def explained(courses_dir):
    """A second course, with a glossary."""
    body = BODY.replace("Some words.", "A role: ロール。")
    files = {
        f"chapters/{one}/01-first.md": chapter_md(language=one, body=body) for one in ("ja", "en")
    }
    write_course(courses_dir / "explained", files={"glossary.toml": "\n".join(TERMS), **files})
    return library.load()["explained"]


def test_guests_read_the_terms_in_the_order_of_their_language(explained, client, db):
    japanese = client.get(PAGE, headers=JAPANESE)
    english = client.get(PAGE, headers=ENGLISH)

    assert [one.id for one in japanese.context["entries"]] == ["exec", "digest", "role"]
    assert [one.id for one in english.context["entries"]] == ["digest", "exec", "role"]
    assert "The meaning of role." in english.content.decode()


def test_the_exams_term_stands_beside_the_japanese_one(explained, client, db):
    answer = client.get(PAGE, headers=JAPANESE)

    names = {one.name: one.exam_name for one in answer.context["entries"]}
    assert names == {"ECS Exec": None, "ダイジェスト": "digest", "ロール": "role"}
    assert '<span class="exam-term" lang="en">role</span>' in answer.content.decode()


def test_each_term_has_an_anchor_and_leads_to_where_it_is_explained(explained, client, db):
    answer = client.get(PAGE, headers=ENGLISH)

    places = {one.id: one.place for one in answer.context["entries"]}
    assert places["exec"] is None
    assert (places["digest"].title, places["digest"].url) == ("First", "/learn/explained/first/")
    assert places["role"].title == "A closer look"
    assert places["role"].url == "/learn/explained/second/#closer"
    assert 'id="role"' in answer.content.decode()


@pytest.mark.parametrize("url", ["/learn/explained/", "/learn/explained/first/"])
def test_the_glossary_is_linked_from_the_course_and_its_chapters(explained, client, db, url):
    assert f'href="{PAGE}"' in client.get(url).content.decode()


def test_a_chapter_links_its_terms(explained, client, db):
    text = client.get("/learn/explained/first/", headers=JAPANESE).content.decode()

    assert '<a class="term" href="../glossary/#role" title="ロールの意味。">ロール</a>' in text


def test_a_course_without_glossary_has_no_page_and_no_link(explained, client, db):
    assert client.get("/learn/demo/glossary/").status_code == 404
    for url in ("/learn/demo/", "/learn/demo/first/"):
        assert "glossary" not in client.get(url).content.decode()


def test_an_unknown_course_has_no_glossary(explained, client, db):
    assert client.get("/learn/none/glossary/").status_code == 404


def test_a_glossary_is_only_read(explained, client, db):
    assert client.post(PAGE).status_code == 405
    assert client.head(PAGE).status_code == 200


def test_a_glossary_costs_a_guest_no_query(explained, client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(PAGE)


def test_a_site_that_asks_for_a_sign_in_keeps_its_glossary(explained, client, db, settings):
    settings.PORTAL_REQUIRE_LOGIN = True

    assert client.get(PAGE).status_code == 302


def test_a_meaning_is_never_markup(courses_dir, client, db):
    evil = term_toml("evil", "<b>x</b>", "<b>x</b>").replace("The meaning", "<script>1</script>")
    write_course(courses_dir / "explained", files={"glossary.toml": evil})
    library.load()

    text = client.get(PAGE, headers=ENGLISH).content.decode()

    assert "<script>1" not in text
    assert "<b>x" not in text
