"""Clients that send slowly hold up nobody else, behind the proxy the documentation prints."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.faults.operating import ask
from tests.faults.proxy import NAME, Proxy, proxy
from tests.site import Site

pytestmark = pytest.mark.faults

SLOW = 64  # the site has eight threads
HEAD = (
    f"POST /preferences/ HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 1000\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
)
BEGINNINGS = (HEAD[:40], HEAD + "theme=")  # in the midst of the headers, of the body


@contextmanager
def slow_clients(there: Proxy) -> Iterator[list[ssl.SSLSocket]]:
    """Clients who have begun and send a byte now and then."""
    is_over = threading.Event()

    def trickle(clients: list[ssl.SSLSocket]) -> None:
        while not is_over.wait(0.5):
            for client in clients:
                client.sendall(b"x")

    with ExitStack() as stack:
        clients = [stack.enter_context(there.connect()) for _ in range(SLOW)]
        for number, client in enumerate(clients):
            client.sendall(BEGINNINGS[number % 2].encode())
        feeder = threading.Thread(target=trickle, args=(clients,))
        feeder.start()
        try:
            yield clients
        finally:
            is_over.set()
            feeder.join()


def page(there: Proxy, path: str) -> tuple[int, str]:
    with there.connect(timeout=10) as client:
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while data := client.recv(65536):
            answer += data
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split(b" ")[1]), body.decode()


def test_slow_clients_hold_up_nobody_behind_the_proxy(fresh: Site, tmp_path):
    fresh.environment |= {
        "PORTAL_PRODUCTION": "true",
        "PORTAL_BEHIND_PROXY": "true",
        "PORTAL_HOSTS": NAME,
        "PORTAL_SECRET_KEY": "only-for-this-test-" * 4,
    }
    fresh.prepare()
    fresh.start()
    folder = tmp_path / "proxy"
    folder.mkdir()

    with proxy(fresh, folder) as there, slow_clients(there) as clients:
        status, text = page(there, "/accounts/login/")
        alive = ask(fresh, "/healthz")[0]
        still_open = sum(is_open(one) for one in clients)

    assert (status, alive) == (200, 200)
    assert "csrfmiddlewaretoken" in text
    assert still_open == SLOW


def is_open(client: ssl.SSLSocket) -> bool:
    """Tell whether a client was neither answered nor cut off."""
    client.settimeout(0.01)
    try:
        client.recv(1)
    except TimeoutError:
        return True
    except OSError:
        return False
    return False
