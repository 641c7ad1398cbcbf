"""Runs a command when a real Chromium with Japanese fonts is here, else says how to get one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PATIENCE = 30_000  # milliseconds: a page that is slow on a busy machine is not a broken one
MISSING = "{} not here, so the browser tests do not run. Install: apt-get install {}"


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


def missing() -> str | None:
    if chromium() is None:
        return MISSING.format("Chromium is", "chromium")
    fonts = shutil.which("fc-list") and subprocess.check_output(["fc-list", ":lang=ja"])
    if not fonts:
        return MISSING.format("Japanese fonts are", "fontconfig fonts-noto-cjk")
    return None


def main() -> int:
    reason = missing()
    if reason:
        print(reason, file=sys.stderr)
        return 1 if os.environ.get("CI") else 0
    return subprocess.run(sys.argv[1:], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
