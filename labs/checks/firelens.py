"""Chapter 11: logs that a router sends on."""

from __future__ import annotations

from labs.checks.model import Finding, Lab, Seen, Value, passes
from labs.checks.names import Names
from labs.checks.reading import listed

LAB = Lab("firelens")
_ROUTERS = {"fluentbit", "fluentd"}


def _containers(seen: Seen) -> list[Value]:
    """Return the containers of the newest revision with FireLens in it, or of the newest."""
    revisions: list[list[Value]] = [one["containerDefinitions"] for one in seen["app_revisions"]]
    return next((one for one in revisions if _routers(one) or _senders(one)), revisions[0])


def _routers(containers: list[Value]) -> list[str]:
    kinds = [one.get("firelensConfiguration", {}).get("type") for one in containers]
    return [kind for kind in kinds if kind]


def _senders(containers: list[Value]) -> list[Value]:
    configs = [one.get("logConfiguration", {}) for one in containers]
    return [one for one in configs if one.get("logDriver") == "awsfirelens"]


@LAB.check("fl-router", "app_revisions")
def router(seen: Seen, names: Names) -> Finding:
    kinds = _routers(_containers(seen))
    return passes(when=set(kinds) & _ROUTERS, found=listed(kinds), expected="fluentbit")


@LAB.check("fl-app", "app_revisions")
def app(seen: Seen, names: Names) -> Finding:
    containers = _containers(seen)
    drivers = [one.get("logConfiguration", {}).get("logDriver", "-") for one in containers]
    return passes(when=_senders(containers), found=listed(drivers), expected="awsfirelens")


@LAB.check("fl-output", "app_revisions", needs=("fl-app",))
def output(seen: Seen, names: Names) -> Finding:
    """The options of the application's container become the OUTPUT; without them logs are lost."""
    outputs = [one.get("options", {}).get("Name", "-") for one in _senders(_containers(seen))]
    return passes(when="-" not in outputs, found=listed(outputs), expected="Name")
