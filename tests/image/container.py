"""The images as an operator runs them: a user of their own, a read-only root, one volume."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from labs.sandbox_client import HEALTH
from tests.site import HOST, ROOT, free_port, is_ours

USER = 10001  # whom the image runs as
TOOL = ROOT / "scripts/image"


class Container:
    """One run of the site's image on a volume that outlives it."""

    target = "portal"
    bind_setting = "PORTAL_BIND"
    ready = "/readyz"

    def __init__(self, folder: Path, **settings: str) -> None:
        self.volume = folder / "volume"
        self.volume.mkdir()
        os.chown(self.volume, USER, USER)
        self.log = folder / "log"
        settings = {self.bind_setting: f"{HOST}:{free_port()}"} | settings
        self.address = f"http://{settings[self.bind_setting]}"
        self.environment = {k: v for k, v in os.environ.items() if not is_ours(k)}
        self.environment |= {"IMAGE_TARGET": self.target} | settings
        socket = parse_qs(urlsplit(settings.get("DATABASE_URL", "")).query).get("host")
        if socket:  # of PostgreSQL: the image's user must come as far as there
            self.environment["IMAGE_MOUNT"] = socket[0]
            Path(socket[0]).chmod(0o711)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run another command than the image's own, to its end."""
        return subprocess.run(
            [TOOL, "run", self.volume, *command],
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
        )

    @contextlib.contextmanager
    def serving(self) -> Iterator[subprocess.Popen[bytes]]:
        """Start the image's own command; ask it to end when the block ends."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [TOOL, "run", self.volume], env=self.environment, stdout=log, stderr=log
            )
        try:
            self._wait_until_ready(process)
            yield process
        finally:
            process.terminate()
            process.wait(60)

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        for _ in range(300):
            with (
                contextlib.suppress(OSError),
                urllib.request.urlopen(f"{self.address}{self.ready}"),
            ):
                return
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.2)
                break
        raise AssertionError(f"the image does not serve:\n{self.log.read_text()}")


class PracticeContainer(Container):
    """One run of the practice account's image; it has no use for its volume."""

    target = "sandbox"
    bind_setting = "PORTAL_SANDBOX_BIND"
    ready = HEALTH


def config(target: str = "portal") -> dict[str, object]:
    """Return what an image says of itself."""
    environment = os.environ | {"IMAGE_TARGET": target}
    said = subprocess.check_output([TOOL, "config"], env=environment)
    found: dict[str, object] = json.loads(said)
    return found
