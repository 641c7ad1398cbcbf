"""Asks the practice account beside it whether it is alive: python -m labs.sandbox.health."""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping

from labs.sandbox import settings
from labs.sandbox_client import HEALTH


def address(values: Mapping[str, str]) -> str:
    """Return where the practice account answers inside its container, whatever it is bound to."""
    return f"http://127.0.0.1:{settings.bind(values)[1]}{HEALTH}"


def main() -> int:
    """Return 0 when it answers; else say why not."""
    try:
        with urllib.request.urlopen(address(os.environ), timeout=2):  # noqa: S310 - our own http address
            return 0
    except (urllib.error.URLError, OSError) as error:
        sys.stderr.write(f"The practice account does not answer: {error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
