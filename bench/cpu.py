"""What processes used of processor and memory, read from /proc."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

PROC = Path("/proc")
TICK = os.sysconf("SC_CLK_TCK")  # clock ticks a second
PARENT, OWN, WAITED = 1, slice(11, 13), slice(13, 15)  # fields of stat after the name


def stat(pid: int) -> list[str] | None:
    """Return the fields of /proc/PID/stat after the name, which may hold spaces; None if gone."""
    try:
        return (PROC / str(pid) / "stat").read_text("utf-8").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


def family(root: int) -> list[int]:
    """Return the process and all below it."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    for entry in PROC.iterdir():
        fields = stat(int(entry.name)) if entry.name.isdigit() else None
        if fields:
            children[int(fields[PARENT])].append(int(entry.name))
    found = [root]
    for pid in found:
        found += children[pid]
    return found


def seconds(roots: tuple[int, ...]) -> float:
    """Return user and system time of the families; what ended is counted by who waited for it."""
    ticks = 0
    for root in roots:
        for pid in family(root):
            fields = stat(pid)
            if fields:
                ticks += sum(map(int, fields[OWN] + fields[WAITED]))
    return ticks / TICK


def memory(root: int) -> float:
    """Return the proportional set size of the family in MiB: shared pages are counted once."""
    kilobytes = 0
    for pid in family(root):
        for line in (PROC / str(pid) / "smaps_rollup").read_text("utf-8").splitlines():
            if line.startswith("Pss:"):
                kilobytes += int(line.split()[1])
    return kilobytes / 1024
