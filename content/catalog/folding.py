"""How a typed answer is compared: what people may write differently is made the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("〜∼˜", "~"))
QUOTES = "\"'`“”‘’「」『』"
QUANTITY = re.compile(r"([+-]?\d+(?:,\d{3})*(?:\.\d+)?) ?([^\d\s]*)")
SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86400}
MEBIBYTES = {"mib": 1, "gib": 1024}
SPELLINGS = {
    "s": ("s", "sec", "secs", "second", "seconds", "秒", "秒間"),
    "min": ("min", "mins", "minute", "minutes", "分", "分間"),
    "h": ("h", "hr", "hrs", "hour", "hours", "時間"),
    "d": ("d", "day", "days", "日", "日間"),
    "mib": ("mib", "mb", "メビバイト"),
    "gib": ("gib", "gb", "ギビバイト"),
    "%": ("%", "percent", "パーセント"),
}
UNITS = {spelling: unit for unit, spellings in SPELLINGS.items() for spelling in spellings}
COUNTERS = frozenset({"", "個", "つ", "件", "回", "台"})  # words after a bare number


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in the smallest unit of its kind: s, mib, % or "" for a bare count."""

    amount: Decimal
    unit: str


def folded(text: str) -> str:
    """Return a typed answer without what does not count: width, case, space, quotes, hyphens.

    NFKC keeps the long vowel mark ー apart from hyphens, and so does this. Source: the rules of
    `unicodedata`, tried on Japanese input (half-width kana, full-width ASCII, wave dashes).
    """
    even = unicodedata.normalize("NFKC", text).casefold().translate(HYPHENS)
    return " ".join(even.split()).strip(QUOTES).strip()


def quantity(text: str, assumed: str = "") -> Quantity | None:
    """Return the amount in a typed answer such as "120", "120秒", "2 min"; None if there is none.

    A bare number is taken to be in `assumed`, the unit the question asks for.
    """
    found = QUANTITY.fullmatch(folded(text))
    if found is None:
        return None
    word = found[2].strip()
    unit = assumed.casefold() if word in COUNTERS else UNITS.get(word)
    return None if unit is None else in_smallest(Decimal(found[1].replace(",", "")), unit)


def in_smallest(amount: Decimal, unit: str) -> Quantity:
    """Return the amount in seconds, mebibytes, percent or a bare count."""
    unit = unit.casefold()
    if unit in SECONDS:
        return Quantity(amount * SECONDS[unit], "s")
    if unit in MEBIBYTES:
        return Quantity(amount * MEBIBYTES[unit], "mib")
    return Quantity(amount, unit)
