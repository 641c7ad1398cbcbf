"""Starts the practice account as operators do: in a process of its own, on a free port."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from labs.sandbox_client import Sandbox

ROOT = Path(__file__).resolve().parents[3]
TOKEN = "a-token-for-tests-of-32-characters"
START_LIMIT = 60


class StartError(Exception):
    """The practice account did not start; the message holds what it logged."""


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[Sandbox]:
    """Start an empty practice account that logs into the folder; it ends with the block."""
    with started(folder, **settings) as (_, sandbox):
        yield sandbox


@contextmanager
def started(folder: Path, **settings: str) -> Iterator[tuple[subprocess.Popen[str], Sandbox]]:
    """Do as `running`, and hand over the process, too; raise StartError."""
    log = folder / "sandbox.log"
    with log.open("wb") as errors, _process(folder, errors.fileno(), settings) as process:
        try:
            yield process, Sandbox(_address(process, log), TOKEN, timeout=30)
        finally:
            process.terminate()


def _process(folder: Path, errors: int, settings: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "labs.sandbox"],
        cwd=ROOT,
        env={
            "HOME": str(folder),
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "PORTAL_SANDBOX_BIND": "127.0.0.1:0",
            "PORTAL_SANDBOX_TOKEN": TOKEN,
            **settings,
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
    )


def _address(process: subprocess.Popen[str], log: Path) -> str:
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], START_LIMIT)
    line = process.stdout.readline() if ready else ""
    if not line:
        raise StartError(log.read_text(encoding="utf-8", errors="replace") or "it said nothing")
    return line.strip()
