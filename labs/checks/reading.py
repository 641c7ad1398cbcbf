"""Reads the shapes that several checks share."""

from __future__ import annotations

from collections.abc import Iterable

from labs.checks.model import Value
from labs.checks.names import Names


def app_of(definition: Value, names: Names) -> Value:
    """Return the application's container: by its name, or the only or first one."""
    containers = definition["containerDefinitions"]
    return next((one for one in containers if one["name"] == names.container), containers[0])


def family_of(definition: str) -> str:
    """Return the family that an ARN or a short name such as `handson-task:3` names."""
    return definition.rsplit("/", 1)[-1].split(":", maxsplit=1)[0]


def primary_of(service: Value) -> Value | None:
    """Return the deployment that the service is at, or None under CodeDeploy."""
    return next((one for one in service["deployments"] if one["status"] == "PRIMARY"), None)


def strategy_of(strategy: Iterable[Value] | None) -> str:
    """Return a capacity provider strategy on one line."""
    return ", ".join(
        f"{one['capacityProvider']} base={one.get('base', 0)} weight={one.get('weight', 0)}"
        for one in strategy or ()
    )


def listed(things: Iterable[object]) -> str:
    """Return the things on one line, or "-" for none."""
    return ", ".join(str(one) for one in things) or "-"


def image_parts(image: str) -> tuple[str, str]:
    """Return where an image is and its tag or digest; without either it is `latest`."""
    place, at, digest = image.partition("@")
    if at:
        return place.rsplit(":", 1)[0] if ":" in place.rsplit("/", 1)[-1] else place, digest
    head, slash, last = place.rpartition("/")
    name, _, tag = last.partition(":")
    return f"{head}{slash}{name}", tag or "latest"
