"""Runs a command when images can be built and run here, else says how to: python -m tests.image.

Without CI it is skipped, loudly.
"""

from __future__ import annotations

import os
import subprocess
import sys

from tests.e2e.browser import missing
from tests.image.container import TOOL


def reason() -> str | None:
    asked = subprocess.run([TOOL, "engine"], check=False, capture_output=True, text=True)
    if asked.returncode:
        return f"{asked.stderr.strip()}\nSo the image's tests do not run."
    return missing()


def main() -> int:
    why = reason()
    if why:
        sys.stderr.write(f"{why}\n")
        return 1 if os.environ.get("CI") else 0
    return subprocess.run(sys.argv[1:], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
