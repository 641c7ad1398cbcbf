"""The commands of the hands-on chapter, as printed, do what the chapter says.

All of them, to the end, are run in tests/labs/test_journey.py, where the labs look on.
"""

from __future__ import annotations

import pytest

from tests.course.blocks import a_block
from tests.course.exercises.account import holdings
from tests.course.exercises.chapter import hands_on
from tests.course.exercises.session import ExerciseError, practice_session

pytestmark = pytest.mark.exercises

LIMIT = 420
COUNTS = "clean-8-check.sh"


@pytest.fixture
def session(tmp_path):
    with practice_session(tmp_path) as session:
        yield session


@pytest.fixture
def chapter():
    return hands_on("ja")


def test_both_languages_give_the_same_commands(chapter):
    other = hands_on("en")

    ours, theirs = (
        [(block.title, block.text) for block in one.exercises + one.clean_up]
        for one in (chapter, other)
    )

    assert ours
    assert ours == theirs


def test_who_stops_half_way_cleans_up_in_the_same_terminal(session, chapter):
    shown = session.run(chapter.first_half + chapter.clean_up, limit=LIMIT)

    assert shown.of(COUNTS).strip() == chapter.printed_after(COUNTS).strip()
    assert holdings(session) == {}


def test_a_broken_command_is_reported_by_its_block(session):
    blocks = [
        a_block("echo well", title="good.sh"),
        a_block("aws sts get-caller-idenity > /dev/null", title="broken.sh"),
        a_block("echo further", title="never.sh"),
    ]

    with pytest.raises(ExerciseError, match=r"^ja/00-example\.md:1 broken\.sh ended") as failure:
        session.run(blocks, limit=LIMIT)

    assert "further" not in str(failure.value)


def test_a_command_that_waits_for_ever_is_stopped(session):
    block = a_block("echo $$ > pid\nsleep 1000", title="slow.sh")

    with pytest.raises(ExerciseError, match=r"slow\.sh took more than 0\.5 s"):
        session.run([block], limit=0.5)
