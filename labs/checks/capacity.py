"""Chapter 13: how many tasks stay on Fargate and how many go to Spot."""

from __future__ import annotations

from labs.checks.model import Finding, Lab, Seen, passes
from labs.checks.names import Names
from labs.checks.reading import strategy_of

LAB = Lab("capacity-providers")
_WANTED = {("FARGATE", 2, 1), ("FARGATE_SPOT", 0, 3)}  # provider, base, weight


@LAB.check("cp-strategy", "app_cluster")
def strategy(seen: Seen, names: Names) -> Finding:
    found = seen["app_cluster"]["defaultCapacityProviderStrategy"]
    parts = {(one["capacityProvider"], one.get("base", 0), one.get("weight", 0)) for one in found}
    return passes(
        when=parts == _WANTED,
        found=strategy_of(found) or "-",
        expected="FARGATE base=2 weight=1, FARGATE_SPOT base=0 weight=3",
    )


@LAB.check("cp-service", "app_services")
def service(seen: Seen, names: Names) -> Finding:
    service = seen["app_services"].get(names.capacity_service)
    if not service:
        found = f"NotFound {names.capacity_service}"
        return passes(when=False, found=found, expected=names.capacity_service)
    found, kind = strategy_of(service.get("capacityProviderStrategy")), service.get("launchType")
    return passes(
        when=found and not kind,
        found=found or f"launchType={kind}",
        expected="capacityProviderStrategy",
    )
