"""Exercise 5: a way into a running container."""

from __future__ import annotations

from labs.checks.model import Finding, Lab, Seen, Value, passes, waits
from labs.checks.names import Names
from labs.checks.reading import app_of, listed, primary_of

LAB = Lab("ecs-exec")
_TASKS = "ecs-tasks.amazonaws.com"
_AGENT = "ExecuteCommandAgent"


@LAB.check("exec-enabled", "services")
def enabled(seen: Seen, names: Names) -> Finding:
    service = seen["services"].get(names.service)
    on = service and service.get("enableExecuteCommand")
    found = f"enableExecuteCommand={str(bool(on)).lower()}"
    return passes(
        when=on,
        found=found if service else f"NotFound {names.service}",
        expected="enableExecuteCommand=true",
    )


@LAB.check("exec-task", "tasks", "services", needs=("exec-enabled",))
def task(seen: Seen, names: Names) -> Finding:
    """The switch of the service starts no deployment: tasks keep what they were started with."""
    runs = _running(seen["tasks"])
    able = [one for one in runs if one.get("enableExecuteCommand")]
    found = f"enableExecuteCommand=true {len(able)} of {len(runs)}"
    primary = primary_of(seen["services"][names.service]) or {}
    if not able and (_coming(seen["tasks"]) or primary.get("rolloutState") == "IN_PROGRESS"):
        return waits(found, "enableExecuteCommand=true")
    return passes(when=able, found=found, expected="enableExecuteCommand=true")


@LAB.check("exec-agent", "tasks", "services", needs=("exec-task",))
def agent(seen: Seen, names: Names) -> Finding:
    agents = [
        one
        for task in _running(seen["tasks"])
        for container in task["containers"]
        for one in container.get("managedAgents", ())
        if one["name"] == _AGENT
    ]
    states = [one.get("lastStatus", "-") for one in agents]
    if "RUNNING" not in states and ("PENDING" in states or _coming(seen["tasks"])):
        return waits(listed(states), "RUNNING")
    told = [f"{one.get('lastStatus', '-')} {one.get('reason', '')}".strip() for one in agents]
    return passes(when="RUNNING" in states, found=listed(told), expected="RUNNING")


def _coming(tasks: list[Value]) -> bool:
    return any(one["desiredStatus"] == "RUNNING" != one["lastStatus"] for one in tasks)


def _running(tasks: list[Value]) -> list[Value]:
    return [one for one in tasks if one["lastStatus"] == "RUNNING"]


@LAB.check("exec-task-role", "task_role", "taskdef")
def role(seen: Seen, names: Names) -> Finding:
    found = seen["task_role"]
    return passes(
        when=_TASKS in found["trusts"],
        found=f"{found['name']}: {listed(found['trusts'])}",
        expected=_TASKS,
    )


@LAB.check("exec-permissions", "exec_permissions", "taskdef", needs=("exec-task-role",))
def permissions(seen: Seen, names: Names) -> Finding:
    decisions = seen["exec_permissions"]
    refused = [f"{one} {says}" for one, says in decisions.items() if says != "allowed"]
    return passes(
        when=decisions and not refused,
        found=listed(refused or decisions),
        expected="ssmmessages:* allowed",
    )


@LAB.check("exec-init", "taskdef")
def init(seen: Seen, names: Names) -> Finding:
    on = app_of(seen["taskdef"], names).get("linuxParameters", {}).get("initProcessEnabled", False)
    return passes(
        when=on,
        found=f"initProcessEnabled={str(on).lower()}",
        expected="initProcessEnabled=true",
    )


@LAB.check("exec-audit", "cluster", "taskdef")
def audit(seen: Seen, names: Names) -> Finding:
    """Left out, logging is DEFAULT: sessions go where the container's `awslogs` goes, if set."""
    config = seen["cluster"].get("configuration", {}).get("executeCommandConfiguration", {})
    logging, places = config.get("logging", "DEFAULT"), config.get("logConfiguration", {})
    driver = app_of(seen["taskdef"], names).get("logConfiguration", {}).get("logDriver", "-")
    into = {
        "DEFAULT": driver if driver == "awslogs" else "",
        "OVERRIDE": places.get("cloudWatchLogGroupName") or places.get("s3BucketName"),
    }.get(logging)
    return passes(
        when=into, found=f"logging={logging} → {into or '-'}", expected="logging=OVERRIDE"
    )
