"""The names that the course's exercises give to what they make."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Chapter 9 first, then what chapters 11 to 14 make in a cluster of their own."""

    repository: str = "handson-app"
    tag: str = "v1"
    next_tag: str = "v2"
    cluster: str = "handson-cluster"
    family: str = "handson-task"
    container: str = "app"
    service: str = "handson-service"
    native_service: str = "handson-service-native"
    codedeploy_service: str = "handson-service-bg"
    log_group: str = "/ecs/handson-app"
    roles: str = "ecsHandson"  # what the names of all four roles begin with
    balancer: str = "handson-alb"
    groups: str = "handson-tg-"  # what the names of all five target groups begin with
    codedeploy_groups: tuple[str, str] = ("handson-tg-blue", "handson-tg-green")
    native_groups: tuple[str, str] = ("handson-tg-native-1", "handson-tg-native-2")
    codedeploy_ports: tuple[str, str] = ("80", "8080")  # production, test
    native_ports: tuple[str, str] = ("81", "8081")
    application: str = "handson-ecs-app"
    deployment_group: str = "handson-ecs-dg"

    app_cluster: str = "my-cluster"
    app_family: str = "my-app"
    app_namespace: str = "my-namespace"
    connect_service: str = "api-service"
    capacity_service: str = "batch-worker"
    file_system: str = "ecs-shared-data"
    app_directory: str = "/app-data"

    @property
    def services(self) -> tuple[str, str, str]:
        """Return the three services of chapter 9."""
        return self.service, self.native_service, self.codedeploy_service

    @property
    def scaled(self) -> str:
        """Return the id under which the service is scaled."""
        return f"service/{self.cluster}/{self.service}"


NAMES = Names()
