"""Learners who answer over HTTP as fast as they can, and remember what the site acknowledged."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.faults.course import QUESTIONS
from tests.site import HOST, Site

TOKEN = "t" * 32  # the cookie and the form must hold the same; the site does not care which
TEXTS = ("第{}問", "  spaces stay {}  ", "e\u0301 is not \u00e9 {}", "🙂 \\u0041\r\n\t\"'<b>{}")
GONE = (OSError, http.client.HTTPException)  # nobody answers, or not to the end

Place = tuple[int, int]  # attempt, position


@dataclass
class Learner:
    """One person at one attempt, with one connection to the first replica that is there.

    Of each answer either the site said that it is saved (`acknowledged`), or nobody knows
    (`unheard`), or the site said something else (`strange`).
    """

    session: str
    attempt: int
    ports: Sequence[int]
    acknowledged: dict[Place, str] = field(default_factory=dict)
    unheard: dict[Place, str] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)
    left_count: int = 0  # how often a replica went away

    @property
    def url(self) -> str:
        return f"/quizzes/attempts/{self.attempt}/"

    def open_positions(self) -> list[int]:
        every = range(1, QUESTIONS + 1)
        return [one for one in every if (self.attempt, one) not in self.acknowledged]

    def answer_all(self, is_over: threading.Event) -> bool:
        """Answer what is open; tell whether a replica was there to the end."""
        return any(self.answer_at(port, is_over) for port in self.ports)

    def answer_at(self, port: int, is_over: threading.Event) -> bool:
        connection = http.client.HTTPConnection(HOST, port, timeout=20)
        try:
            for position in self.open_positions():
                if is_over.is_set():
                    break
                text = TEXTS[position % len(TEXTS)].format(f"{self.attempt}-{position}")
                self.answer(connection, position, text)
        except GONE:
            self.left_count += 1
            return False
        finally:
            connection.close()
        return True

    def answer(self, connection: http.client.HTTPConnection, position: int, text: str) -> None:
        with self.answering(connection, position, text):
            pass

    @contextmanager
    def answering(
        self, connection: http.client.HTTPConnection, position: int, text: str
    ) -> Iterator[None]:
        """Send an answer, its end after the `with`; then read what the site says.

        Only a redirect to its own question says that it is saved.
        """
        place, path = (self.attempt, position), f"{self.url}{position}/"
        self.unheard[place] = text
        end = self.begin(connection, "POST", path, text=text)
        yield
        status, location = self.finish(connection, end)
        del self.unheard[place]
        if (status, location) == (302, path):
            self.acknowledged[place] = text
        else:
            self.strange.append(f"{path}: {status} {location}")

    def begin(
        self, connection: http.client.HTTPConnection, method: str, path: str, **fields: str
    ) -> bytes:
        """Send all of a request but its last byte, and return that."""
        body = urlencode(fields | {"csrfmiddlewaretoken": TOKEN}).encode()
        connection.putrequest(method, path)
        connection.putheader("Cookie", f"sessionid={self.session}; csrftoken={TOKEN}")
        connection.putheader("Content-Type", "application/x-www-form-urlencoded")
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body[:-1])
        return body[-1:]

    def finish(self, connection: http.client.HTTPConnection, end: bytes) -> tuple[int, str | None]:
        connection.send(end)
        response = connection.getresponse()
        response.read()
        return response.status, response.getheader("Location")

    def send(
        self, connection: http.client.HTTPConnection, method: str, path: str, **fields: str
    ) -> tuple[int, str | None]:
        return self.finish(connection, self.begin(connection, method, path, **fields))


class Crowd:
    """Learners who all answer at once, for as long as the `with` lasts or the site is there.

    Of several replicas each learner prefers one, by turns, and goes on at the next when it is gone.
    """

    def __init__(self, sites: Site | Sequence[Site], name: str, count: int) -> None:
        replicas = deque([sites] if isinstance(sites, Site) else sites)
        self.site = replicas[0]
        self.learners = []
        for session, attempt in json.loads(
            self.site.run("tests.faults.rows", "make", name, str(count))
        ):
            self.learners.append(Learner(session, attempt, [one.port for one in replicas]))
            replicas.rotate()
        self.cut_off = 0  # how many learners the site left without an answer, the last time

    def __enter__(self) -> None:
        self._is_over = threading.Event()
        self._pool = ThreadPoolExecutor(len(self.learners))
        self._ends = [self._pool.submit(one.answer_all, self._is_over) for one in self.learners]

    def __exit__(self, *error: object) -> None:
        self._is_over.set()
        self._pool.shutdown(wait=True)
        self.cut_off = [end.result() for end in self._ends].count(False)

    def wait_for(self, count: int, within: float = 30) -> None:
        """Wait until so many more answers are acknowledged."""
        wanted, end = self.count() + count, time.monotonic() + within
        while self.count() < wanted:
            assert time.monotonic() < end, f"{self.count()} of {wanted} {self.strange}"
            time.sleep(0.002)

    def count(self) -> int:
        return sum(len(one.acknowledged) for one in self.learners)

    @property
    def acknowledged(self) -> dict[Place, str]:
        return merged([one.acknowledged for one in self.learners])

    @property
    def unheard(self) -> dict[Place, str]:
        return merged([one.unheard for one in self.learners])

    @property
    def strange(self) -> list[str]:
        return [line for one in self.learners for line in one.strange]

    def saved(self) -> dict[Place, str]:
        """Return what the database holds of these learners' answers."""
        attempts = {one.attempt for one in self.learners}
        found = json.loads(self.site.run("tests.faults.rows", "answers"))
        return {(one, place): text for one, place, text in found if one in attempts}


def merged(parts: Sequence[dict[Place, str]]) -> dict[Place, str]:
    return {place: text for part in parts for place, text in list(part.items())}
