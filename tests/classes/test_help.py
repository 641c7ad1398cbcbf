"""Who needs help: each reason with its figures, nobody without one, and a message to send."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from classes import help as helping
from classes import help_words
from classes.help import Case
from classes.help_words import Links
from classes.models import Classroom
from classes.standing import standing
from tests.classes.overview_rows import fail, make_answers
from tests.classes.rows import make_attempt, make_member, make_run, read_chapter
from tests.factories import make_user

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
LINKS = Links("https://example.org/learn/", "https://example.org/quizzes/", "https://e.org/lab/")


def url(room: Classroom, query: str = "") -> str:
    return f"/classes/{room.pk}/help/{query}"


@pytest.fixture
def cases(room, class_course):
    return lambda now=NOW: helping.cases(room, class_course, standing(room, class_course, now), now)


def kinds(found: list[Case]) -> list[str]:
    return [reason.kind for one in found for reason in one.reasons]


def test_who_joined_long_ago_and_did_nothing_has_not_started(cases, room, aiko):
    (found,) = cases()

    assert found.user == aiko
    assert (found.reasons[0].kind, found.reasons[0].count) == ("new", 54)


def test_who_joined_just_now_is_left_alone(cases, room, aiko):
    room.membership_set.filter(user=aiko).update(joined_at=NOW - 2 * DAY)

    assert cases() == []


@pytest.mark.parametrize(("days", "expected"), [(9, []), (10, ["stalled"])])
def test_after_ten_quiet_days_somebody_has_stalled(days, expected, cases, class_course, aiko):
    read_chapter(aiko, class_course, class_course.chapters[0].slug, NOW - days * DAY, 1)

    assert kinds(cases()) == expected


def test_who_is_done_with_everything_has_not_stalled(cases, room, class_course, aiko):
    long_ago = NOW - 20 * DAY
    for chapter in class_course.chapters:
        read_chapter(aiko, class_course, chapter.slug, long_ago)
    for quiz in class_course.quizzes:
        make_attempt(aiko, quiz.slug, long_ago)
    for lab in class_course.labs:
        make_run(aiko, lab.slug, long_ago)

    assert cases() == []


def test_an_attempt_that_the_clock_closed_is_no_sign_of_life(cases, aiko):
    make_attempt(aiko, "first", NOW - 20 * DAY, closed_at=NOW - DAY, closed_by="time")

    assert kinds(cases()) == ["stalled"]


def test_the_same_check_twice_in_a_row_needs_help(cases, aiko):
    fail(aiko, "build", NOW - 2 * DAY, "build-done")
    fail(aiko, "build", NOW - DAY, "build-done")

    (found,) = cases()

    reason = found.reasons[0]
    assert (reason.kind, reason.count) == ("check", 2)
    assert reason.lab is not None
    assert reason.check is not None
    assert (reason.lab.slug, reason.check.id) == ("build", "build-done")


def test_one_failure_is_how_everybody_learns(cases, aiko):
    fail(aiko, "build", NOW - DAY, "build-done")

    assert cases() == []


def test_a_lab_that_holds_by_now_needs_no_help(cases, aiko):
    fail(aiko, "build", NOW - 3 * DAY, "build-done")
    fail(aiko, "build", NOW - 2 * DAY, "build-done")
    make_run(aiko, "build", NOW - DAY)

    assert cases() == []


def test_failures_before_it_held_do_not_count(cases, aiko):
    fail(aiko, "build", NOW - 3 * DAY, "build-done")
    make_run(aiko, "build", NOW - 2 * DAY)
    fail(aiko, "build", NOW - DAY, "build-done")

    assert cases() == []


def test_a_run_that_could_judge_nothing_breaks_no_row(cases, aiko):
    fail(aiko, "build", NOW - 3 * DAY, "build-done")
    fail(aiko, "build", NOW - 2 * DAY, "build-done")
    make_run(aiko, "build", NOW - DAY, "unknown")

    assert kinds(cases()) == ["check"]


def test_a_check_or_lab_that_the_course_lost_is_passed_over(cases, aiko):
    for days in (1, 2):
        fail(aiko, "build", NOW - days * DAY, "no-such-check")
        fail(aiko, "no-such-lab", NOW - days * DAY, "build-done")

    assert cases() == []


def test_falling_results_are_told_in_percent(cases, room, aiko):
    others = [make_user(f"other{number}") for number in range(6)]
    for one in others:
        make_member(room, one)
        make_attempt(one, "extra", NOW - 40 * DAY, points=14, out_of=20)
        make_attempt(one, "first", NOW - 2 * DAY, points=14, out_of=20)
    make_attempt(aiko, "extra", NOW - 40 * DAY, points=18, out_of=20)
    make_attempt(aiko, "first", NOW - 2 * DAY, points=8, out_of=20)

    (found,) = cases()

    assert found.user == aiko
    assert (found.reasons[0].before, found.reasons[0].since) == (90, 40)


def test_who_is_at_work_comes_before_who_is_away(cases, room, class_course, aiko):
    stalled, stuck = make_user("stalled"), make_user("stuck")
    for one in (stalled, stuck):
        make_member(room, one)
    read_chapter(stalled, class_course, class_course.chapters[0].slug, NOW - 30 * DAY, 1)
    for days in (1, 2):
        fail(stuck, "build", NOW - days * DAY, "build-done")

    assert [one.user for one in cases()] == [stuck, stalled, aiko]


def test_who_left_is_not_on_the_list(cases, room, aiko):
    room.membership_set.filter(user=aiko).update(left_at=NOW)

    assert cases() == []


@pytest.mark.parametrize(
    ("language", "hello"), [("ja", "aiko さん、こんにちは。"), ("en", "Hello aiko,")]
)
def test_the_message_is_in_the_learners_language(language, hello, cases, class_course, aiko):
    aiko.language = language
    aiko.save()
    (found,) = cases()

    written = help_words.message(found, class_course, LINKS, "Chie", "en")

    assert written.language == language
    assert written.text.startswith(hello)
    assert LINKS.course in written.text
    assert written.text.endswith("Chie")


def test_the_mail_says_what_the_message_says(cases, class_course, aiko):
    (found,) = cases()

    written = help_words.message(found, class_course, LINKS, "Chie", "en")

    parts = urlsplit(written.mailto)
    assert (parts.scheme, parts.path) == ("mailto", "aiko@example.com")
    assert parse_qs(parts.query)["body"] == [written.text]


def test_a_message_about_a_lab_leads_there(chie_client, room, aiko):
    for days in (1, 2):
        fail(aiko, "build", datetime.now(UTC) - days * DAY, "build-done")

    text = chie_client.get(url(room)).content.decode()

    assert "failed at the same check 2 times in a row" in text
    assert "http://testserver/labs/demo/build/" in text
    assert f'href="/classes/{room.pk}/learners/' in text


def test_the_list_can_be_kept_to_one_reason(chie_client, room, aiko):
    page = chie_client.get(url(room, "?reason=check"))

    assert "This reason holds for nobody." in page.content.decode()
    assert page.context["case_count"] == 1


def test_a_reason_that_is_none_shows_everybody(chie_client, room, aiko):
    page = chie_client.get(url(room, "?reason=%3Cscript%3E&page=99"))

    assert [one.case.user for one in page.context["rows"]] == [aiko]


def test_a_long_list_comes_in_pages(chie_client, room):
    for number in range(30):
        make_member(room, make_user(f"learner{number}"))

    second = chie_client.get(url(room, "?page=2"))

    assert len(second.context["rows"]) == 11
    assert second.context["case_count"] == 31


def test_a_class_without_learners_says_what_will_be_there(chie_client, room, aiko):
    room.membership_set.filter(user=aiko).delete()

    assert "No learner is here yet." in chie_client.get(url(room)).content.decode()


def test_nobody_to_help_is_said(chie_client, room, class_course, aiko):
    make_answers(aiko, "extra", datetime.now(UTC), 3)

    assert "Nobody stands out." in chie_client.get(url(room)).content.decode()
