"""The overview of a class: its figures, its plots, what it says when there is nothing."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from classes import overview, plots, simulation
from classes.models import Classroom, Kind
from classes.standing import standing
from tests.classes.conftest import client_of
from tests.classes.overview_rows import fail, make_answers
from tests.classes.rows import make_assignment, make_member, make_run, read_chapter
from tests.factories import make_user

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)  # a Wednesday
DAY = timedelta(days=1)


def url(room: Classroom) -> str:
    return f"/classes/{room.pk}/overview/"


def make_learners(room: Classroom, count: int) -> list[User]:
    people = [make_user(f"learner{number}") for number in range(count)]
    for one in people:
        make_member(room, one)
    return people


def weeks(room: Classroom, course, now: datetime = NOW) -> dict[date, overview.Week]:
    found = overview.weeks(room, standing(room, course, now), now)
    return {one.begin: one for one in found}


def test_a_class_without_learners_says_how_to_get_some(chie_client, room, aiko):
    room.membership_set.filter(user=aiko).delete()

    page = chie_client.get(url(room))

    assert page.status_code == 200
    assert "No learner is here yet." in page.content.decode()


def test_before_anybody_did_anything_each_part_says_what_will_be_there(chie_client, room):
    text = chie_client.get(url(room)).content.decode()

    for words in (
        "Nobody has marked a section read yet.",
        "Nobody has handed in a quiz yet.",
        "No lab has held yet.",
        "No lab has failed yet.",
        "questions show here once at least 5 learners",
    ):
        assert words in text


def test_the_course_that_is_gone_is_told_in_words(chie_client, room):
    room.course = "gone"
    room.save()

    page = chie_client.get(url(room))

    assert page.status_code == 404
    assert "is not installed here any more" in page.content.decode()


def test_weeks_begin_on_monday_of_the_classes_clocks(room, class_course, aiko):
    sunday_night_in_tokyo = datetime(2026, 11, 22, 14, 59, tzinfo=UTC)
    first, second, *_ = class_course.chapters
    read_chapter(aiko, class_course, first.slug, sunday_night_in_tokyo, 1)
    read_chapter(aiko, class_course, second.slug, sunday_night_in_tokyo + timedelta(minutes=1), 1)

    found = weeks(room, class_course)

    assert found[date(2026, 11, 16)].sections == 1
    assert found[date(2026, 11, 23)].sections == 1


def test_weeks_stay_weeks_when_clocks_change(room, class_course, aiko):
    room.time_zone = "Europe/Berlin"  # back to winter time on 25 October 2026
    room.save()
    sunday_night = datetime(2026, 10, 25, 22, 59, tzinfo=UTC)
    summer = datetime(2026, 10, 18, 22, 0, tzinfo=UTC)  # Monday, 0:00 in summer time
    first, second, *_ = class_course.chapters
    read_chapter(aiko, class_course, first.slug, sunday_night, 1)
    read_chapter(aiko, class_course, second.slug, summer, 1)

    found = weeks(room, class_course)

    assert found[date(2026, 10, 19)].sections == 2


def test_a_week_counts_answers_handed_in_and_labs_that_held_first(room, class_course, aiko):
    make_answers(aiko, "extra", NOW - DAY, 3)
    make_run(aiko, "build", NOW - DAY)
    make_run(aiko, "build", NOW)

    week = weeks(room, class_course)[date(2026, 11, 23)]

    assert (week.answers, week.labs) == (8, 1)


def test_what_happened_before_the_weeks_shown_is_left_out(room, class_course, aiko):
    make_answers(aiko, "extra", NOW - 80 * DAY, 3)
    make_run(aiko, "build", NOW - 80 * DAY)

    found = weeks(room, class_course)

    assert len(found) == overview.WEEKS
    assert all((one.answers, one.labs, one.sections) == (0, 0, 0) for one in found.values())


def test_numbers_count_who_is_active_what_is_done_and_what_is_due(room, class_course, aiko):
    make_learners(room, 1)
    first, second, *_ = class_course.chapters
    make_assignment(room, Kind.CHAPTER, first.slug, due_at=NOW - DAY)
    make_assignment(room, Kind.CHAPTER, second.slug, due_at=NOW + DAY)
    make_assignment(room, Kind.LAB, "build", due_at=NOW + 2 * DAY)
    read_chapter(aiko, class_course, first.slug, NOW - 2 * DAY)

    found = overview.numbers(standing(room, class_course, NOW), NOW)

    assert (found.learners, found.active) == (2, 1)
    assert (found.done, found.set_count, found.overdue) == (1, 6, 1)
    assert [(one.column.slug, one.done) for one in found.due] == [(second.slug, 0)]


def test_only_first_attempts_say_how_hard_a_question_is(room, class_course, aiko):
    make_answers(aiko, "extra", NOW - 2 * DAY, 0)
    make_answers(aiko, "extra", NOW - DAY, 8)

    found = overview.questions(room, class_course)

    assert sum(one.asked for one in found.domains.values()) == 8
    assert sum(one.right for one in found.domains.values()) == 0


def test_answers_of_people_elsewhere_do_not_count(room, class_course, ben):
    make_answers(ben, "extra", NOW, 3)

    found = overview.questions(room, class_course)

    assert all(one.asked == 0 for one in found.domains.values())


def test_the_question_most_missed_comes_first_and_few_answers_name_none(room, class_course, aiko):
    people = make_learners(room, 3)
    for right, person in zip((1, 1, 2), people, strict=True):
        make_answers(person, "extra", NOW, right)
    make_answers(aiko, "extra", NOW, 1)

    too_few = overview.questions(room, class_course).missed
    fifth = make_user("fifth")
    make_member(room, fifth)
    make_answers(fifth, "extra", NOW, 7)
    missed = overview.questions(room, class_course).missed

    assert too_few == []
    assert missed[0].share == overview.Share(0, 5)
    assert all(one.share.right < one.share.asked for one in missed)


def test_labs_are_counted_by_learners_not_by_runs(room, class_course, aiko):
    (other,) = make_learners(room, 1)
    for hours in range(3):
        fail(aiko, "build", NOW + timedelta(hours=hours), "build-done")
    make_run(other, "build", NOW)

    (found,) = overview.stumbles(room, class_course)

    assert (found.lab.slug, found.tried, found.failed, found.at) == ("build", 2, 1, 1)
    assert found.check is not None
    assert found.check.id == "build-done"


@pytest.mark.parametrize(("percent", "place"), [(0, 0), (9, 0), (10, 1), (99, 9), (100, 9)])
def test_a_tenth_begins_at_its_first_percent(percent, place):
    assert overview.binned([percent])[place] == 1


def test_the_highest_column_fills_the_plot_and_one_is_still_seen():
    plot = plots.columns([0, 1, 5000], ["a", "b", "c"])

    assert [one.height for one in plot.bars] == [0, 2, 100]
    assert [one.y + one.height for one in plot.bars] == [100, 100, 100]
    assert plots.columns([0, 0], ["a", "b"]).is_empty


def test_every_plot_has_a_name_a_reading_and_its_figures_in_a_table(
    chie_client, class_course, chie
):
    room = simulation.create(class_course, chie, learners=30, seed=1, now=datetime.now(UTC))

    text = chie_client.get(url(room)).content.decode()

    drawings = re.findall(r'<svg[^>]*role="img"[^>]*aria-labelledby="([^"]+)"', text)
    assert len(drawings) == 5
    assert all(f'id="{one}"' in text for names in drawings for one in names.split())
    assert text.count("The figures as a table") == 2
    assert "Simulated: these learners do not exist" in text
    assert "style=" not in text


@pytest.mark.parametrize("page", ["overview", "help"])
def test_pages_take_as_many_queries_for_thirty_learners_as_for_three(page, class_course, chie):
    counts = []
    for learners in (3, 30):
        simulation.remove()
        room = simulation.create(
            class_course, chie, learners=learners, seed=4, now=datetime.now(UTC)
        )
        client = client_of(chie)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"/classes/{room.pk}/{page}/").status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def steps(sql_plan: str) -> list[str]:
    """Return the steps of a plan that touch the answers."""
    if connection.vendor == "sqlite":
        return [one for one in sql_plan.splitlines() if "quizzes_answer" in one]
    todo, found = [json.loads(sql_plan)[0]["Plan"]], []
    while todo:
        step = todo.pop()
        todo += step.get("Plans", [])
        if step.get("Relation Name") == "quizzes_answer":
            found.append(f"{step['Node Type']} {step.get('Index Name', '')}")
    return found


@pytest.mark.parametrize("is_analysed", [True, False])
def test_no_plan_scans_the_answers(is_analysed, class_course, chie, room):
    simulation.fill(room, class_course, learners=10, seed=1, now=NOW)
    simulation.create(class_course, chie, learners=400, seed=2, now=NOW)
    if is_analysed or connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    options = {} if connection.vendor == "sqlite" else {"format": "json"}
    found = steps(overview.tallied(room).explain(**options))

    assert found
    assert not any("SCAN" in one or "Seq Scan" in one for one in found), found


def test_pages_read_no_answer_into_memory(class_course, chie):
    room = simulation.create(class_course, chie, learners=3, seed=4, now=datetime.now(UTC))
    client = client_of(chie)

    with CaptureQueriesContext(connection) as queries:
        client.get(url(room))
        client.get(f"/classes/{room.pk}/help/")

    of_answers = [one["sql"] for one in queries if 'FROM "quizzes_answer"' in one["sql"]]
    assert len(of_answers) == 1
    assert "GROUP BY" in of_answers[0]
