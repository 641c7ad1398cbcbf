"""Chapter 12: services that call each other by name."""

from __future__ import annotations

from labs.checks.model import Finding, Lab, Seen, passes
from labs.checks.names import Names
from labs.checks.reading import listed, primary_of

LAB = Lab("service-connect")
_KINDS = {"HTTP", "DNS_PRIVATE", "DNS_PUBLIC"}


@LAB.check("sc-namespace", "namespace")
def namespace(seen: Seen, names: Names) -> Finding:
    kind = seen["namespace"]["Type"]
    return passes(when=kind in _KINDS, found=f"{names.app_namespace} {kind}", expected="HTTP")


@LAB.check("sc-default", "app_cluster")
def default(seen: Seen, names: Names) -> Finding:
    found = seen["app_cluster"].get("serviceConnectDefaults", {}).get("namespace")
    return passes(when=found, found=found or "-", expected=names.app_namespace)


@LAB.check("sc-service", "app_services")
def service(seen: Seen, names: Names) -> Finding:
    """The configuration stands in the deployment; the one that is called names its ports."""
    service = seen["app_services"].get(names.connect_service)
    if not service:
        found = f"NotFound {names.connect_service}"
        return passes(when=False, found=found, expected=names.connect_service)
    config = (primary_of(service) or {}).get("serviceConnectConfiguration", {})
    ports = [one.get("portName", "-") for one in config.get("services", ())]
    return passes(
        when=config.get("enabled") and ports,
        found=f"enabled={str(config.get('enabled', False)).lower()}, services {listed(ports)}",
        expected="enabled=true, services http",
    )
