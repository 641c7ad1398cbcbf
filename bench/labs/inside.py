"""What is measured in a process of its own, which has not met AWS yet.

Run as `python -m bench.labs.inside COMMAND NUMBER`, with the account as JSON on the standard input;
answers in JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from resource import getpagesize
from typing import Any
from unittest.mock import patch

from bench.labs.slow import Gauge, SlowClients
from labs.aws import run
from labs.aws.session import AT_ONCE, Access, Keys
from labs.checks.model import CheckSpec, Got, Missing
from labs.checks.registry import CHECKS

FIRST_FOUR = ("push-image", "cluster", "task-definition", "service")
SETS = {
    "1-4": tuple(one for one in CHECKS.values() if one.lab in FIRST_FOUR),
    "all": tuple(CHECKS.values()),
}
WAYS = {"side by side": AT_ONCE, "one after another": 1}
MIB = 1024 * 1024
WORK = 0.1  # seconds of processor time


def timed(checks: Iterable[CheckSpec], clients: SlowClients) -> float:
    """Return the seconds of a run."""
    start = time.perf_counter()
    run.verify(checks, clients)
    return time.perf_counter() - start


def press(access: Access, checks: Iterable[CheckSpec]) -> float:
    """Return the seconds of a run with clients of its own, as each press of the button has."""
    start = time.perf_counter()
    with SlowClients(access) as clients:
        run.verify(checks, clients)
    return time.perf_counter() - start


def first(access: Access, which: int) -> dict[str, float]:
    """Time the first run of this process: of exercises 1-4, or of all labs."""
    crowd, before = crowding(), time.process_time()
    total = press(access, SETS["all" if which else "1-4"])
    return {"total": total, "cpu": time.process_time() - before, "crowd": crowd}


def sdk(_: Access, __: int) -> dict[str, float]:
    """Time the import that is part of the first run."""
    crowd, before, start = crowding(), time.process_time(), time.perf_counter()
    import_module("boto3")
    total = time.perf_counter() - start
    return {"total": total, "cpu": time.process_time() - before, "crowd": crowd}


def crowding() -> float:
    """Return how long work takes against its processor time: 1 on a machine with nothing else."""
    start, before = time.perf_counter(), time.process_time()
    while time.process_time() - before < WORK:
        pass
    return (time.perf_counter() - start) / WORK


def rounds(access: Access, count: int) -> dict[str, Any]:
    """Time every kind of run in turn, so that other work of the machine falls on all alike."""
    times: dict[str, list[float]] = {}
    with SlowClients(access) as kept:
        for checks in SETS.values():
            run.verify(checks, kept)
        for _ in range(count):
            for name, checks in SETS.items():
                for way, at_once in WAYS.items():
                    with patch.object(run, "AT_ONCE", at_once):
                        seconds = timed(checks, kept), press(access, checks)
                    for clients, one in zip(("kept", "new"), seconds, strict=True):
                        times.setdefault(f"{name}, {clients}, {way}", []).append(one)
        seen = {name: look(access, checks) for name, checks in SETS.items()}
    return {"times": times, "seen": seen}


def look(access: Access, checks: tuple[CheckSpec, ...]) -> dict[str, Any]:
    """Return what a run comes to: its calls, the most at once, what it could not learn."""
    with SlowClients(access) as clients:
        clients.gauge = Gauge()
        checked = run.verify(checks, clients)
    lost = [one for one, out in checked.facts.items() if not isinstance(out, Got | Missing)]
    return {
        "checks": len(checks),
        "facts": len(checked.facts),
        "calls": clients.gauge.calls,
        "peak": clients.gauge.peak,
        "lost": lost,
        "failed": [one.check for one in checked.verdicts if one.status == "fail"],
        "verdicts": Counter(one.status for one in checked.verdicts),
    }


def memory(access: Access, learners: int) -> list[float]:
    """Return the MiB of this process after each learner of all labs, one after the other."""
    found = []
    for _ in range(learners):
        press(access, SETS["all"])
        found.append(resident())
    return found


def together(access: Access, learners: int) -> list[float]:
    """Return the MiB after each learner while the clients of all are open."""
    found = []
    with ExitStack() as opened:
        for _ in range(learners):
            run.verify(SETS["all"], opened.enter_context(SlowClients(access)))
            found.append(resident())
    return found


def resident() -> float:
    return int(Path("/proc/self/statm").read_text("utf-8").split()[1]) * getpagesize() / MIB


COMMANDS = (first, sdk, rounds, memory, together)

if __name__ == "__main__":
    command = {one.__name__: one for one in COMMANDS}[sys.argv[1]]
    account = json.load(sys.stdin)
    keys = Keys(access_key=account["access_key"], secret_key=account["secret_key"])
    reached = Access(region=account["region"], keys=keys, endpoint=account["address"])
    print(json.dumps(command(reached, int(sys.argv[2]))))
