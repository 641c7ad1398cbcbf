"""A real OpenID provider of our own, on this machine, and a person who signs in there."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.site import HOST, free_port


class Provider:
    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"

    def know(self, subject: str, **claims: object) -> None:
        """Let the provider know a person, in place of what it knew of them."""
        status, _ = self._send("PUT", f"/users/{subject}", json.dumps(claims), "application/json")
        assert status == 204

    def sign_in(self, authorize_url: str, subject: str) -> str:
        """Sign in as a person who was sent here, and return where the provider sends them back."""
        return self._answer(authorize_url, {"sub": subject})

    def refuse(self, authorize_url: str) -> str:
        """Leave without signing in."""
        back = self._answer(authorize_url, {"action": "deny"})
        [state] = parse_qs(urlsplit(authorize_url).query)["state"]
        return f"{back}&{urlencode({'state': state})}"  # RFC 6749 asks for it; this one forgets it

    def _answer(self, authorize_url: str, form: dict[str, str]) -> str:
        parts = urlsplit(authorize_url)
        status, location = self._send(
            "POST",
            f"{parts.path}?{parts.query}",
            urlencode(form),
            "application/x-www-form-urlencoded",
        )
        assert status == 302, status
        return location

    def _send(self, method: str, path: str, body: str, kind: str) -> tuple[int, str]:
        with contextlib.closing(HTTPConnection(HOST, self.port, timeout=10)) as connection:
            connection.request(method, path, body, {"Content-Type": kind})
            response = connection.getresponse()
            response.read()
            return response.status, response.getheader("Location", "")

    def is_up(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/jwks", timeout=1):
                return True
        except (urllib.error.URLError, OSError):
            return False


@contextlib.contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(provider.port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            if provider.is_up():
                break
            time.sleep(0.05)
        else:
            raise AssertionError("the provider did not start")
        yield provider
    finally:
        process.terminate()
        process.wait(10)
