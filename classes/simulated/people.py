"""Who the simulated learners are and when they sit down to work. Pure: the seed decides."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

# steady: goes on. ahead: works more. stalled: stops some weeks ago. falling: answers ever worse.
# stuck: fails the same check of a lab again and again. absent: never begins.
Temper = Literal["steady", "ahead", "stalled", "falling", "stuck", "absent"]
SHARES: tuple[tuple[Temper, float], ...] = (
    ("steady", 0.46),
    ("stalled", 0.14),
    ("ahead", 0.12),
    ("falling", 0.10),
    ("stuck", 0.09),
    ("absent", 0.09),
)
GOLDEN = 0.6180339887498949  # its multiples spread evenly, so that few learners show every temper

# Family names that say "example" and nobody has, so that nobody is taken for a person.
FAMILIES = {
    "ja": ("架空", "見本", "例題", "仮名", "模擬", "試作"),
    "en": ("Example", "Sample", "Mockford", "Placeholder", "Testerly", "Fictional"),
}
GIVEN = {
    "ja": (
        "あおい",
        "いつき",
        "うた",
        "えま",
        "かなた",
        "きらら",
        "そら",
        "つむぎ",
        "なぎ",
        "はる",
    ),
    "en": ("Alpha", "Bravo", "Delta", "Echo", "Kilo", "Lima", "Oscar", "Romeo", "Tango", "Zulu"),
}
JAPANESE = 0.6  # of the learners

BUSY_DAY = {"steady": 0.36, "ahead": 0.62, "stalled": 0.36, "falling": 0.4, "stuck": 0.4}
WEEKEND = 1.4  # times as likely to work
FALL = 2.6  # logits that a falling learner loses
FALL_DAYS = 28  # before the end


@dataclass(frozen=True, slots=True)
class Person:
    """`ability` is in logits: 0 has even odds at a question of middling difficulty."""

    number: int
    name: str
    language: str
    temper: Temper
    ability: float
    time_factor: Decimal

    def ability_at(self, at: datetime, now: datetime) -> float:
        """Return the ability at a moment: of a falling learner it sinks toward the end."""
        if self.temper != "falling":
            return self.ability
        gone = FALL_DAYS - (now - at).total_seconds() / 86400
        return self.ability - FALL * min(1.0, max(0.0, 2 * gone / FALL_DAYS))


def chance(seed: int, *subject: object) -> random.Random:
    """Return a source of chance of its own for each subject: they do not move one another."""
    return random.Random(" ".join(map(str, (seed, *subject))))  # noqa: S311 - keeps no secret


def person(seed: int, number: int) -> Person:
    """Return the learner of a number, from 0."""
    drawn = chance(seed, "person", number)
    temper = _temper((chance(seed, "tempers").random() + number * GOLDEN) % 1)
    language = "ja" if drawn.random() < JAPANESE else "en"
    ability = drawn.gauss(0.4, 1) + {"ahead": 0.7, "falling": 0.9}.get(temper, 0.0)
    needs_time = drawn.random() < 0.07  # noqa: PLR2004 - about one in fifteen
    return Person(
        number=number,
        name=_name(drawn, language, number),
        language=language,
        temper=temper,
        ability=ability,
        time_factor=Decimal("1.50") if needs_time else Decimal("1.00"),
    )


def _temper(place: float) -> Temper:
    for temper, share in SHARES:
        if place < share:
            return temper
        place -= share
    return SHARES[0][0]


def _name(drawn: random.Random, language: str, number: int) -> str:
    family, given = drawn.choice(FAMILIES[language]), drawn.choice(GIVEN[language])
    words = (family, given) if language == "ja" else (given, family)
    return f"{' '.join(words)} {number + 1}"


def sittings(seed: int, who: Person, begin: datetime, now: datetime, zone: str) -> list[datetime]:
    """Return when somebody sits down to work, mostly in the evening of the class's zone."""
    drawn = chance(seed, "sittings", who.number)
    if who.temper == "absent":
        return []
    end = now
    if who.temper == "stalled":
        end = begin + (now - begin) * drawn.uniform(0.2, 0.7)
    likely = BUSY_DAY[who.temper] * drawn.uniform(0.75, 1.25)
    day = begin.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    found = []
    while day < end:
        is_weekend = day.weekday() >= 5  # noqa: PLR2004 - Saturday and Sunday
        starts = day + timedelta(hours=min(22.5, max(6.0, drawn.gauss(19.5, 2.5))))
        is_busy = drawn.random() < likely * (WEEKEND if is_weekend else 1)
        if is_busy and begin <= starts < end - timedelta(hours=2):
            found.append(starts)
        day += timedelta(days=1)
    return found
