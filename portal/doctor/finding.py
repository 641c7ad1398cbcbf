"""What a look at one subject found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    FINE = "ok"
    BETTER = "better"  # serves, but something should be done
    BROKEN = "broken"  # somebody will meet it


@dataclass(frozen=True, slots=True)
class Finding:
    """`do` is what to do about it; empty where nothing is."""

    level: Level
    says: str
    do: str = ""


def fine(says: str) -> Finding:
    return Finding(Level.FINE, says)


def better(says: str, do: str) -> Finding:
    return Finding(Level.BETTER, says, do)


def broken(says: str, do: str) -> Finding:
    return Finding(Level.BROKEN, says, do)
