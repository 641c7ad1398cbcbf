from __future__ import annotations

import pytest

from content import library
from content.search import QueryTooLongError, folded, search, shown, snippet, words_of
from tests.content.course_builder import chapter_md, term_toml, write_course

JAPANESE = """導入の文。

## 更新のしかた {#update}

サービスを更新する。権限が要る。デプロイは一つずつ。ＣＰＵとﾒﾓﾘを増やす。

## 本の置き場 {#shelf}

本を置く。100% と _ と \\\\ も文字である。vCPU は数で買う。
"""
ENGLISH = """An introduction.

## How to update {#update}

Update the service. A Role is needed.

## The shelf {#shelf}

Put the book here.
"""


@pytest.fixture
def book(tmp_path, settings):
    settings.PORTAL_COURSES_DIR = tmp_path / "courses"
    settings.PORTAL_DATA_DIR = tmp_path / "data"
    write_course(
        tmp_path / "courses" / "book",
        chapters=["01-first"],
        files={
            "chapters/ja/01-first.md": chapter_md(language="ja", body=JAPANESE),
            "chapters/en/01-first.md": chapter_md(language="en", body=ENGLISH),
        },
    )
    return library.course("book")


def found(course, query, language="ja"):
    return [hit.document.section for hit in search([course], language, query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("更新", ["update"]),
        ("権限", ["update"]),
        ("本", ["shelf"]),
        ("デプロイ", ["update"]),
        ("ﾃﾞﾌﾟﾛｲ", ["update"]),
        ("メモリ", ["update"]),
        ("cpu", ["update", "shelf"]),
        ("CPU 権限", ["update"]),
        ("CPU　権限", ["update"]),
        ("CPU 権限 本", []),
        ("%", ["shelf"]),
        ("_", ["shelf"]),
        ("\\", ["shelf"]),
        ("無い言葉", []),
        ("", []),
        ("   ", []),
    ],
)
def test_words_of_any_length_are_found_and_joined_by_and(book, query, expected):
    assert sorted(found(book, query)) == sorted(expected)


def test_each_language_is_searched_apart(book):
    assert found(book, "service", "en") == ["update"]
    assert found(book, "service", "ja") == []


def test_a_word_in_a_title_comes_first(book):
    assert found(book, "update", "en")[0] == "update"
    assert found(book, "the shelf", "en")[0] == "shelf"


def test_a_snippet_marks_what_was_found_and_keeps_the_words(book):
    (hit,) = search([book], "ja", "権限")

    parts = hit.snippet()

    assert ("権限", True) in parts
    assert "".join(text for text, _ in parts).replace("…", "").strip() in hit.document.text


def test_a_snippet_of_a_long_text_starts_near_the_match():
    text = shown("あ" * 500 + "的" + "い" * 500)

    parts = snippet(text, folded(text), ("的",))

    assert parts[0] == ("… ", False)
    assert ("的", True) in parts
    assert sum(len(part) for part, _ in parts) < 200


def test_folding_keeps_a_character_for_each_character_shown():
    text = "ＡＢＣ ß İ ﾃﾞﾌﾟ ① Straße ﬁ"

    assert len(folded(text)) == len(shown(text))


def test_a_query_too_long_is_refused():
    with pytest.raises(QueryTooLongError):
        words_of("x" * 201)
    with pytest.raises(QueryTooLongError):
        words_of(" ".join("abcdefghi"))


def test_the_page_shows_results_with_links_to_sections(book, client, db):
    answer = client.get("/search/", {"q": "権限"})

    assert [result.url for result in answer.context["results"]] == ["/learn/book/first/#update"]
    assert "<mark>権限</mark>" in answer.content.decode()
    assert "<html" in answer.content.decode()


def test_htmx_gets_the_results_alone(book, client, db):
    text = client.get("/search/", {"q": "権限"}, headers={"HX-Request": "true"}).content.decode()

    assert 'id="results"' in text
    assert "<html" not in text


