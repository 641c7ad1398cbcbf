"""All look-ups, and what a set of them leads to."""

from __future__ import annotations

from collections.abc import Iterable

from labs.aws import facts_access, facts_around, facts_ecr, facts_ecs, facts_network
from labs.aws.declare import Fact

FACTS: dict[str, Fact] = {
    one.id: one
    for module in (facts_access, facts_ecr, facts_ecs, facts_network, facts_around)
    for one in vars(module).values()
    if isinstance(one, Fact)
}


def closure(ids: Iterable[str]) -> frozenset[str]:
    """Return the ids and all that they need, directly or not; KeyError for an unknown one."""
    found: set[str] = set()
    todo = list(ids)
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += FACTS[one].needs
    return frozenset(found)


def length(one: str) -> int:
    """Return how many look-ups stand one behind the other from this one on."""
    after = [other.id for other in FACTS.values() if one in other.needs]
    return 1 + max((length(other) for other in after), default=0)
