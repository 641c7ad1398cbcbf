"""Several replicas on one PostgreSQL: to learners they are one site, whatever becomes of one."""

from __future__ import annotations

import pytest

from tests.faults.course import QUESTIONS
from tests.faults.learners import Crowd
from tests.faults.test_killed import ENOUGH, LEARNERS, assert_kept

pytestmark = [pytest.mark.faults, pytest.mark.only_postgresql]


@pytest.mark.parametrize("way", ["kill", "ask_to_end"])
def test_learners_of_a_replica_that_ends_go_on_at_the_other_and_lose_nothing(replicas, way):
    _, second = replicas
    for one in replicas:
        one.start()
    crowd = Crowd(replicas, way, LEARNERS)

    with crowd:
        crowd.wait_for(ENOUGH)
        getattr(second, way)()
        crowd.wait_for(LEARNERS * QUESTIONS - crowd.count(), within=120)

    left = [one for one in crowd.learners if one.left_count]
    assert left, "all had answered everything before the end"
    assert all(one.ports[0] == second.port for one in left)
    assert crowd.cut_off == 0
    assert_kept(crowd)
    assert crowd.saved() == crowd.acknowledged
