"""What the site acknowledged is kept, however the site ends."""

from __future__ import annotations

import http.client
import json
import time
from contextlib import closing

import pytest

from tests.content.quiz_builder import RIGHT
from tests.faults.learners import Crowd, Learner
from tests.site import HOST, ROOT, Site

pytestmark = pytest.mark.faults

LEARNERS = 64
ENOUGH = 400  # acknowledged answers before an end
WORKERS = 2
SLOW_TO_BEGIN = "import time\ndef post_fork(arbiter, worker): time.sleep(2)\n"
KILLS = 5  # each has its own chance to come between an answer and what keeps it


def test_every_acknowledged_answer_outlives_kills_and_its_learner_goes_on(site):
    crowd = Crowd(site, "killed", LEARNERS)

    for _ in range(KILLS):
        with crowd:
            crowd.wait_for(ENOUGH)
            site.kill()
        assert crowd.cut_off, "all had answered everything before the kill"
        assert_kept(crowd)
        site.start()

    learner = next(one for one in crowd.learners if one.open_positions())
    finish(site, learner)
    assert json.loads(site.run("tests.faults.rows", "attempt", str(learner.attempt))) == [
        "learner",
        1.0,
    ]
    assert_kept(crowd)


def test_a_site_that_is_asked_to_end_answers_what_it_has_saved_and_ends_soon(site):
    crowd = Crowd(site, "ended", LEARNERS)

    with crowd:
        crowd.wait_for(ENOUGH)
        site.ask_to_end()
        code = site.wait_for_end(within=30)

    assert code == 0
    assert crowd.cut_off, "all had answered everything before the end"
    assert_kept(crowd)
    assert crowd.saved() == crowd.acknowledged


def test_a_site_that_is_asked_to_end_while_its_workers_begin_ends_soon(fresh, tmp_path):
    slow = tmp_path / "slow.py"
    slow.write_text(f"exec(open({str(ROOT / 'gunicorn.conf.py')!r}).read())\n{SLOW_TO_BEGIN}")
    fresh.prepare()
    fresh.environment["GUNICORN_CMD_ARGS"] = f"--config {slow}"

    fresh.launch()
    for _ in range(400):
        if fresh.log.read_text().count("Booting worker") == WORKERS:
            break
        time.sleep(0.05)
    fresh.ask_to_end()

    assert fresh.wait_for_end(within=15) == 0


def test_an_answer_on_its_way_when_the_site_is_asked_to_end_is_saved(site):
    slow = Crowd(site, "slow", 1)
    [learner] = slow.learners

    with connected(site) as connection, learner.answering(connection, 1, "on its way"):
        time.sleep(1)  # until a worker reads it
        site.ask_to_end()
        time.sleep(1)
    code = site.wait_for_end(within=30)

    assert code == 0
    assert slow.saved() == slow.acknowledged == {(learner.attempt, 1): "on its way"}


def assert_kept(crowd: Crowd) -> None:
    """Check the database against what was sent: nothing lost, nothing altered."""
    saved, sent = crowd.saved(), crowd.unheard | crowd.acknowledged
    assert crowd.strange == []
    lost = {place: text for place, text in crowd.acknowledged.items() if place not in saved}
    assert lost == {}
    assert saved == {place: sent.get(place) for place in saved}


def finish(site: Site, learner: Learner) -> None:
    """Answer one open question right and submit."""
    with connected(site) as connection:
        learner.answer(connection, learner.open_positions()[0], str(RIGHT["short"]))
        assert learner.send(connection, "POST", f"{learner.url}submit/") == (302, learner.url)
        assert learner.send(connection, "GET", learner.url) == (200, None)


def connected(site: Site) -> closing[http.client.HTTPConnection]:
    return closing(http.client.HTTPConnection(HOST, site.port, timeout=20))
