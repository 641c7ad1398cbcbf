"""The pages of item analysis: what they say, how they are sorted, who may open them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from classes import scatter
from classes.scatter import Place
from content import library
from tests.classes.items_rows import (
    GOLDEN,
    MONDAY,
    fill,
    make_learners,
    questions,
    right_or_wrong,
    sit,
)
from tests.content.course_builder import write_course

pytestmark = pytest.mark.django_db
ENOUGH = GOLDEN * 5  # 30 learners


def page(client, room, path="", status=200, language="en"):
    answer = client.get(f"/classes/{room.pk}/items/{path}", headers={"accept-language": language})
    assert answer.status_code == status
    return answer


def words(answer) -> str:
    """Return the text of a page without tags, with single spaces."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(text.split())


def test_a_class_without_attempts_says_what_will_appear(chie_client, room):
    assert "Nobody in this class has finished a quiz yet" in words(page(chie_client, room))
    assert "Nobody in this class has finished this quiz yet" in words(
        page(chie_client, room, "extra/")
    )


def test_one_attempt_is_shown_and_not_judged(chie_client, room, class_course, aiko):
    sit(aiko, "extra", right_or_wrong(questions(class_course, "extra", 4), "1100"))

    found = words(page(chie_client, room, "extra/"))

    assert "1 learner" in found
    assert "50 %" in found
    assert "too few to say" in found
    assert "Negative discrimination" not in found
    assert "With fewer than 25 learners" in found
    assert page(chie_client, room, "extra/b-0/").status_code == 200


def test_the_list_has_each_quiz_with_its_figures_and_what_to_look_at(
    chie_client, room, class_course
):
    fill(room, class_course, ENOUGH)

    answer = page(chie_client, room)

    (row,) = (one for one in answer.context["rows"] if one.analysis.slug == "extra")
    assert row.analysis.figures.n == 30
    assert "54 %" in words(answer)
    assert [one.item.question.id for one in row.flagged] == ["b-3"]
    assert f'href="/classes/{room.pk}/items/extra/b-3/"' in answer.content.decode()
    assert "Negative discrimination" in words(answer)


def test_the_quiz_has_figures_with_a_sentence_each(chie_client, room, class_course):
    fill(room, class_course, ENOUGH)

    answer = page(chie_client, room, "extra/")

    values = {one.term: one.value for one in answer.context["readings"]}
    assert (values["Mean"], values["Median"]) == ("54 %", "50 %")
    assert values["Reliability"] == "33 %"
    assert all(one.sentence for one in answer.context["readings"])


def order(answer):
    return [one.item.question.id for one in answer.context["rows"]]


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("", "b-0"),
        ("?sort=-number", "b-3"),
        ("?sort=facility", "b-2"),
        ("?sort=-facility", "b-0"),
        ("?sort=discrimination", "b-3"),
        ("?sort=-efficiency", "b-2"),
        ("?sort=-weight", "b-2"),
        ("?sort=nonsense", "b-0"),
    ],
)
def test_questions_are_sorted_as_the_url_says(chie_client, room, class_course, sort, first):
    fill(room, class_course, ENOUGH)

    assert order(page(chie_client, room, f"extra/{sort}"))[0] == first


def test_the_head_of_a_sorted_column_says_so_and_turns_it(chie_client, room, class_course):
    fill(room, class_course, ENOUGH)

    found = page(chie_client, room, "extra/?sort=facility").content.decode()

    assert found.count("aria-sort=") == 1
    assert 'aria-sort="ascending"' in found
    assert 'href="?sort=-facility#table-title"' in found


def test_questions_without_the_figure_come_last_either_way(chie_client, room, class_course):
    fill(room, class_course, [row + "1" for row in ENOUGH])

    for sort in ("discrimination", "-discrimination"):
        assert order(page(chie_client, room, f"extra/?sort={sort}"))[-1] == "b-4"


def test_the_plot_has_a_mark_for_each_question_and_words_for_all(chie_client, room, class_course):
    fill(room, class_course, ENOUGH)

    answer = page(chie_client, room, "extra/")

    found = answer.content.decode()
    assert found.count('class="scatter-point"') == 3
    assert found.count('class="scatter-flag"') == 1
    assert 'role="img" aria-labelledby="scatter-title scatter-words"' in found
    assert "style=" not in found


def test_a_mock_exam_says_why_it_has_no_reliability(chie_client, room, class_course):
    users = make_learners(room, 30)
    asked = questions(class_course, "extra")
    for place, user in enumerate(users):
        some = asked[place % 4 : place % 4 + 4]
        sit(user, "mock", right_or_wrong(some, GOLDEN[place % 6]), mode="exam")

    answer = page(chie_client, room, "mock/")

    values = {one.term: one.value for one in answer.context["readings"]}
    assert values["Reliability"] == "not defined here"
    assert "draws other questions" in words(answer)


