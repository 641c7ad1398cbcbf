"""A key that was wrong is corrected: shown first, done on demand, never over a person's mark."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from content import library
from quizzes import keys, regrading
from quizzes.models import Answer, Override
from tests.content.course_builder import write_course
from tests.content.quiz_builder import WORDS, choice_toml, make_question, question_toml
from tests.factories import make_user
from tests.quizzes.conftest import FILES
from tests.quizzes.sitting import answer, let_time_run_out, rows, start, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiz_course")]
QUESTION = "a-single"


def single(*, right: str, words=WORDS[:4]) -> str:
    choices = [choice_toml(word, right=word == right) for word in words]
    return question_toml(QUESTION, choices=choices)


def correct(courses_dir, text: str) -> None:
    """Write the file of the first chapter anew, with this question only."""
    write_course(courses_dir / "demo", files=FILES | {"quizzes/01-first.toml": text})
    library.load()


def sat(client, *, right: bool) -> Answer:
    attempt = start(client)
    row = next(one for one in rows(attempt) if one.version.question == QUESTION)
    answer(client, row, right=right)
    submit(client, attempt)
    row.refresh_from_db()
    return row


def run(*options: str) -> str:
    out = StringIO()
    call_command("regrade", "demo", QUESTION, *options, stdout=out)
    return out.getvalue()


def test_a_preview_names_who_rises_and_who_falls_and_changes_nothing(
    aiko_client, ben, client, courses_dir
):
    client.force_login(ben)
    was_right, was_wrong = sat(aiko_client, right=True), sat(client, right=False)
    correct(courses_dir, single(right="bravo"))

    told = run()

    assert "falls: aiko" in told and "rises: ben" in told
    assert "1 rise, 1 fall, 0 stay" in told and "Nothing was changed" in told
    was_right.refresh_from_db()
    was_wrong.refresh_from_db()
    assert (was_right.credit, was_wrong.credit) == (1.0, 0.0)


def test_applied_the_marks_and_the_points_follow_the_key(aiko_client, courses_dir):
    row = sat(aiko_client, right=False)
    correct(courses_dir, single(right="bravo"))

    told = run("--apply")

    row.refresh_from_db()
    assert "1 attempts have other points" in told
    assert (row.credit, row.attempt.points) == (1.0, 1.0)
    page = aiko_client.get(f"/quizzes/attempts/{row.attempt_id}/").context["result"]
    assert next(one for one in page.rows if one.position == row.position).view.is_right


def test_a_second_run_has_nothing_left_to_do(aiko_client, courses_dir):
    sat(aiko_client, right=False)
    correct(courses_dir, single(right="bravo"))
    run("--apply")

    assert "0 rise, 0 fall, 0 stay" in run()


def test_a_mark_a_person_gave_stays(aiko_client, courses_dir):
    row = sat(aiko_client, right=False)
    chie = make_user("chie")
    regrading.override(row, 0.5, chie, "half of it was right", timezone.now())
    correct(courses_dir, single(right="bravo"))

    told = run("--apply")

    row.refresh_from_db()
    assert "1 marked by a person are kept" in told
    assert (row.credit, row.attempt.points) == (0.5, 0.5)
    assert Override.objects.get().reason == "half of it was right"


def test_choices_that_changed_places_are_known_by_their_words(aiko_client, courses_dir):
    row = sat(aiko_client, right=True)
    correct(courses_dir, single(right="alpha", words=WORDS[3::-1]))

    run("--apply")

    row.refresh_from_db()
    assert row.credit == 1.0


def test_a_question_with_other_choices_is_left_alone(aiko_client, courses_dir):
    row = sat(aiko_client, right=True)
    correct(courses_dir, single(right="bravo", words=("alpha", "bravo", "x")))

    told = run("--apply")

    row.refresh_from_db()
    assert "1 were asked with other choices" in told
    assert row.credit == 1.0


@pytest.mark.parametrize(
    ("kind", "picked", "places", "wanted"),
    [
        ("multiple", [0, 1], [2, 0, 1, 3, 4], [2, 0]),
        ("ordering", [0, 2, 1], [2, 0, 1], [2, 1, 0]),
        ("matching", [0, 1, -1], [2, 0, 1], [0, -1, 2]),
        ("short", "text", [0, 1], "text"),
        ("single", None, [0, 1, 2, 3], None),
    ],
)
def test_what_was_picked_moves_with_its_choice(kind, picked, places, wanted):
    assert keys.moved(picked, places, make_question("one", kind)) == wanted


def test_a_choice_whose_words_were_mended_is_known_by_its_place():
    asked = make_question("one", choices=[choice_toml(w, right=w == "alpha") for w in WORDS[:4]])
    mended = ("alpha", "brava", "charlie", "delta")
    today = make_question("one", choices=[choice_toml(w, right=w == "alpha") for w in mended])

    assert keys.same_choices(asked, today) == [0, 1, 2, 3]


@pytest.mark.parametrize("names", [("nothing", QUESTION), ("demo", "nothing")])
def test_an_unknown_name_is_told(names):
    with pytest.raises(CommandError, match=r"no (course|question) nothing"):
        call_command("regrade", *names)


def test_attempts_nobody_came_back_to_are_closed_by_a_command(aiko_client):
    attempt = start(aiko_client, "extra", mode="exam")
    let_time_run_out(attempt)
    out = StringIO()

    call_command("close_overdue_attempts", stdout=out)

    attempt.refresh_from_db()
    assert out.getvalue() == "Closed 1 attempts.\n"
    assert (attempt.closed_by, attempt.points) == ("time", 0.0)
