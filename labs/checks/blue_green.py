"""Exercise 6: blue/green behind a load balancer, native to ECS or by CodeDeploy.

The exercise teaches both ways. A check that both can meet asks that every way begun is whole, and
that there is one; the checks of CodeDeploy's own parts are skipped for who went the native way.
"""

from __future__ import annotations

from labs.checks.model import Finding, Lab, Seen, Value, passes, waits
from labs.checks.names import Names
from labs.checks.reading import app_of, image_parts, listed, primary_of

LAB = Lab("blue-green")
_ZONES = 2  # that AWS demands of a load balancer
_DEPLOYING = {"Created", "Queued", "InProgress", "Baking", "Ready"}


def _ports(names: Names) -> tuple[tuple[str, str], ...]:
    return names.codedeploy_ports, names.native_ports


@LAB.check("bg-alb", "alb")
def balancer(seen: Seen, names: Names) -> Finding:
    state, zones = seen["alb"]["state"], seen["alb"]["zones"]
    found = f"{state}, {listed(zones)}"
    if state == "provisioning":
        return waits(found, "active, 2 zones")
    return passes(
        when=state == "active" and len(zones) >= _ZONES, found=found, expected="active, 2 zones"
    )


@LAB.check("bg-tgs", "target_groups")
def groups(seen: Seen, names: Names) -> Finding:
    pairs = names.codedeploy_groups, names.native_groups
    kinds = {name: one["type"] for name, one in seen["target_groups"].items()}
    begun = {name: kinds[name] for pair in pairs for name in pair if name in kinds}
    return passes(
        when=any(begun.keys() >= set(pair) for pair in pairs) and set(begun.values()) == {"ip"},
        found=listed(f"{name} {kind}" for name, kind in begun.items()),
        expected=listed(f"{name} ip" for name in names.codedeploy_groups),
    )


def _forwards(seen: Seen, ports: tuple[str, ...]) -> Finding:
    listeners = seen["listeners"]
    kinds = {port: listeners[port]["action"] for port in ports if port in listeners}
    return passes(
        when=kinds and set(kinds.values()) == {"forward"},
        found=listed(f"{port} {kind}" for port, kind in kinds.items()),
        expected=f"{ports[0]} forward",
    )


@LAB.check("bg-listener-prod", "listeners", needs=("bg-alb",))
def production(seen: Seen, names: Names) -> Finding:
    return _forwards(seen, tuple(prod for prod, _ in _ports(names)))


@LAB.check("bg-listener-test", "listeners", needs=("bg-alb",))
def test(seen: Seen, names: Names) -> Finding:
    return _forwards(seen, tuple(test for _, test in _ports(names)))


@LAB.check(
    "bg-listeners-differ",
    "listeners",
    "cd_group",
    needs=("bg-listener-prod", "bg-listener-test"),
    may_lack=("cd_group",),
)
def differ(seen: Seen, names: Names) -> Finding:
    """Once CodeDeploy has shifted traffic, both of its listeners lead to the new group."""
    listeners, group = seen["listeners"], seen["cd_group"]
    begun = [pair for pair in _ports(names) if set(pair) <= listeners.keys()]
    has_shifted = bool(group and group.get("lastAttemptedDeployment"))
    apart = [
        set(listeners[prod]["forwards"]) != set(listeners[test]["forwards"])
        or (has_shifted and (prod, test) == names.codedeploy_ports)
        for prod, test in begun
    ]
    told = [f"{port} → {_tails(listeners[port]['forwards'])}" for pair in begun for port in pair]
    prod, test = names.codedeploy_ports
    return passes(when=apart and all(apart), found=listed(told), expected=f"{prod} ≠ {test}")


def _tails(arns: list[str]) -> str:
    return "+".join(arn.split("/")[-2] for arn in arns) or "-"


@LAB.check("bg-app", "cd_app", "services", may_lack=("cd_app", "services"))
def application(seen: Seen, names: Names) -> Finding:
    if seen["cd_app"] is None and _is_native((seen["services"] or {}).get(names.native_service)):
        return Finding("skip", f"{names.native_service} BLUE_GREEN", "ECS", "other_way")
    platform = seen["cd_app"] and seen["cd_app"].get("computePlatform")
    found = platform or f"NotFound {names.application}"
    return passes(when=platform == "ECS", found=found, expected="ECS")


@LAB.check("bg-service", "services")
def service(seen: Seen, names: Names) -> Finding:
    """The controller cannot be changed later: the service of exercise 4 will not do."""
    by_codedeploy = seen["services"].get(names.codedeploy_service)
    native = seen["services"].get(names.native_service)
    begun = [_is_codedeploys(by_codedeploy)] if by_codedeploy else []
    begun += [_is_native(native)] if native else []
    return passes(
        when=begun and all(begun),
        found=listed(_way(one) for one in (by_codedeploy, native) if one),
        expected=f"{names.codedeploy_service} CODE_DEPLOY, loadBalancers 1",
    )


def _controller(service: Value) -> str:
    return str(service.get("deploymentController", {}).get("type", "ECS"))


