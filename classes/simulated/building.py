"""What verifications of simulated learners find: some checks fail more than others. Pure."""

from __future__ import annotations

import math
from functools import lru_cache

from classes.simulated.people import Person, chance
from content.catalog.labs_model import Lab, LabCheck

EVIDENCE = "(simulated)"
LEARNED = 0.7  # logits gained with each verification


@lru_cache(maxsize=1024)
def _traps(lab: Lab, seed: int) -> tuple[tuple[LabCheck, ...], tuple[float, ...]]:
    """Return the required checks of a lab, and how often each is what fails."""
    required = tuple(one for one in lab.checks if one.level == "required")
    drawn = chance(seed, "lab", lab.slug)
    return required, tuple(drawn.random() ** 3 + 0.02 for _ in required)


def failing(lab: Lab, seed: int, who: Person, number: int, *, is_stuck: bool) -> LabCheck | None:
    """Return the check that fails at the learner's verification of that number, from 1."""
    required, weights = _traps(lab, seed)
    drawn = chance(seed, "run", who.number, lab.slug, 0 if is_stuck else number)
    chosen = drawn.choices(required, weights)[0] if required else None
    odds = math.exp(-(0.2 + 0.6 * who.ability + LEARNED * (number - 1)))
    is_failed = drawn.random() < odds / (1 + odds)
    return chosen if is_stuck or is_failed else None


def verdicts(lab: Lab, failed: LabCheck | None) -> list[dict[str, str]]:
    """Return the verdicts of a run: what comes after the check that failed was not looked at."""
    found, cause = [], ""
    for one in lab.checks:
        status = "skip" if cause else "pass"
        if failed is not None and one.id == failed.id:
            status = "fail"
        found.append(
            {
                "check": one.id,
                "status": status,
                "found": EVIDENCE if status == "fail" else "",
                "expected": "",
                "cause": cause,
            }
        )
        if status == "fail":
            cause = one.id
    return found
