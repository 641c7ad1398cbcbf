"""The matrix of learners and work: its figures, its order, its filter, its cells."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from classes import gradebook, marks, roster
from classes.gradebook import Order, name_of
from classes.models import Kind, Mark, Membership
from classes.sorting import STATES
from tests.classes.plans import scanned
from tests.classes.rows import (
    EXAM,
    make_assignment,
    make_attempt,
    make_member,
    make_run,
    read_chapter,
)
from tests.classes.test_people import member_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def crowd(room, class_course, chie):
    """Nine learners of all states in every kind of work; some is due since yesterday."""
    now = timezone.now()
    for kind, slug, terms in (
        (Kind.CHAPTER, "first", None), (Kind.QUIZ, "first", None),
        (Kind.QUIZ, "extra", EXAM), (Kind.LAB, "build", None),
    ):  # fmt: skip
        make_assignment(room, kind, slug, terms=terms, due_at=now - DAY)
    make_assignment(room, Kind.LAB, "ship", due_at=now + DAY)
    for number in range(9):
        learn(number, room, class_course, now)
    for number, percents in ((4, [55]), (5, [10, None])):
        member = Membership.objects.get(user__username=f"learner{number}")
        for percent in percents:
            marks.give(member, ("quiz", "extra"), percent, reason="ill", by=chie, at=now)
    return room


def learn(number: int, room, course, now) -> None:
    """Let a learner do some of it, another part for each number."""
    user = make_user(f"learner{number}", display_name=f"L {number}" if number % 2 else "")
    make_member(room, user)
    at = now - DAY * (number % 3)
    for chapter in ("first", "second"):
        read_chapter(user, course, chapter, at, count=number % 4)
    if number % 4:
        make_attempt(user, "first", at, points=(number % 5) or None)
        make_attempt(user, "extra", at, points=4)
        make_attempt(user, "extra", at, points=(number % 5) or None, mode="exam")
    if number % 3:
        make_run(user, "build", at, "pass" if number % 2 else "fail")
        make_run(user, "ship", at, "fail")


def book(room, course, now=None, **order):
    found = list(room.assignment_set.all())
    return gradebook.gradebook(room, course, found, Order(**order), now or timezone.now())


def names(rows) -> list[str]:
    return [row.member.user.username for row in rows]


def test_sorting_in_the_database_is_sorting_by_the_cells(crowd, class_course):
    whole = book(crowd, class_course)
    by_person = {row.member.pk: row.cells for row in whole.rows(list(whole.members))}

    for (place, column), is_descending in product(enumerate(whole.columns), (False, True)):
        shown = book(crowd, class_course, sort=name_of(column), is_descending=is_descending)
        order = [by_person[one.pk][place] for one in shown.members]
        if column.kind == Kind.LAB:
            figures = [100 if one.done_at else -1 for one in order]
        else:
            figures = [-1 if one.percent is None else one.percent for one in order]
        assert figures == sorted(figures, reverse=is_descending), name_of(column)


def test_a_filter_keeps_those_whose_cell_is_in_the_state(crowd, class_course):
    now = timezone.now()
    whole = book(crowd, class_course, now)
    rows = whole.rows(list(whole.members))

    found = {}
    for (place, column), state in product(enumerate(whole.columns), STATES):
        kept = book(crowd, class_course, now, sort=name_of(column), state=state)
        found[name_of(column), state] = set(names(kept.rows(list(kept.members))))
        wanted = {
            name
            for name, row in zip(names(rows), rows, strict=True)
            if row.cells[place].state == state
        }
        assert found[name_of(column), state] == wanted, (name_of(column), state)

    assert all(any(found[key] for key in found if key[1] == state) for state in STATES)


def test_paging_changes_no_figure(crowd, class_course):
    whole = book(crowd, class_course)
    members = list(whole.members)

    paged = [
        row for start in range(0, len(members), 4) for row in whole.rows(members[start : start + 4])
    ]

    assert paged == whole.rows(members)


def test_the_page_shows_learners_and_not_those_who_teach(crowd, chie_client):
    text = chie_client.get(f"/classes/{crowd.pk}/gradebook/").text

    assert "learner8" in text
    assert '<th scope="row">' in text
    assert not re.search(r'<th scope="row"><a[^>]*>(Chie|dan)<', text)


@pytest.mark.parametrize("page", ["gradebook", "results"])
def test_no_two_columns_have_one_head(crowd, chie_client, page):
    text = chie_client.get(f"/classes/{crowd.pk}/{page}/?group=all&lang=en").text

    heads = [
        re.sub(r"<[^>]+>", " ", one).split() for one in re.findall(r'<th scope="col".*?</th>', text)
    ]
    titles = [" ".join(one).partition(" due ")[0] for one in heads]
    assert len(titles) == len(set(titles)) > 1


def test_a_name_is_sorted_both_ways_and_found_by_a_part(crowd, class_course):
    up = [one.pk for one in book(crowd, class_course).members]
    down = [one.pk for one in book(crowd, class_course, is_descending=True).members]
    found = book(crowd, class_course, text="learner7").members

    assert down == up[::-1]
    assert [one.user.username for one in found] == ["learner7"]


def test_nonsense_in_the_address_is_said_and_left_out(crowd, chie_client):
    for query in ("sort=quiz:none", "sort=%00", "group=x", "state=x", "page=x", "page=-1", "q=%00"):
        answer = chie_client.get(f"/classes/{crowd.pk}/gradebook/?lang=en&{query}")
        assert answer.status_code == 200, query
        assert "learner8" in answer.text, query
    assert (
        "means nothing here"
        in chie_client.get(f"/classes/{crowd.pk}/gradebook/?lang=en&sort=quiz:none").text
    )


def test_who_left_is_shown_when_asked(crowd, aiko, chie_client):
    roster.remove(member_of(crowd, aiko), timezone.now())

    here = chie_client.get(f"/classes/{crowd.pk}/gradebook/").text
    gone = chie_client.get(f"/classes/{crowd.pk}/gradebook/?show=left").text

    assert ">aiko<" not in here
    assert ">aiko<" in gone


@pytest.mark.parametrize(
    "path", ["gradebook/", "gradebook/?sort=-quiz:extra&state=late", "results/"]
)
def test_a_page_costs_the_same_for_three_and_for_thirty(
    room, class_course, chie_client, path, django_assert_num_queries, django_assert_max_num_queries
):
    url = f"/classes/{room.pk}/{path}"
    make_assignment(room, Kind.QUIZ, "extra", terms=EXAM)
    with django_assert_max_num_queries(12) as first:
        chie_client.get(url)
    for number in range(30):
        user = make_user(f"learner{number}")
        make_member(room, user)
        make_attempt(user, "extra", timezone.now(), mode="exam")
        make_run(user, "build", timezone.now())
    with django_assert_num_queries(len(first)):
        chie_client.get(url)


def test_an_empty_class_says_what_will_appear(room, chie_client):
    Membership.objects.filter(role="learner").delete()

    assert (
        "No learner is here yet" in chie_client.get(f"/classes/{room.pk}/gradebook/?lang=en").text
    )


class TestCell:
    @pytest.fixture
    def url(self, room, aiko):
        return f"/classes/{room.pk}/gradebook/{member_of(room, aiko).pk}"

    def test_each_kind_of_work_is_opened(self, room, class_course, aiko, chie_client, url):
        now = timezone.now()
        read_chapter(aiko, class_course, "first", now, count=1)
        attempt = make_attempt(aiko, "first", now, points=3)
        make_run(aiko, "build", now, "fail", verdicts=[{
            "check": "build-done", "status": "fail", "found": "-", "expected": "x", "cause": "",
        }])  # fmt: skip

        chapter = chie_client.get(f"{url}/chapter/first/?lang=en").text
        quiz = chie_client.get(f"{url}/quiz/first/?lang=en").text
        lab = chie_client.get(f"{url}/lab/build/?lang=en").text

        assert "What it is" in chapter
        assert "not read" in chapter
        assert f"/classes/{room.pk}/attempts/{attempt.pk}/" in quiz
        assert "To mend" in lab

    def test_dates_are_told_as_due_dates_are_read(self, room, aiko, chie, chie_client, url):
        chie.time_zone = "America/New_York"
        chie.save()
        late = datetime(2026, 11, 25, 16, 30, tzinfo=UTC)  # the 26th in Tokyo
        make_attempt(aiko, "first", late, points=3)

        text = chie_client.get(f"{url}/quiz/first/?lang=en").text

        assert "first done Nov. 26, 2026, 1:35 a.m." in text
        assert ">Nov. 26, 2026, 1:30 a.m.</a>" in text
        assert "the time zone of the class, Asia/Tokyo" in text

    def test_a_mark_stands_in_the_matrix_with_its_reason_in_the_cell(
        self, room, aiko, chie_client, url
    ):
        make_attempt(aiko, "first", timezone.now(), points=1)

        chie_client.post(f"{url}/quiz/first/", {"percent": "90", "reason": "Oral <b>exam</b>"})
        cell = chie_client.get(f"{url}/quiz/first/?lang=en").text
        matrix = chie_client.get(f"/classes/{room.pk}/gradebook/?group=quizzes").text

        assert "Oral &lt;b&gt;exam&lt;/b&gt;" in cell
        assert "Chie" in cell
        assert "90 %*" in matrix

    def test_taking_a_mark_back_keeps_it_in_the_history(self, room, aiko, chie_client, url):
        for percent in ("90", ""):
            chie_client.post(f"{url}/quiz/first/", {"percent": percent, "reason": "why"})

        assert list(Mark.objects.order_by("pk").values_list("percent", flat=True)) == [90, None]
        assert "taken back" in chie_client.get(f"{url}/quiz/first/?lang=en").text

    @pytest.mark.parametrize(
        "form", [{"percent": "101", "reason": "x"}, {"percent": "-1", "reason": "x"},
                 {"percent": "x", "reason": "x"}, {"percent": "50", "reason": " "},
                 {"percent": "50", "reason": "x" * 501}],
    )  # fmt: skip
    def test_a_mark_that_cannot_be_is_refused(self, room, chie_client, url, form):
        assert chie_client.post(f"{url}/quiz/first/", form).status_code == 422
        assert not Mark.objects.exists()

    @pytest.mark.parametrize("tail", ["quiz/none/", "x/first/", "lab/first/"])
    def test_work_the_course_does_not_have_is_not_here(self, room, chie_client, url, tail):
        assert chie_client.get(f"{url}/{tail}").status_code == 404

    def test_a_learner_of_another_class_is_not_here(self, room, other_room, chie_client):
        elsewhere = other_room.membership_set.latest("pk").pk

        for path in (f"gradebook/{elsewhere}/quiz/first/", f"learners/{elsewhere}/"):
            assert chie_client.get(f"/classes/{room.pk}/{path}").status_code == 404

    def test_a_learners_page_has_all_their_work(self, room, aiko, chie_client):
        make_attempt(aiko, "first", timezone.now(), points=3)

        text = chie_client.get(f"/classes/{room.pk}/learners/{member_of(room, aiko).pk}/").text

        assert "75 %" in text
        assert "aiko@example.com" in text


@pytest.mark.parametrize(
    "path", ["gradebook/?group=all", "gradebook/?group=all&sort=-quiz:extra&state=late",
             "gradebook/?sort=chapter:first", "gradebook/?sort=lab:build",
             "results/csv/?group=all&questions=first"],
)  # fmt: skip
def test_no_query_reads_everybodys_work(crowd, chie_client, path):
    with CaptureQueriesContext(connection) as queries:
        answer = chie_client.get(f"/classes/{crowd.pk}/{path}")
        b"".join(answer.streaming_content) if answer.streaming else answer.content

    work = {"quizzes_answer", "quizzes_attempt", "content_sectionread", "labs_run", "classes_mark"}
    reads = [one["sql"] for one in queries if one["sql"].startswith("SELECT")]
    assert not [sql for sql in reads if scanned(sql) & work]
