"""Replicas whose clocks differ: what a learner answered last is what counts, wherever it went."""

from __future__ import annotations

import http.client
import os
import re
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from tests.faults.learners import TOKEN, Crowd, Learner
from tests.faults.test_killed import connected
from tests.site import Site

pytestmark = [pytest.mark.faults, pytest.mark.only_postgresql]

MISSING = "libfaketime is not here, which sets clocks off. Install it: apt-get install libfaketime"
CLOSE = timedelta(seconds=5)


def set_off(site: Site, seconds: int) -> None:
    """Let a site's clock differ, once it is started."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not found:
        pytest.fail(MISSING) if os.environ.get("CI") else pytest.skip(MISSING)
    site.environment |= {
        "LD_PRELOAD": str(found[0]),
        "FAKETIME": f"{seconds:+}s",
    }


@dataclass
class Page:
    """A question as a replica showed it."""

    asked_at: float  # what it says of the time
    own_clock: float  # what the replica's machine holds for now


def open_page(site: Site, learner: Learner) -> Page:
    with connected(site) as connection:
        cookie = f"sessionid={learner.session}; csrftoken={TOKEN}"
        connection.request("GET", f"{learner.url}1/", headers={"Cookie": cookie})
        response = connection.getresponse()
        text = response.read().decode()
    [asked_at] = re.findall(r'name="asked_at" value="([\d.]+)"', text)
    own = parsedate_to_datetime(response.headers["Date"])
    return Page(float(asked_at), own.timestamp())


def answer(site: Site, learner: Learner, page: Page, text: str) -> None:
    path = f"{learner.url}1/"
    with connected(site) as connection:
        said = learner.send(
            connection, "POST", path, text=text, asked_at=str(page.asked_at), elapsed="0.5"
        )
    assert said == (http.client.FOUND, path)


@pytest.mark.parametrize("seconds", [300, -300])
def test_what_was_answered_last_counts(replicas, seconds):
    skewed, right = replicas
    set_off(skewed, seconds)
    for one in replicas:
        one.start()
    crowd = Crowd(replicas, "skewed", 1)
    [learner] = crowd.learners
    pages = {one: open_page(one, learner) for one in replicas}

    kept: list[str] = []
    for number, (shows, takes) in enumerate(
        [(skewed, skewed), (right, right), (right, skewed), (skewed, right), (skewed, skewed)]
    ):
        answer(takes, learner, open_page(shows, learner), f"answer {number}")
        kept += crowd.saved().values()

    own = timedelta(seconds=pages[skewed].own_clock - pages[right].own_clock)
    shown = timedelta(seconds=pages[skewed].asked_at - pages[right].asked_at)
    assert abs(own - timedelta(seconds=seconds)) < CLOSE
    assert abs(shown) < CLOSE
    assert kept == [f"answer {number}" for number in range(5)]