def test_a_question_shows_its_key_and_reasons_and_where_to_read(chie_client, room, class_course):
    fill(room, class_course, ENOUGH)

    answer = page(chie_client, room, "extra/b-3/")

    found = answer.content.decode()
    assert "What about b-3?" in found
    assert "because alpha" in found
    assert 'href="/learn/demo/second/#closer"' in found
    assert "quizzes/extra.toml" in found
    assert "Those who did well elsewhere got this question wrong more often" in words(answer)


def test_a_question_shows_who_picked_what(chie_client, room, class_course):
    fill(room, class_course, ENOUGH)

    answer = page(chie_client, room, "extra/b-0/")

    everybody = answer.context["picks"][0].shares[0]
    assert (everybody.count, everybody.percent) == (25, 83)
    assert sum(one.size for one in answer.context["groups"]) == 30


@pytest.mark.parametrize("kind", ["single", "multiple", "ordering", "matching", "short"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_kind_of_question_has_its_page(chie_client, room, class_course, aiko, kind, language):
    sit(aiko, "first", right_or_wrong(questions(class_course, "first"), "01010"))

    answer = page(chie_client, room, f"first/a-{kind}/", language=language)

    assert answer.context["item"].question.kind == kind
    assert "quizzes/01-first.toml" in answer.content.decode()


def test_what_learners_typed_is_escaped(chie_client, room, class_course, aiko):
    sit(aiko, "first", [(class_course.questions["a-short"], "<script>alert(1)</script>")])

    found = page(chie_client, room, "first/a-short/").content.decode()

    assert "<script>alert" not in found
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in found


def test_an_older_text_has_a_page_of_its_own_and_says_so(
    chie_client, room, class_course, courses_dir, aiko
):
    old = class_course.questions["b-0"]
    sit(aiko, "extra", right_or_wrong([old], "1"))
    text = (courses_dir / "demo/quizzes/extra.toml").read_text("utf-8")
    mended = text.replace("What about b-0?", "What exactly about b-0?")
    write_course(courses_dir / "demo", files={"quizzes/extra.toml": mended, "course.toml": None})
    library.load()

    answer = page(chie_client, room, f"extra/{old.digest}/")

    assert "older text" in words(answer)
    assert "What about b-0?" in answer.content.decode()


def test_what_is_not_there_is_not_found(chie_client, room, class_course, aiko):
    sit(aiko, "extra", right_or_wrong(questions(class_course, "extra", 1), "1"))

    page(chie_client, room, "never-was/", status=404)
    page(chie_client, room, "never-was/b-0/", status=404)
    page(chie_client, room, "extra/never-was/", status=404)
    assert "asked that question" in words(page(chie_client, room, "first/b-0/", status=404))


def test_a_quiz_that_is_gone_keeps_its_page(chie_client, room, class_course, aiko):
    sit(aiko, "vanished", right_or_wrong(questions(class_course, "extra", 1), "1"))

    assert "no longer in the course" in words(page(chie_client, room))
    assert "vanished" in words(page(chie_client, room, "vanished/"))
    page(chie_client, room, "vanished/b-0/")


def test_a_course_that_is_gone_says_what_to_do(chie_client, room, courses_dir):
    room.course = "gone"
    room.save()

    assert "put its folder back" in words(page(chie_client, room, status=404))


def test_the_pages_only_show(chie_client, room):
    for path in ("", "extra/", "extra/b-0/"):
        assert chie_client.post(f"/classes/{room.pk}/items/{path}").status_code == 405


def queries(client, room, path) -> int:
    page(client, room, path)  # what a process keeps is kept now
    with CaptureQueriesContext(
        connection,
    ) as caught:
        page(client, room, path)
    return len(caught)


@pytest.mark.parametrize("path", ["", "extra/", "extra/b-0/"])
def test_thirty_learners_cost_as_many_queries_as_three(chie_client, room, class_course, path):
    fill(room, class_course, GOLDEN[:3])
    few = queries(chie_client, room, path)

    for place, user in enumerate(make_learners(room, 27, "more")):
        answers = right_or_wrong(questions(class_course, "extra", 4), GOLDEN[place % 6])
        sit(user, "extra", answers, at=MONDAY + timedelta(days=place))

    assert queries(chie_client, room, path) == few
    assert few <= 7


def test_the_plot_reaches_down_to_its_lowest_question():
    found = scatter.scatter([Place(1, 100, 100, False), Place(2, 0, -45, True)])

    assert [one.percent for one in found.rows] == [-60, -40, -20, 0, 20, 40, 60, 80, 100]
    assert (found.points[0].x, found.points[0].y) == (scatter.RIGHT, scatter.TOP)
    lowest = found.points[1]
    assert lowest.x == scatter.LEFT
    assert found.rows[0].at > lowest.y > found.rows[1].at
