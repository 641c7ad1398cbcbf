"""Exercise 7: a service that follows its load and the clock."""

from __future__ import annotations

from labs.checks.model import Finding, Lab, Seen, Value, passes
from labs.checks.names import Names
from labs.checks.reading import listed

LAB = Lab("auto-scaling")
_FIRST = (1, 5)
_ZONE = "Asia/Tokyo"
_SCHEDULED = {
    "scale-up-business-hours": (3, 10, "cron(0 9 "),
    "scale-down-night": (1, 3, "cron(0 21 "),
}
_BOUNDS = {_FIRST, *((low, high) for low, high, _ in _SCHEDULED.values())}


@LAB.check("as-target", "scalable_target")
def target(seen: Seen, names: Names) -> Finding:
    """A scheduled action that has fired leaves its own bounds behind, and they are as right."""
    bounds = seen["scalable_target"]["MinCapacity"], seen["scalable_target"]["MaxCapacity"]
    return passes(when=bounds in _BOUNDS, found=f"{bounds[0]}..{bounds[1]}", expected="1..5")


def _tracking(seen: Seen, metric: str) -> list[Value]:
    configs = [
        one["TargetTrackingScalingPolicyConfiguration"]
        for one in seen["scaling_policies"]
        if one.get("TargetTrackingScalingPolicyConfiguration")
    ]
    return [
        one
        for one in configs
        if one.get("PredefinedMetricSpecification", {}).get("PredefinedMetricType") == metric
    ]


def _tracks(seen: Seen, metric: str, value: float) -> Finding:
    values = [one["TargetValue"] for one in _tracking(seen, metric)]
    return passes(
        when=value in values,
        found=listed(f"{metric} {one:g}" for one in values),
        expected=f"{metric} {value:g}",
    )


@LAB.check("as-cpu", "scaling_policies")
def cpu(seen: Seen, names: Names) -> Finding:
    return _tracks(seen, "ECSServiceAverageCPUUtilization", 70)


@LAB.check("as-requests", "scaling_policies")
def requests(seen: Seen, names: Names) -> Finding:
    return _tracks(seen, "ALBRequestCountPerTarget", 1000)


@LAB.check("as-label", "scaling_policies", "alb", "services", needs=("as-requests",))
def label(seen: Seen, names: Names) -> Finding:
    """It must name the group that this service is attached to: blue/green cannot scale so."""
    service = seen["services"].get(names.service) or {}
    balancer = seen["alb"]["arn"].partition(":loadbalancer/")[2]
    groups = [one["targetGroupArn"] for one in service.get("loadBalancers", ())]
    wanted = [f"{balancer}/{arn.rpartition(':')[2]}" for arn in groups]
    found = [
        one["PredefinedMetricSpecification"].get("ResourceLabel", "-")
        for one in _tracking(seen, "ALBRequestCountPerTarget")
    ]
    return passes(when=set(found) & set(wanted), found=listed(found), expected=listed(wanted))


@LAB.check("as-schedule", "scheduled")
def schedule(seen: Seen, names: Names) -> Finding:
    found = {one["ScheduledActionName"]: one for one in seen["scheduled"]}
    is_right = [name in found and _is_as_taught(found[name]) for name in _SCHEDULED]
    return passes(
        when=all(is_right),
        found=listed(_told(one) for one in found.values()),
        expected=listed(
            f"{name} {low}..{high} {_ZONE}" for name, (low, high, _) in _SCHEDULED.items()
        ),
    )


def _is_as_taught(action: Value) -> bool:
    """Without a time zone the chapter's cron would act in UTC; a cron of one's own may."""
    low, high, cron = _SCHEDULED[action["ScheduledActionName"]]
    bounds = action["ScalableTargetAction"]
    is_in_zone = action.get("Timezone") == _ZONE or not action["Schedule"].startswith(cron)
    return is_in_zone and (bounds.get("MinCapacity"), bounds.get("MaxCapacity")) == (low, high)


def _told(action: Value) -> str:
    bounds = action["ScalableTargetAction"]
    low, high = bounds.get("MinCapacity", "-"), bounds.get("MaxCapacity", "-")
    return f"{action['ScheduledActionName']} {low}..{high} {action.get('Timezone', 'UTC')}"


@LAB.check("as-alarms", "alarms", "scaling_policies", needs=("as-cpu",))
def alarms(seen: Seen, names: Names) -> Finding:
    """Each policy of target tracking makes two."""
    own = [one for one in seen["alarms"] if f"{names.scaled}-Alarm" in one]
    policies = [
        one for one in seen["scaling_policies"] if one["PolicyType"] == "TargetTrackingScaling"
    ]
    wanted = 2 * len(policies)
    return passes(when=len(own) >= wanted, found=len(own), expected=f"{wanted}")
