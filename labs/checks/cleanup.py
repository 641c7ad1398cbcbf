"""Clean-up: nothing is left that bills, and nothing that could start something that does.

Dearest first. Here a resource that is not there is what passes.
"""

from __future__ import annotations

from collections.abc import Iterable

from labs.checks.model import Finding, Lab, Seen, waits
from labs.checks.names import Names
from labs.checks.reading import listed

LAB = Lab("cleanup")
_NONE = "0"


def _gone(left: Iterable[str]) -> Finding:
    names = list(left)
    if not names:
        return Finding("pass", _NONE, _NONE)
    return Finding("fail", f"{len(names)}: {listed(names)}", _NONE)


@LAB.check("clean-alb", "alb", may_lack=("alb",))
def balancer(seen: Seen, names: Names) -> Finding:
    return _gone([names.balancer] if seen["alb"] else [])


@LAB.check("clean-service", "services", may_lack=("services",))
def services(seen: Seen, names: Names) -> Finding:
    left = {one["serviceName"]: one["status"] for one in (seen["services"] or {}).values()}
    told = [f"{name} {status}" for name, status in left.items()]
    if left and set(left.values()) == {"DRAINING"}:
        return waits(listed(told), _NONE)
    return _gone(told)


@LAB.check("clean-cluster", "cluster", may_lack=("cluster",))
def cluster(seen: Seen, names: Names) -> Finding:
    status = seen["cluster"] and seen["cluster"]["status"]
    if status == "DEPROVISIONING":
        return waits(status, _NONE)
    return _gone([f"{names.cluster} {status}"] if status else [])


@LAB.check("clean-scaling", "scalable_target", may_lack=("scalable_target",))
def scaling(seen: Seen, names: Names) -> Finding:
    return _gone([names.scaled] if seen["scalable_target"] else [])


@LAB.check("clean-alarms", "alarms", may_lack=("alarms",))
def alarms(seen: Seen, names: Names) -> Finding:
    return _gone(seen["alarms"] or ())


@LAB.check("clean-repo", "repo", may_lack=("repo",))
def repository(seen: Seen, names: Names) -> Finding:
    return _gone([names.repository] if seen["repo"] else [])


@LAB.check("clean-logs", "left_log_groups", may_lack=("left_log_groups",))
def logs(seen: Seen, names: Names) -> Finding:
    return _gone(seen["left_log_groups"] or ())


@LAB.check("clean-taskdef", "active_revisions", may_lack=("active_revisions",))
def revisions(seen: Seen, names: Names) -> Finding:
    return _gone(arn.rsplit("/", 1)[-1] for arn in seen["active_revisions"] or ())


@LAB.check("clean-tgs", "target_groups", may_lack=("target_groups",))
def groups(seen: Seen, names: Names) -> Finding:
    return _gone(seen["target_groups"] or ())


@LAB.check("clean-cd", "cd_app", may_lack=("cd_app",))
def codedeploy(seen: Seen, names: Names) -> Finding:
    return _gone([names.application] if seen["cd_app"] else [])
