"""All checks of all labs."""

from __future__ import annotations

from collections.abc import Iterable

from labs.checks import (
    blue_green,
    capacity,
    cleanup,
    cluster,
    ecs_exec,
    efs,
    firelens,
    push_image,
    scaling,
    service,
    service_connect,
    task_definition,
)
from labs.checks.model import CheckSpec

_LABS = (
    push_image.LAB,
    cluster.LAB,
    task_definition.LAB,
    service.LAB,
    ecs_exec.LAB,
    blue_green.LAB,
    scaling.LAB,
    firelens.LAB,
    service_connect.LAB,
    capacity.LAB,
    efs.LAB,
    cleanup.LAB,
)
CHECKS: dict[str, CheckSpec] = {check.id: check for lab in _LABS for check in lab.checks}


def checks_of(lab: str) -> tuple[CheckSpec, ...]:
    """Return the checks of a lab, named as its file is without the number; none for no lab."""
    return tuple(check for check in CHECKS.values() if check.lab == lab)


def facts_of(checks: Iterable[CheckSpec]) -> frozenset[str]:
    """Return the ids of the look-ups that the checks judge."""
    return frozenset(fact for check in checks for fact in check.facts)