@pytest.mark.parametrize("query", ["x" * 10_000, "a b c d e f g h i"])
def test_a_query_too_long_gets_a_clear_answer(book, client, db, query):
    answer = client.get("/search/", {"q": query}, headers={"Accept-Language": "en"})

    assert answer.status_code == 422
    assert "at most 8 words and 200 characters" in answer.content.decode()


@pytest.mark.parametrize("query", ["%", "<script>alert(1)</script>", "'; DROP TABLE x;", "\x00"])
def test_what_is_typed_is_never_markup(book, client, db, query):
    answer = client.get("/search/", {"q": query})

    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_a_search_can_stay_in_one_course(book, client, db):
    assert client.get("/search/", {"q": "本", "course": "book"}).context["total"] == 1
    assert client.get("/search/", {"q": "本", "course": "none"}).status_code == 404


def test_search_asks_no_database(book, client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/search/", {"q": "本"})


@pytest.fixture
def explained_book(book, settings):
    """The book with a glossary: what it found before is in `book`."""
    terms = [
        term_toml("update", "更新", "update", 'also = ["refresh", "アプデ", "roll out"]'),
        term_toml("shelf", "本の置き場", "the shelf"),
        term_toml("role", "権限", "role"),
        term_toml("nowhere", "どこにもない", "nowhere named"),
    ]
    folder = settings.PORTAL_COURSES_DIR / "book"
    (folder / "glossary.toml").write_text("\n".join(terms), "utf-8")
    library.load()
    return library.course("book")


@pytest.mark.parametrize(
    ("query", "language", "expected"),
    [
        ("update", "ja", ["update"]),  # another language
        ("更新", "en", ["update"]),
        ("Refresh", "ja", ["update"]),  # another spelling
        ("refresh", "en", ["update"]),
        ("ｱﾌﾟﾃﾞ", "en", ["update"]),  # folded as everything is
        ("refresh 権限", "ja", ["update"]),  # each word by itself
        ("refresh 本", "ja", []),
        ("refresh ROLE", "ja", ["update"]),
        ("roll out", "ja", ["update"]),  # the query as a whole
        ("The  Shelf", "ja", ["shelf"]),
        ("本の置き場", "en", ["shelf"]),
        ("roll", "ja", []),  # a part of a term is not the term
        ("refreshing", "ja", []),
        ("nowhere named", "en", []),
        ("どこにもない", "ja", []),
    ],
)
def test_a_term_is_found_however_it_is_typed(explained_book, query, language, expected):
    assert found(explained_book, query, language) == expected


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("本", "ja"),
        ("CPU", "ja"),
        ("更新 権限", "ja"),
        ("%", "ja"),
        ("the shelf", "en"),
        ("put here", "en"),
        ("book", "ja"),
    ],
)
def test_a_glossary_leaves_other_results_as_they_are(book, explained_book, query, language):
    def ranked(course):
        hits = search([course], language, query)
        return [(hit.document.section, hit.score, hit.snippet()) for hit in hits]

    assert ranked(explained_book) == ranked(book)


def test_a_snippet_marks_the_name_that_was_found(explained_book):
    (hit,) = search([explained_book], "ja", "refresh")

    assert ("更新", True) in hit.snippet()
    assert hit.words == ("更新",)


def test_words_of_a_query_may_be_many_though_the_terms_are_long(explained_book):
    with pytest.raises(QueryTooLongError):
        search([explained_book], "ja", "roll out " + " ".join("abcdefg"))


def test_a_search_for_a_term_asks_no_database(
    explained_book, client, db, django_assert_num_queries
):
    with django_assert_num_queries(0):
        answer = client.get("/search/", {"q": "refresh"}, headers={"Accept-Language": "ja"})

    assert answer.context["total"] == 1
    assert "<mark>更新</mark>" in answer.content.decode()
