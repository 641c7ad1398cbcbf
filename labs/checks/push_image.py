"""Exercise 1: an image in a repository, scanned."""

from __future__ import annotations

from fnmatch import fnmatchcase

from labs.checks.model import Finding, Lab, Seen, Value, passes, waits
from labs.checks.names import Names
from labs.checks.reading import listed

LAB = Lab("push-image")
_SCANNED = {"COMPLETE", "ACTIVE"}  # ACTIVE: enhanced scanning goes on for ever
_SCANNING = {"IN_PROGRESS", "PENDING"}


@LAB.check("ecr-repo", "repo")
def repository(seen: Seen, names: Names) -> Finding:
    return passes(
        when=seen["repo"]["repositoryUri"],
        found=seen["repo"]["repositoryUri"],
        expected=names.repository,
    )


@LAB.check("ecr-scan-on-push", "repo", "registry_scan", needs=("ecr-repo",))
def scan_on_push(seen: Seen, names: Names) -> Finding:
    """A rule of the registry counts as much as the old switch of the repository."""
    switch = seen["repo"].get("imageScanningConfiguration", {}).get("scanOnPush", False)
    rules = {
        rule["frequency"]
        for rule in seen["registry_scan"]
        if any(_covers(one, names.repository) for one in rule["filters"])
    }
    return passes(
        when=switch or rules & {"SCAN_ON_PUSH", "CONTINUOUS_SCAN"},
        found=f"repository scanOnPush={str(switch).lower()}, registry {listed(sorted(rules))}",
        expected="SCAN_ON_PUSH",
    )


def _covers(pattern: str, repository: str) -> bool:
    """A filter without an asterisk covers every repository whose name contains it."""
    return fnmatchcase(repository, pattern if "*" in pattern else f"*{pattern}*")


@LAB.check("ecr-image", "images", needs=("ecr-repo",))
def image(seen: Seen, names: Names) -> Finding:
    images = seen["images"]
    found = images.get(names.tag) or listed(sorted(one for one in images if ":" not in one))
    return passes(when=names.tag in images, found=found, expected=names.tag)


@LAB.check("ecr-scan-result", "scan", needs=("ecr-image",))
def scan_result(seen: Seen, names: Names) -> Finding:
    status, counts = seen["scan"]["status"], seen["scan"]["counts"]
    if status in _SCANNING:
        return waits(status, "COMPLETE")
    totals = listed(f"{severity} {counts[severity]}" for severity in sorted(counts))
    return passes(when=status in _SCANNED, found=f"{status}: {totals}", expected="COMPLETE")


@LAB.check("ecr-immutable", "repo", needs=("ecr-repo",))
def immutable(seen: Seen, names: Names) -> Finding:
    mutability: Value = seen["repo"]["imageTagMutability"]
    return passes(when=mutability.startswith("IMMUTABLE"), found=mutability, expected="IMMUTABLE")


@LAB.check("ecr-lifecycle", "lifecycle", needs=("ecr-repo",))
def lifecycle(seen: Seen, names: Names) -> Finding:
    count = seen["lifecycle"]["rules"]
    return passes(when=count, found=f"rules {count}", expected="rules >= 1")
