"""Worlds to judge: one in which every exercise is done, one that is cleared, and changes."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from labs.checks.judging import judge_all
from labs.checks.model import CheckSpec, Facts, Got, Missing, Status, Verdict
from labs.checks.registry import CHECKS, checks_of
from tests.labs.checks.finished_ecs import ECS, World
from tests.labs.checks.finished_rest import REST

GONE = object()  # a key that is left out
FINISHED: World = {**ECS, **REST}
CLEARED: World = {
    **{one: Missing(one) for one in ("repo", "cluster", "services", "alb", "cd_app")},
    "scalable_target": Missing("scalable_target"),
    "target_groups": {},
    **{one: [] for one in ("alarms", "left_log_groups", "active_revisions")},
}
CLEANUP = checks_of("cleanup")
EXERCISES = tuple(check for check in CHECKS.values() if check not in CLEANUP)


def changed(world: World, changes: Mapping[str, Any]) -> World:
    """Return the world with what stands at each path put otherwise; a path is like `a/b/0/c`."""
    new = copy.deepcopy(world)
    for path, value in changes.items():
        place: Any = new
        *way, last = path.replace("//", "\0").split("/")
        for step in way:
            place = place[_key(place, step)]
        if value is GONE:
            del place[_key(place, last)]
        else:
            place[_key(place, last)] = value
    return new


def _key(place: object, step: str) -> Any:
    return int(step) if isinstance(place, list) else step.replace("\0", "/")


def facts(world: World) -> Facts:
    return {
        one: value if isinstance(value, Missing) else Got(value) for one, value in world.items()
    }


def verdicts(world: World, checks: tuple[CheckSpec, ...]) -> dict[str, Verdict]:
    return {one.check: one for one in judge_all(checks, facts(world))}


def turned(before: World, after: World, checks: tuple[CheckSpec, ...]) -> dict[str, Status]:
    """Return what the change turned, and to what."""
    old, new = verdicts(before, checks), verdicts(after, checks)
    return {one: new[one].status for one in new if new[one].status != old[one].status}
