"""Runs look-ups side by side: each once, as soon as what it needs is known, within a deadline."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TypeAlias

from labs.aws.declare import Answers, Call
from labs.aws.errors import FATAL, classify
from labs.aws.facts import FACTS, closure, length
from labs.aws.session import AT_ONCE
from labs.checks.judging import judge_all
from labs.checks.model import Broken, CheckSpec, Facts, Got, Outcome, Value, Verdict
from labs.checks.names import NAMES, Names
from labs.checks.registry import facts_of

ClientOf: TypeAlias = Callable[[str], Value]  # a service's client
IDENTITY = "identity"
SECONDS = 10.0
_NOTHING: Facts = {}


@dataclass(frozen=True, slots=True)
class Checked:
    """What a run saw and what it came to."""

    facts: Facts
    verdicts: tuple[Verdict, ...]


def verify(
    checks: Iterable[CheckSpec],
    client_of: ClientOf,
    *,
    names: Names = NAMES,
    known: Facts = _NOTHING,
    seconds: float = SECONDS,
) -> Checked:
    """Look up what the checks judge, and whose account it is, and judge. Raises nothing of AWS's.

    `known` are outcomes not to look up again, such as an identity that was just asked for.
    """
    specs = tuple(checks)
    wanted = facts_of(specs) | {IDENTITY}
    facts = look_up(wanted, client_of, names=names, known=known, seconds=seconds)
    return Checked(facts, tuple(judge_all(specs, facts, names)))


def look_up(
    ids: Iterable[str],
    client_of: ClientOf,
    *,
    names: Names = NAMES,
    known: Facts = _NOTHING,
    seconds: float = SECONDS,
) -> dict[str, Outcome]:
    """Return the outcome of each look-up and of all that they need; KeyError for an unknown id.

    At most 8 run at once. One whose need came to nothing comes to the same. After the deadline what
    is not known is Broken("deadline"); a fatal one is the outcome of all that had not started.
    """
    run = _Run(closure(ids), client_of, names, known)
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="labs")
    try:
        run.go(pool, time.monotonic() + seconds)
    finally:
        # Threads that hang end by their own timeouts; nobody waits for them.
        pool.shutdown(wait=False, cancel_futures=True)
    return run.outcomes


class _Run:
    """The state of one run, which only the thread that started it changes."""

    def __init__(
        self, ids: frozenset[str], client_of: ClientOf, names: Names, known: Facts
    ) -> None:
        self.outcomes = {one: known[one] for one in ids if one in known}
        self._todo = sorted(ids - known.keys(), key=lambda one: (-length(one), one))
        self._client_of = client_of
        self._names = names
        self._running: dict[Future[Outcome], str] = {}

    def go(self, pool: ThreadPoolExecutor, deadline: float) -> None:
        self._start(pool)
        while self._running:
            left = max(0.0, deadline - time.monotonic())
            done, _ = wait(self._running, timeout=left, return_when=FIRST_COMPLETED)
            if not done:
                break
            for future in done:
                self._settle(self._running.pop(future), future.result())
            self._start(pool)
        for one in (*self._todo, *self._running.values()):
            self.outcomes[one] = Broken("deadline")

    def _start(self, pool: ThreadPoolExecutor) -> None:
        """Start what can be, longest chains first; settle at once what came to nothing."""
        ready = self._next()
        while ready:
            self._todo.remove(ready)
            bad = self._bad_need(ready)
            if bad:
                self.outcomes[ready] = bad
            else:
                self._running[pool.submit(self._one, ready, self._answers(ready))] = ready
            ready = self._next()

    def _next(self) -> str | None:
        """At most 8 are handed over, so that whatever is handed over has started."""
        if len(self._running) >= AT_ONCE:
            return None
        known = self.outcomes.keys()
        return next((one for one in self._todo if known >= set(FACTS[one].needs)), None)

    def _bad_need(self, one: str) -> Outcome | None:
        needs = (self.outcomes[need] for need in FACTS[one].needs)
        return next((outcome for outcome in needs if not isinstance(outcome, Got)), None)

    def _answers(self, one: str) -> Answers:
        outcomes: Mapping[str, Value] = {need: self.outcomes[need] for need in FACTS[one].needs}
        return {need: outcome.value for need, outcome in outcomes.items()}

    def _settle(self, one: str, outcome: Outcome) -> None:
        self.outcomes[one] = outcome
        if isinstance(outcome, Broken) and outcome.kind in FATAL:
            self.outcomes.update(dict.fromkeys(self._todo, outcome))
            self._todo.clear()

    def _one(self, one: str, answers: Answers) -> Outcome:
        """Look up, in a thread of its own."""
        fact = FACTS[one]
        try:
            call = Call(self._client_of(fact.service), fact.operation)
            return Got(fact.ask(call, self._names, answers))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is an outcome
            return classify(error, fact.action)
