"""Exercise 4: a service whose task runs and can be reached."""

from __future__ import annotations

from labs.checks.model import Finding, Lab, Seen, Value, passes, waits
from labs.checks.names import Names
from labs.checks.reading import app_of, family_of, listed, primary_of, strategy_of

LAB = Lab("service")
_HTTP, _HTTPS = 80, 443
_BROKEN_STOPS = {"TaskFailedToStart", "EssentialContainerExited"}


@LAB.check("svc-active", "services")
def active(seen: Seen, names: Names) -> Finding:
    service = seen["services"].get(names.service)
    found = service["status"] if service else f"NotFound {names.service}"
    return passes(when=found == "ACTIVE", found=found, expected="ACTIVE")


@LAB.check("svc-running", "services", needs=("svc-active",))
def running(seen: Seen, names: Names) -> Finding:
    service = seen["services"][names.service]
    desired, runs, pending = (service[f"{one}Count"] for one in ("desired", "running", "pending"))
    found = f"RUNNING {runs} of {desired}, PENDING {pending}"
    expected = f"RUNNING {max(desired, 1)}"
    if 0 < desired <= runs:
        return passes(when=True, found=found, expected=expected)
    if desired and (pending or _is_under_way(service)):
        return waits(found, expected)
    return passes(when=False, found=f"{found}. {service['lastEvent']}", expected=expected)


def _is_under_way(service: Value) -> bool:
    one = primary_of(service)
    return bool(one and one.get("rolloutState") == "IN_PROGRESS" and not one.get("failedTasks"))


@LAB.check("svc-rollout", "services", needs=("svc-active",))
def rollout(seen: Seen, names: Names) -> Finding:
    service = seen["services"][names.service]
    primary = primary_of(service)
    if primary is None:
        controller = service.get("deploymentController", {}).get("type", "ECS")
        return passes(when=False, found=f"{controller}: -", expected="ECS: COMPLETED")
    state = primary["rolloutState"]
    found = f"{state} {primary.get('rolloutStateReason', '')}"
    if state == "IN_PROGRESS":
        return waits(found, "COMPLETED")
    return passes(when=state == "COMPLETED", found=found, expected="COMPLETED")


@LAB.check("svc-taskdef", "services", needs=("svc-active",))
def definition(seen: Seen, names: Names) -> Finding:
    found = seen["services"][names.service]["taskDefinition"].rsplit("/", 1)[-1]
    return passes(when=family_of(found) == names.family, found=found, expected=names.family)


@LAB.check("svc-fargate", "services", needs=("svc-active",))
def fargate(seen: Seen, names: Names) -> Finding:
    """A strategy and a launch type exclude each other; the exercise uses the strategy."""
    service = seen["services"][names.service]
    strategy, kind = service.get("capacityProviderStrategy"), service.get("launchType")
    if not strategy and not kind:
        raise KeyError("launchType")
    providers = {one["capacityProvider"] for one in strategy or ()} or {kind}
    return passes(
        when=providers <= {"FARGATE", "FARGATE_SPOT"},
        found=strategy_of(strategy) or f"launchType={kind}",
        expected="FARGATE",
    )


@LAB.check("svc-network", "services", needs=("svc-active",))
def network(seen: Seen, names: Names) -> Finding:
    """Without a public address the way out may be NAT or endpoints: a task that runs shows it."""
    service = seen["services"][names.service]
    public = service["networkConfiguration"]["awsvpcConfiguration"].get("assignPublicIp")
    found = f"assignPublicIp={public or 'DISABLED'}, RUNNING {service['runningCount']}"
    return passes(
        when=public == "ENABLED" or service["runningCount"],
        found=found,
        expected="assignPublicIp=ENABLED",
    )


@LAB.check("svc-egress", "security_groups", "services", needs=("svc-active",))
def egress(seen: Seen, names: Names) -> Finding:
    groups = seen["security_groups"]
    ways = [rule for group in groups for rule in group["IpPermissionsEgress"]]
    return passes(
        when=any(_opens(rule, _HTTPS) and _partners(rule) for rule in ways),
        found=_rules(ways),
        expected="tcp 443 → 0.0.0.0/0",
    )


@LAB.check("svc-ingress", "security_groups", "services", needs=("svc-active",))
def ingress(seen: Seen, names: Names) -> Finding:
    """The default group lets in its own members only, and a browser is none of them."""
    groups = seen["security_groups"]
    ways = [rule for group in groups for rule in group["IpPermissions"]]
    return passes(
        when=any(_opens(rule, _HTTP) and _addresses(rule) for rule in ways),
        found=_rules(ways),
        expected="tcp 80 ← MY_IP/32",
    )


def _opens(rule: Value, port: int) -> bool:
    if rule["IpProtocol"] == "-1":
        return True
    return rule["IpProtocol"] in {"tcp", "6"} and rule["FromPort"] <= port <= rule["ToPort"]


def _addresses(rule: Value) -> list[str]:
    kinds = (("IpRanges", "CidrIp"), ("Ipv6Ranges", "CidrIpv6"), ("PrefixListIds", "PrefixListId"))
    return [one[key] for kind, key in kinds for one in rule.get(kind, ())]


def _partners(rule: Value) -> list[str]:
    return _addresses(rule) + [one["GroupId"] for one in rule.get("UserIdGroupPairs", ())]


def _rules(rules: list[Value]) -> str:
    return listed(
        f"{rule['IpProtocol']} {rule.get('FromPort', '*')}-{rule.get('ToPort', '*')} "
        f"{'+'.join(_partners(rule))}"
        for rule in rules
    )


@LAB.check("task-running", "tasks", "services", needs=("svc-active",))
def task(seen: Seen, names: Names) -> Finding:
    """Why a task stopped is the best hint there is, so it is shown as AWS says it."""
    tasks = seen["tasks"]
    runs = [one for one in tasks if one["lastStatus"] == "RUNNING"]
    if runs:
        return passes(when=True, found=f"RUNNING {len(runs)}", expected="RUNNING")
    stopped = next((one for one in tasks if one["lastStatus"] == "STOPPED"), None)
    coming = [one["lastStatus"] for one in tasks if one["desiredStatus"] == "RUNNING"]
    if coming and not (stopped and stopped.get("stopCode") in _BROKEN_STOPS):
        return waits(listed(coming), "RUNNING")
    return passes(when=False, found=_why(stopped) if stopped else "-", expected="RUNNING")


def _why(task: Value) -> str:
    reasons = [task.get("stopCode"), task.get("stoppedReason")]
    reasons += [one.get("reason") for one in task.get("containers", ())]
    return ": ".join(dict.fromkeys(one for one in reasons if one)) or "STOPPED"


@LAB.check("logs-arrive", "log_streams", "tasks", "taskdef", needs=("svc-active", "task-running"))
def streams(seen: Seen, names: Names) -> Finding:
    """Streams are named prefix/container/task; the first appears when the task has started."""
    app = app_of(seen["taskdef"], names)
    start = f"{app['logConfiguration']['options']['awslogs-stream-prefix']}/{app['name']}/"
    found = [one for one in seen["log_streams"] if one.startswith(start)]
    told, expected = listed((found or seen["log_streams"])[:2]), f"{start}…"
    if not found and all(one["lastStatus"] != "RUNNING" for one in seen["tasks"]):
        return waits(told, expected)
    return passes(when=found, found=told, expected=expected)
