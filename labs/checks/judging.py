"""Turns facts into verdicts: a check fails only on what was really seen."""

from __future__ import annotations

from collections.abc import Iterable

from labs.checks.model import Broken, CheckSpec, Denied, Facts, Got, Missing, Verdict
from labs.checks.names import NAMES, Names

LONGEST = 300  # characters of evidence
_UNREADABLE = (AttributeError, IndexError, KeyError, TypeError, ValueError)
_STOPS = {"fail", "unknown", "skip"}  # what waits is there already


def judge_all(checks: Iterable[CheckSpec], facts: Facts, names: Names = NAMES) -> list[Verdict]:
    """Return one verdict for each check, in the order given.

    A needed check that is not among `checks` does not stop anything. Raises nothing for any facts.
    """
    asked = {check.id: check for check in checks}
    verdicts: dict[str, Verdict] = {}

    def verdict(check: CheckSpec) -> Verdict:
        if check.id not in verdicts:
            first = (verdict(asked[one]) for one in check.needs if one in asked)
            verdicts[check.id] = (
                _stopped(check, first) or _unseen(check, facts) or _judged(check, facts, names)
            )
        return verdicts[check.id]

    return [verdict(check) for check in asked.values()]


def _stopped(check: CheckSpec, first: Iterable[Verdict]) -> Verdict | None:
    for one in first:
        if one.status in _STOPS:
            return Verdict(check.id, "skip", "", "", one.because, one.check)
    return None


def _unseen(check: CheckSpec, facts: Facts) -> Verdict | None:
    """Return unknown where something could not be looked at; that outweighs what is missing."""
    for one in check.facts:
        outcome = facts.get(one, Broken("bug", "not looked up"))
        if isinstance(outcome, Denied):
            return Verdict(check.id, "unknown", "", "", (one,), f"denied:{outcome.action}")
        if isinstance(outcome, Broken):
            return Verdict(check.id, "unknown", outcome.detail, "", (one,), outcome.kind)
    return None


def _judged(check: CheckSpec, facts: Facts, names: Names) -> Verdict:
    seen = {}
    for one in check.facts:
        outcome = facts[one]
        if isinstance(outcome, Missing) and one not in check.may_lack:
            return Verdict(check.id, "fail", clipped(outcome.what), "", (one,))
        seen[one] = outcome.value if isinstance(outcome, Got) else None
    try:
        finding = check.judge(seen, names)
    except _UNREADABLE as error:
        # Only the name: the message may quote what an account holds.
        return Verdict(check.id, "unknown", type(error).__name__, "", check.facts, "service")
    found, expected = clipped(finding.found), clipped(finding.expected)
    return Verdict(check.id, finding.status, found, expected, check.facts, finding.cause)


def clipped(text: str) -> str:
    """Return the text on one line, cut to what a page can show."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
