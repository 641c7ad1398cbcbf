"""The sizes that Fargate has. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

_UNITS = 1024
_VALUE = re.compile(r"(?P<number>\d+|\d*\.\d+)\s*(?P<unit>vcpu|gb)?", re.IGNORECASE)


def _gib(first: int, last: int, step: int = 1) -> frozenset[int]:
    return frozenset(range(first * _UNITS, (last + 1) * _UNITS, step * _UNITS))


# botocore 1.44.5, ecs RegisterTaskDefinition.cpu
MEMORY_FOR_CPU: Mapping[int, frozenset[int]] = {
    256: frozenset({512, 1024, 2048}),
    512: _gib(1, 4),
    1024: _gib(2, 8),
    2048: _gib(4, 16),
    4096: _gib(8, 30),
    8192: _gib(16, 60, 4),
    16384: _gib(32, 120, 8),
}


def amount(text: str) -> int | None:
    """Return CPU units or MiB of "256", ".25 vCPU" or "0.5 GB"; None when it is none of these."""
    match = _VALUE.fullmatch(text.strip())
    if match is None:
        return None
    return round(float(match["number"]) * (_UNITS if match["unit"] else 1))


def is_size(cpu: str, memory: str) -> bool:
    """Whether Fargate has tasks with so much of both."""
    return amount(memory) in MEMORY_FOR_CPU.get(amount(cpu) or 0, frozenset())
