"""Exercise 2: a cluster with both kinds of Fargate and with Container Insights."""

from __future__ import annotations

from labs.checks.model import Finding, Lab, Seen, passes, waits
from labs.checks.names import Names
from labs.checks.reading import listed, strategy_of

LAB = Lab("cluster")
_BOTH = {"FARGATE", "FARGATE_SPOT"}


@LAB.check("ecs-cluster", "cluster")
def cluster(seen: Seen, names: Names) -> Finding:
    status = seen["cluster"]["status"]
    if status == "PROVISIONING":
        return waits(status, "ACTIVE")
    return passes(when=status == "ACTIVE", found=status, expected="ACTIVE")


@LAB.check("ecs-providers", "cluster", needs=("ecs-cluster",))
def providers(seen: Seen, names: Names) -> Finding:
    found = seen["cluster"]["capacityProviders"]
    return passes(when=set(found) >= _BOTH, found=listed(found), expected=listed(sorted(_BOTH)))


@LAB.check("ecs-strategy", "cluster", needs=("ecs-cluster",))
def strategy(seen: Seen, names: Names) -> Finding:
    found = seen["cluster"]["defaultCapacityProviderStrategy"]
    weighted = {one["capacityProvider"] for one in found if one.get("weight", 0) > 0}
    return passes(
        when=weighted >= _BOTH,
        found=strategy_of(found) or "-",
        expected="FARGATE base=1 weight=1, FARGATE_SPOT base=0 weight=1",
    )


@LAB.check("ecs-insights", "cluster", needs=("ecs-cluster",))
def insights(seen: Seen, names: Names) -> Finding:
    """Container Insights is read from `settings`, which AWS tells only when asked to."""
    values = [
        one["value"] for one in seen["cluster"]["settings"] if one["name"] == "containerInsights"
    ]
    return passes(
        when=set(values) & {"enabled", "enhanced"}, found=listed(values), expected="enabled"
    )
