"""Posts what learners post, each on a connection of their own: a process of its own, loopback only.

Reads a plan as JSON from standard input, writes what came of it as JSON to standard output.
"""

from __future__ import annotations

import json
import re
import selectors
import socket
import sys
import time
from dataclasses import asdict, dataclass, field

from bench.load import HOST, LoadError, ask_own_process, length_of

PATIENCE = 30.0  # seconds until a post that was not answered is lost
LONGEST = 300.0  # seconds a plan may take
ATTEMPT = "@attempt@"  # stands in a request for the number that the answer before led to
LED_TO = re.compile(r"\r\nlocation: \S*/quizzes/attempts/(\d+)/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Plan:
    """`learners` is one list of requests for each connection, posted one after the other."""

    port: int
    learners: list[list[str]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`times` are (place in the learner's list, seconds); `refused` are first lines of answers."""

    seconds: float
    times: list[tuple[int, float]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    lost: int = 0


@dataclass(slots=True)
class Learner:
    """One connection; the next request goes out as soon as an answer is whole."""

    socket: socket.socket
    requests: list[str]
    place: int = 0
    attempt: str = ""
    begun: float = 0.0
    received: bytearray = field(default_factory=bytearray)

    def post(self) -> None:
        self.received.clear()
        self.begun = time.perf_counter()
        self.socket.sendall(self.requests[self.place].replace(ATTEMPT, self.attempt).encode())

    def head(self) -> str | None:
        """Read what has come; return the head of the answer once all of it is here."""
        data = self.socket.recv(1 << 18)
        if not data:
            raise LoadError("the site closed a connection")
        self.received += data
        head, blank, body = self.received.partition(b"\r\n\r\n")
        if not blank or len(body) < length_of(bytes(head)):
            return None
        return head.decode("latin-1")


def run(plan: Plan) -> Outcome:
    learners = [
        Learner(socket.create_connection((HOST, plan.port)), requests) for requests in plan.learners
    ]
    try:
        return post_all(learners)
    finally:
        for learner in learners:
            learner.socket.close()


def post_all(learners: list[Learner]) -> Outcome:
    """Post until every learner is through; whoever is not answered any more is lost."""
    start = time.perf_counter()
    times: list[tuple[int, float]] = []
    refused: list[str] = []
    with selectors.DefaultSelector() as selector:
        for learner in learners:
            selector.register(learner.socket, selectors.EVENT_READ, learner)
            learner.post()
        while selector.get_map():
            ready = selector.select(PATIENCE)
            if not ready:
                break
            for key, _ in ready:
                if not go_on(key.data, times, refused):
                    selector.unregister(key.fileobj)
    seconds = time.perf_counter() - start
    lost = sum(len(learner.requests) - learner.place for learner in learners)
    return Outcome(seconds, times, refused, lost)


def go_on(learner: Learner, times: list[tuple[int, float]], refused: list[str]) -> bool:
    """Take in what has come and post the next; return whether more is to come."""
    try:
        head = learner.head()
    except (LoadError, OSError):
        return False
    if head is None:
        return True
    times.append((learner.place, time.perf_counter() - learner.begun))
    led_to = LED_TO.search(head)
    if led_to:
        learner.attempt = led_to[1]
    elif not head.startswith("HTTP/1.1 200 "):
        refused.append(head.partition("\r\n")[0])
    learner.place += 1
    if learner.place < len(learner.requests):
        learner.post()
        return True
    return False


def in_own_process(plan: Plan) -> Outcome:
    """Run the plan where it does not share an interpreter with the one who measures."""
    return Outcome(**ask_own_process("bench.quiz.load", asdict(plan), LONGEST))


if __name__ == "__main__":
    print(json.dumps(asdict(run(Plan(**json.load(sys.stdin))))))
