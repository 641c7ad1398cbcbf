"""Chapter 14: a file system that tasks share."""

from __future__ import annotations

from labs.checks.model import Finding, Lab, Seen, Value, passes, waits
from labs.checks.names import Names
from labs.checks.reading import listed

LAB = Lab("efs")
_COMING = {"creating", "updating"}


@LAB.check("efs-fs", "file_system")
def file_system(seen: Seen, names: Names) -> Finding:
    state, is_encrypted = seen["file_system"]["LifeCycleState"], seen["file_system"]["Encrypted"]
    found = f"{state}, Encrypted={str(is_encrypted).lower()}"
    if state in _COMING and is_encrypted:
        return waits(found, "available, Encrypted=true")
    return passes(
        when=state == "available" and is_encrypted,
        found=found,
        expected="available, Encrypted=true",
    )


def _available(states: list[str]) -> Finding:
    if "available" not in states and set(states) & _COMING:
        return waits(listed(states), "available")
    return passes(when="available" in states, found=listed(states), expected="available")


@LAB.check("efs-mt", "mount_targets", needs=("efs-fs",))
def mount_target(seen: Seen, names: Names) -> Finding:
    return _available([one["LifeCycleState"] for one in seen["mount_targets"]])


@LAB.check("efs-ap", "access_points", needs=("efs-fs",))
def access_point(seen: Seen, names: Names) -> Finding:
    """A file system may have other access points: only the one of the exercise counts."""
    paths = {one["path"]: one["state"] for one in seen["access_points"]}
    if names.app_directory not in paths:
        return passes(when=False, found=listed(paths), expected=names.app_directory)
    return _available([paths[names.app_directory]])


@LAB.check("efs-td", "app_revisions")
def definition(seen: Seen, names: Names) -> Finding:
    """The newest revision with a file system counts; an access point allows no directory."""
    revisions = seen["app_revisions"]
    one = next((one for one in revisions if _volumes(one)), revisions[0])
    mounted = {
        point["sourceVolume"]
        for container in one["containerDefinitions"]
        for point in container.get("mountPoints", ())
    }
    told = {name: _way(config) for name, config in _volumes(one).items()}
    return passes(
        when=any(_is_right(config) for name, config in _volumes(one).items() if name in mounted),
        found=listed(f"{name} {way} mounted={name in mounted}" for name, way in told.items()),
        expected="transitEncryption=ENABLED",
    )


def _volumes(definition: Value) -> dict[str, Value]:
    volumes = definition.get("volumes", ())
    configs = {one["name"]: one.get("efsVolumeConfiguration") for one in volumes}
    return {name: config for name, config in configs.items() if config}


def _is_right(config: Value) -> bool:
    has_point = config.get("authorizationConfig", {}).get("accessPointId")
    is_root = config.get("rootDirectory", "/") in {"", "/"}
    return config.get("transitEncryption") == "ENABLED" and bool(not has_point or is_root)


def _way(config: Value) -> str:
    encryption = config.get("transitEncryption", "DISABLED")
    return f"transitEncryption={encryption} rootDirectory={config.get('rootDirectory', '/')}"
