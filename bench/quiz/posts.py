"""What a browser posts: an answer, a choice saved by itself, the start and the end of an exam."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from bench.courses import COURSE
from bench.site import HEADERS
from bench.wire import BROWSER

ELAPSED = 40  # seconds at a question
AGAIN = {"autosave": "1"}  # what the page's script adds when it saves by itself
HTMX = {"HX-Request": "true", "HX-Current-URL": f"https://{HEADERS['Host']}/quizzes/"}
FORM = {
    "Origin": f"https://{HEADERS['Host']}",
    "Content-Type": "application/x-www-form-urlencoded",
    "Accept-Encoding": BROWSER,
}
Fields = Mapping[str, object]
Started = tuple[int, list[list[int]]]  # an attempt, and what to pick in each of its questions


@dataclass(frozen=True, slots=True)
class Person:
    cookie: str
    token: str

    def post(self, url: str, fields: Fields, headers: Mapping[str, str] = FORM) -> str:
        """Return a post as it goes over the wire."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **fields}, doseq=True)
        named = HEADERS | headers | {"Cookie": self.cookie, "Content-Length": str(len(body))}
        lines = [f"{name}: {value}" for name, value in named.items()]
        return "\r\n".join([f"POST {url} HTTP/1.1", *lines, "", body])

    def answer(self, attempt: int, position: int, picked: list[int], more: Fields) -> str:
        asked = f"{time.time() - ELAPSED:.3f}"
        fields = {"asked_at": asked, "elapsed": ELAPSED, "choice": picked, **more}
        return self.post(f"/quizzes/attempts/{attempt}/{position}/", fields, FORM | HTMX)

    def start(self, quiz: str) -> str:
        return self.post(f"/quizzes/{COURSE}/{quiz}/start/", {"mode": "exam"})

    def submit(self, attempt: int | str) -> str:
        return self.post(f"/quizzes/attempts/{attempt}/submit/", {})

    def note(self, question: int, more: Fields) -> str:
        """Return what is posted to the bare site."""
        fields = {"asked_at": f"{time.time():.3f}", "elapsed": ELAPSED, "choice": 1, **more}
        return self.post(f"/notes/{question}/", fields, FORM | HTMX)


@dataclass(slots=True)
class Pool:
    """Posts that were not made yet; neighbours belong to different learners."""

    waiting: Iterator[str]
    used: int = 0

    def take(self, count: int, clients: int) -> list[list[str]]:
        """Return the next posts dealt out to connections; no learner is on two of them."""
        taken = list(islice(self.waiting, count))
        assert len(taken) == count, "too few posts were prepared"
        self.used += count
        return [taken[first::clients] for first in range(min(clients, count))]


def answers(people: list[Person], attempts: list[Started], more: Fields) -> Iterator[str]:
    """Yield every learner's first question, then every learner's second, and so on."""
    for place in range(len(attempts[0][1])):
        for person, (attempt, picks) in zip(people, attempts, strict=True):
            yield person.answer(attempt, place + 1, picks[place], more)


def notes(people: list[Person], more: Fields) -> Iterator[str]:
    """Yield notes for ever, of one person after the other."""
    question = 0
    while True:
        question += 1
        for person in people:
            yield person.note(question, more)


def pool(posts: Iterable[str]) -> Pool:
    return Pool(iter(posts))