def _is_codedeploys(service: Value) -> bool:
    return _controller(service) == "CODE_DEPLOY" and bool(service.get("loadBalancers"))


def _is_native(service: Value | None) -> bool:
    if not service or _controller(service) != "ECS":
        return False
    strategy = service.get("deploymentConfiguration", {}).get("strategy")
    balancers = service.get("loadBalancers", ())
    return strategy == "BLUE_GREEN" and any(one.get("advancedConfiguration") for one in balancers)


def _way(service: Value) -> str:
    strategy = service.get("deploymentConfiguration", {}).get("strategy", "")
    count = len(service.get("loadBalancers", ()))
    kind = " ".join(filter(None, (_controller(service), strategy)))
    return f"{service['serviceName']} {kind}, loadBalancers {count}"


@LAB.check("bg-dg-style", "cd_group", needs=("bg-app",))
def style(seen: Seen, names: Names) -> Finding:
    found = seen["cd_group"].get("deploymentStyle", {})
    told = f"{found.get('deploymentType', '-')}, {found.get('deploymentOption', '-')}"
    expected = "BLUE_GREEN, WITH_TRAFFIC_CONTROL"
    return passes(when=told == expected, found=told, expected=expected)


@LAB.check("bg-dg-lb", "cd_group", "listeners", needs=("bg-app",), may_lack=("listeners",))
def pair(seen: Seen, names: Names) -> Finding:
    """Production and test must not be swapped, nor name listeners that were made anew since."""
    pairs = seen["cd_group"].get("loadBalancerInfo", {}).get("targetGroupPairInfoList", [])
    groups = [one.get("name") for pair in pairs for one in pair.get("targetGroups", ())]
    ports = {one["arn"]: port for port, one in (seen["listeners"] or {}).items()}
    arns = [arn for one in pairs for arn in one.get("prodTrafficRoute", {}).get("listenerArns", ())]
    production = [ports.get(arn, f"NotFound {arn or '-'}") for arn in arns]
    prod = names.codedeploy_ports[0]
    return passes(
        when=set(groups) == set(names.codedeploy_groups) and production == [prod],
        found=f"{listed(groups)}: {listed(production)}",
        expected=f"{listed(names.codedeploy_groups)}: {prod}",
    )


@LAB.check("bg-dg-config", "cd_group", needs=("bg-app",))
def config(seen: Seen, names: Names) -> Finding:
    found = seen["cd_group"]["deploymentConfigName"]
    expected = "CodeDeployDefault.ECSCanary10Percent5Minutes"
    return passes(when=found == expected, found=found, expected=expected)


@LAB.check("bg-rollback", "cd_group", needs=("bg-app",))
def rollback(seen: Seen, names: Names) -> Finding:
    found = seen["cd_group"].get("autoRollbackConfiguration", {})
    events = found.get("events", ()) if found.get("enabled") else ()
    return passes(
        when="DEPLOYMENT_FAILURE" in events, found=listed(events), expected="DEPLOYMENT_FAILURE"
    )


@LAB.check(
    "bg-healthy",
    "codedeploy_health",
    "native_health",
    "services",
    needs=("bg-tgs",),
    may_lack=("codedeploy_health", "native_health", "services"),
)
def healthy(seen: Seen, names: Names) -> Finding:
    targets = (seen["codedeploy_health"] or []) + (seen["native_health"] or [])
    states = {one["state"] for one in targets}
    told = listed(f"{one['group']} {one['state']} {one['reason']}".strip() for one in targets)
    services = seen["services"] or {}
    pending = sum(services[one]["pendingCount"] for one in names.services[1:] if one in services)
    if "healthy" not in states and ("initial" in states or pending):
        return waits(told, "healthy")
    return passes(when="healthy" in states, found=told, expected="healthy")


@LAB.check(
    "bg-deployed", "cd_group", "services", "taskdef", needs=("bg-service",), may_lack=("cd_group",)
)
def deployed(seen: Seen, names: Names) -> Finding:
    """CodeDeploy tells its last success; native, the service is at the next version."""
    group = seen["cd_group"] or {}
    native = seen["services"].get(names.native_service)
    last = group.get("lastAttemptedDeployment", {}).get("status", "-")
    found = f"CodeDeploy {last}, native {_native_state(native, seen['taskdef'], names)}"
    is_done = group.get("lastSuccessfulDeployment") or found.endswith(" COMPLETED")
    if not is_done and (last in _DEPLOYING or found.endswith(" IN_PROGRESS")):
        return waits(found, "Succeeded")
    return passes(when=is_done, found=found, expected="Succeeded")


def _native_state(service: Value | None, newest: Value, names: Names) -> str:
    """Return the state of the roll-out of the next version, or "-" before there is one."""
    primary = primary_of(service) if service else None
    _, tag = image_parts(app_of(newest, names)["image"])
    if not service or not primary or tag != names.next_tag:
        return "-"
    revision = f"{newest['family']}:{newest['revision']}"
    if service["taskDefinition"].rsplit("/", 1)[-1] != revision:
        return "-"
    return f"{revision} {primary.get('rolloutState', '-')}"
