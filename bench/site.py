"""Starts and stops the two sites: the same Gunicorn, the same settings, another application."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench import cpu
from bench.courses import Shelf

ROOT = Path(__file__).resolve().parent.parent
START_LIMIT = 120.0  # seconds: a thousand chapters are rendered at the first start
STOP_LIMIT = 15.0
LOOK_AGAIN = 0.002
KEY = "only-for-measuring-" * 4
HEADERS = {
    "Host": "127.0.0.1",
    "X-Forwarded-Proto": "https",
    "Accept": "text/html,application/xhtml+xml",
    "Accept-Language": "ja,en;q=0.8",
}


class SiteError(Exception):
    """A site did not start or a command of it failed; the message holds what it said."""


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    wsgi: str
    settings: str


GANTRY = Kind("Gantry", "portal.wsgi", "bench.gantry_settings")
BARE = Kind("bare", "bench.bare.wsgi", "bench.bare.settings")


@dataclass(frozen=True, slots=True)
class Site:
    """One of the two, with its folder, its courses and its database."""

    kind: Kind
    folder: Path
    courses: Path
    data: Path
    database: str

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def environment(self) -> dict[str, str]:
        """Return what the site sees: nothing of the caller's own settings."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "DJANGO_SETTINGS_MODULE": self.kind.settings,
            "DATABASE_URL": self.database,
            "PORTAL_PRODUCTION": "true",
            "PORTAL_BEHIND_PROXY": "true",
            "PORTAL_HOSTS": "bench.test",
            "PORTAL_SECRET_KEY": KEY,
            "PORTAL_DATA_DIR": str(self.data),
            "PORTAL_COURSES_DIR": str(self.courses),
            "BENCH_STATIC": str(self.folder / "static"),
            "BENCH_TEXT": str(self.folder / "text"),
        }

    def python(self, *words: str) -> str:
        """Run Python with the site's environment and return what it printed."""
        done = subprocess.run(  # noqa: S603 - our own words
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SiteError(f"{self.kind.name}: {' '.join(words)}\n{done.stderr}")
        return done.stdout

    def prepare(self) -> None:
        """Bring an empty database up to date and collect the static files."""
        for name in ("static", "text"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        (self.folder / "text" / "text.html").touch()
        for words in ("migrate --skip-checks", "createcachetable", "collectstatic --no-input"):
            self.python("-m", "django", *words.split(), "--verbosity", "0")

    def fill(self, shelf: Shelf, history: int) -> Filled:
        """Empty the tables, make the reader and `history` rows."""
        work = json.dumps({"url": shelf.url, "history": history, "chapters": shelf.contents})
        path = self.folder / "work.json"
        path.write_text(work, "utf-8")
        return Filled(**json.loads(self.python("-m", "bench.inside", str(path))))

    def use_text(self, page: str) -> None:
        """Give the bare site the words of Gantry's page."""
        self.use_words("text", page.partition("<body")[2].partition(">")[2].partition("</body>")[0])

    def use_words(self, name: str, words: str) -> None:
        """Give the bare site words as a template without any tags."""
        text = f"{{% verbatim text %}}{words}{{% endverbatim text %}}"
        (self.folder / "text" / f"{name}.html").write_text(text, "utf-8")

    def forget_pages(self) -> None:
        shutil.rmtree(self.data / "rendered", ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Filled:
    """The signed-in reader's cookie, and the queries of one page."""

    cookie: str
    queries: list[str]


@dataclass(frozen=True, slots=True)
class Running:
    """A started site: what it took until its first answer, and how to ask it."""

    site: Site
    port: int
    pid: int
    wall: float
    cpu: float
    headers: Mapping[str, str] = field(default_factory=dict)

    def request(self, url: str, **headers: str) -> str:
        """Return a request as it goes over the wire."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"{name}: {value}" for name, value in (HEADERS | self.headers | named).items()]
        return "\r\n".join([f"GET {url} HTTP/1.1", *lines, "", ""])


@contextlib.contextmanager
def started(site: Site, url: str, cookie: str, **settings: str) -> Iterator[Running]:
    """Run the site until the block ends; it is entered with the first answer to `url`."""
    port = free_port()
    environment = site.environment() | {"PORTAL_BIND": f"127.0.0.1:{port}"} | settings
    with site.log.open("ab") as log:
        start = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - our own words
            [
                sys.executable,
                "-m",
                "gunicorn",
                "-c",
                str(ROOT / "gunicorn.conf.py"),
                site.kind.wsgi,
            ],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        running = Running(site, port, process.pid, 0, 0, {"Cookie": cookie})
        wait_for(running.request(url, Connection="close"), process, running)
        wall = time.perf_counter() - start
        yield Running(
            site, port, process.pid, wall, cpu.seconds((process.pid,)), {"Cookie": cookie}
        )
    finally:
        stop(process)


def wait_for(request: str, process: subprocess.Popen[bytes], running: Running) -> None:
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", running.port), timeout=START_LIMIT) as link:
                link.sendall(request.encode())
                first = link.recv(64)
        except ConnectionError:
            time.sleep(LOOK_AGAIN)
            continue
        if first.startswith(b"HTTP/1.1 200 "):
            return
        raise SiteError(f"{running.site.kind.name} answered {first!r}")
    raise SiteError(f"{running.site.kind.name} did not start:\n{running.site.log.read_text()}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End Gunicorn and its workers, at last by force."""
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(STOP_LIMIT)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
