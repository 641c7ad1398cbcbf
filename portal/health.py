"""Asks the site beside it whether it is alive: python -m portal.health, for container engines."""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request

from portal import server
from portal.env import Env


def address(env: Env) -> str:
    """Return where the site answers inside its container, whatever it is bound to."""
    port = server.read(env).bind.rpartition(":")[2]
    return f"http://127.0.0.1:{port}/healthz"


def main() -> int:
    try:
        with urllib.request.urlopen(address(Env(os.environ)), timeout=2):  # noqa: S310 - our own http address
            return 0
    except (urllib.error.URLError, OSError) as error:
        sys.stderr.write(f"The site does not answer: {error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
