"""Asks one page over and over on keep-alive connections: a process of its own, loopback only.

Reads a plan as JSON from standard input, writes what came of it as JSON to standard output.
"""

from __future__ import annotations

import json
import selectors
import socket
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import Any

HOST = "127.0.0.1"
PATIENCE = 10.0  # seconds in which every connection must have been answered


@dataclass(frozen=True, slots=True)
class Plan:
    """`clients` connections ask until `requests` are begun or `seconds` have passed."""

    port: int
    request: str
    clients: int
    requests: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    requests: int
    seconds: float

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


class LoadError(Exception):
    """The site gave something else than the page."""


@dataclass(slots=True)
class Client:
    """One connection; it is given the next request as soon as an answer is whole."""

    socket: socket.socket
    received: bytearray = field(default_factory=bytearray)

    def is_answered(self) -> bool:
        data = self.socket.recv(1 << 18)
        if not data:
            raise LoadError("the site closed a connection")
        self.received += data
        head, blank, body = self.received.partition(b"\r\n\r\n")
        if not blank:
            return False
        if not head.startswith(b"HTTP/1.1 200 "):
            raise LoadError(head.decode("latin-1"))
        if len(body) < length_of(bytes(head)):
            return False
        self.received.clear()
        return True


def length_of(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise LoadError("an answer without Content-Length")


def run(plan: Plan) -> Outcome:
    """Work on the plan until every request that was begun is answered."""
    clients = [Client(socket.create_connection((HOST, plan.port))) for _ in range(plan.clients)]
    try:
        start = time.perf_counter()
        done = ask(clients, plan, start)
        return Outcome(done, time.perf_counter() - start)
    finally:
        for client in clients:
            client.socket.close()


def ask(clients: list[Client], plan: Plan, start: float) -> int:
    request = plan.request.encode()
    with selectors.DefaultSelector() as selector:
        for client in clients:
            selector.register(client.socket, selectors.EVENT_READ, client)
            client.socket.sendall(request)
        begun, done = len(clients), 0
        while done < begun:
            ready = selector.select(PATIENCE)
            if not ready:
                raise LoadError(f"no answer for {PATIENCE:.0f} seconds")
            for key, _ in ready:
                if not key.data.is_answered():
                    continue
                done += 1
                if begun < plan.requests and time.perf_counter() - start < plan.seconds:
                    key.data.socket.sendall(request)
                    begun += 1
    return done


def in_own_process(plan: Plan) -> Outcome:
    """Run the plan where it does not share an interpreter with the one who measures."""
    return Outcome(**ask_own_process("bench.load", asdict(plan), plan.seconds + 3 * PATIENCE))


def ask_own_process(module: str, plan: dict[str, Any], timeout: float) -> dict[str, Any]:
    """Return what a module that reads a plan and writes an outcome, both as JSON, says to one."""
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", module],
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    if done.returncode:
        raise LoadError(done.stderr.strip().rpartition("\n")[2])
    return json.loads(done.stdout)


if __name__ == "__main__":
    print(json.dumps(asdict(run(Plan(**json.load(sys.stdin))))))
